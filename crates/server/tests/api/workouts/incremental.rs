//! Rule W6: what is kept equals a full recomputation at any moment, whatever was done before.

use std::fmt::Write as _;
use std::sync::Arc;

use spotter_application::account::EditProfile;
use spotter_application::progress::Remedy;
use spotter_application::workout::interchange::{ExportReader, ReadOptions};
use spotter_application::workout::{
    DeleteSession, DraftBlock, EditSession, ExerciseRef, ImportSessions, LogSession, MergeExercise,
    SessionChange, UndoImport,
};
use spotter_application::{Caller, Command, Error, ExpectedVersion, RequestContext, Spotter};
use spotter_domain::account::{AccountChange, PreferencesChange};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, WorkoutSessionId};
use spotter_domain::patch::Patch;
use spotter_domain::text::{ExerciseName, Title};
use spotter_domain::workout::{
    Distance, ImportMode, OneRepMaxFormula, Reps, Set, SetDuration, SetKind, TimeSpan, Weight, WeightUnit,
};
use spotter_testkit::fixtures::{after, of_person};
use uuid::Uuid;

use crate::support::TestApp;

const NAMES: [&str; 6] =
    ["Barbell Bench Press", "Barbell Back Squat", "Pull-Up", "Assisted Pull-Up", "Plank", "Ada's Own Carry"];

/// One person who edits their history at random.
struct Editor {
    spotter: Spotter,
    account: AccountId,
    random: fastrand::Rng,
    sessions: Vec<WorkoutSessionId>,
    imports: Vec<ImportId>,
    own: Option<ExerciseId>,
}

impl Editor {
    async fn new(app: &TestApp, seed: u64) -> Self {
        let person = app.person("Ada").await;
        Self {
            spotter: app.spotter.clone(),
            account: person.id.parse::<Uuid>().unwrap().into(),
            random: fastrand::Rng::with_seed(seed),
            sessions: Vec::new(),
            imports: Vec::new(),
            own: None,
        }
    }

    async fn run<C: Command>(&self, command: &C) -> Result<C::Answer, Error> {
        self.spotter.run(&RequestContext::internal(Caller::Account(self.account)), command).await
    }

    fn set(&mut self) -> Set {
        let kinds = [SetKind::Normal, SetKind::Normal, SetKind::Warmup, SetKind::Drop, SetKind::Failure];
        let random = &mut self.random;
        let kilograms = f64::from(random.i32(-8..12)) * 10.0;
        Set {
            kind: *random.choice(&kinds).unwrap(),
            weight: random.bool().then(|| Weight::from_kilograms(kilograms).unwrap()),
            reps: (random.u8(..8) > 0).then(|| Reps::new(random.i64(0..16)).unwrap()),
            distance: (random.u8(..8) == 0).then(|| Distance::from_metres(random.f64() * 100.0).unwrap()),
            duration: (random.u8(..8) == 0).then(|| SetDuration::from_seconds(random.i64(0..90)).unwrap()),
            rpe: None,
        }
    }

    fn blocks(&mut self) -> Vec<DraftBlock> {
        let blocks = self.random.usize(0..4);
        (0..blocks)
            .map(|_| DraftBlock {
                exercise: ExerciseRef::Name(ExerciseName::parse(self.random.choice(NAMES).unwrap()).unwrap()),
                superset: None,
                notes: None,
                sets: (0..self.random.usize(0..5)).map(|_| self.set()).collect(),
            })
            .collect()
    }

    fn span(&mut self) -> TimeSpan {
        // Few days, so that many workout sessions share one, and all hours, so that the zone matters.
        let start = after(-3_600 * self.random.i64(0..24 * 30));
        let end =
            self.random.bool().then(|| start + std::time::Duration::from_secs(self.random.u64(0..7_200)));
        TimeSpan::new(start, end).unwrap()
    }

    async fn step(&mut self) {
        match self.random.u8(..100) {
            0..40 => self.log().await,
            40..65 => self.edit().await,
            65..90 => self.delete().await,
            90..93 => self.import().await,
            93..95 => self.undo().await,
            95..98 => self.merge().await,
            _ => self.prefer().await,
        }
    }

    async fn log(&mut self) {
        let (span, blocks) = (self.span(), self.blocks());
        let command = LogSession { title: None, notes: None, span, template: None, blocks };
        let context = RequestContext::internal(Caller::Account(self.account));
        let logged = self.spotter.log_session(&context, command).await.unwrap();
        let carried = logged.session.blocks.iter().find(|block| block.exercise_name == NAMES[5]);
        self.own = carried.map(|block| block.exercise).or(self.own);
        self.sessions.push(logged.session.id);
    }

    async fn edit(&mut self) {
        let Some(session) = self.random.choice(&self.sessions).copied() else { return };
        let (span, blocks) = (self.span(), self.blocks());
        let change = SessionChange {
            title: Patch::Set(Some(Title::parse("Edited").unwrap())),
            started_at: if self.random.bool() { Patch::Set(span.started_at()) } else { Patch::Keep },
            ended_at: Patch::Set(None),
            blocks: if self.random.bool() { Patch::Set(blocks) } else { Patch::Keep },
            ..SessionChange::default()
        };
        self.run(&EditSession { session, change, expected: ExpectedVersion::Any }).await.unwrap();
    }

    async fn delete(&mut self) {
        if self.sessions.is_empty() {
            return;
        }
        let session = self.sessions.swap_remove(self.random.usize(..self.sessions.len()));
        self.run(&DeleteSession { session, expected: ExpectedVersion::Any }).await.unwrap();
    }

    async fn import(&mut self) {
        let mut file =
            String::from("Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds\n");
        for _ in 0..self.random.u8(1..20) {
            let (day, hour) = (self.random.u8(1..28), self.random.u8(0..24));
            let (name, weight) = (self.random.choice(NAMES).unwrap(), self.random.u8(0..100));
            writeln!(file, "2026-12-{day:02} {hour:02}:00:00,Imported,45m,{name},1,{weight},5,0,0").unwrap();
        }
        let mut reader = ExportReader::new(ReadOptions { format: None, weight_unit: WeightUnit::Kg });
        reader.feed(file.as_bytes()).unwrap();
        let command = ImportSessions {
            export: Arc::new(reader.finish().unwrap()),
            exercises: Arc::default(),
            templates: Arc::default(),
            mode: ImportMode::Real,
        };
        self.imports.push(self.run(&command).await.unwrap().id);
    }

    async fn undo(&mut self) {
        if let Some(import) = self.imports.pop() {
            self.run(&UndoImport { import }).await.unwrap();
        }
    }

    async fn merge(&mut self) {
        let Some(exercise) = self.own.take() else { return };
        let into = self.spotter.resolve_exercise(Caller::Account(self.account), NAMES[1]).await.unwrap();
        let into = into.exercise.unwrap().id;
        self.run(&MergeExercise { exercise, into }).await.unwrap();
    }

    async fn prefer(&mut self) {
        let zones = ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Europe/Zurich"];
        let zone = TimeZoneName::parse(self.random.choice(zones).unwrap()).unwrap();
        let formula = self.random.choice(OneRepMaxFormula::ALL).unwrap();
        let preferences = PreferencesChange {
            time_zone: Patch::Set(Some(zone)),
            one_rep_max: Patch::Set(formula),
            ..PreferencesChange::default()
        };
        let change = AccountChange { preferences, ..AccountChange::default() };
        self.run(&EditProfile { change, expected: ExpectedVersion::Any }).await.unwrap();
    }

    async fn verify(&self, after: usize) {
        let verified = self.spotter.verify_progress(self.account, Remedy::Report).await.unwrap();
        assert_eq!(verified.differences, 0, "after {after} steps: {:#?}", verified.told);
    }
}

async fn edit_at_random(app: TestApp, seed: u64, steps: usize, every: usize) {
    let mut editor = Editor::new(&app, seed).await;
    for step in 1..=steps {
        editor.step().await;
        if step % every == 0 {
            editor.verify(step).await;
        }
    }
    editor.verify(steps).await;
}

#[tokio::test]
async fn w6_thousands_of_edits_leave_what_a_recomputation_gives() {
    for seed in 0..4 {
        edit_at_random(TestApp::memory().await, seed, 1_000, 1).await;
    }
}

#[tokio::test]
async fn w6_edits_leave_what_a_recomputation_gives_on_sqlite() {
    edit_at_random(TestApp::sqlite().await, 4, 400, 10).await;
}

#[tokio::test]
async fn w6_edits_leave_what_a_recomputation_gives_on_postgres() {
    edit_at_random(TestApp::postgres().await, 5, 400, 10).await;
}

/// The check itself can fail: a summary and a record that are not what they should be are told, and mended.
#[tokio::test]
async fn w6_what_was_tampered_with_is_told_and_mended() {
    let app = TestApp::sqlite().await;
    let mut editor = Editor::new(&app, 6).await;
    for _ in 0..20 {
        editor.log().await;
    }
    editor.verify(20).await;
    let mut unit = app.spotter.ports().store.begin().await.unwrap();
    let mut days = unit.progress().days(editor.account, None, 1).await.unwrap();
    days[0].sessions = 1;
    unit.progress().add_to_days(&of_person(editor.account, &days)).await.unwrap();
    let mut records = unit.progress().all_records(editor.account, None, 1).await.unwrap();
    records[0].value += 1;
    unit.progress().save_records(&of_person(editor.account, &records)).await.unwrap();
    unit.commit().await.unwrap();
    let verified = app.spotter.verify_progress(editor.account, Remedy::Repair).await.unwrap();
    assert_eq!(verified.differences, 2, "{:#?}", verified.told);
    editor.verify(20).await;
}
