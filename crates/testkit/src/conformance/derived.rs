//! Rule W6 over long histories: what is kept up to date edit by edit equals a full recomputation.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use spotter_domain::UnitOfWork;
use spotter_domain::account::{Account, Preferences};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::{AccountId, ExerciseId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, Day, DerivedSession, Records, Summary};
use spotter_domain::workout::{
    Block, Blocks, Distance, NewSession, OneRepMaxFormula, PerformedBlock, Reps, Set, SetDuration, SetKind,
    Weight, WorkoutSession,
};

use super::Subject;
use crate::fixtures::{Seed, account, catalogue_entry, custom_exercise, of_person, span, workout_session};

/// How often something is edited.
const EDITS: u32 = 240;

/// As many workout sessions are kept about.
const KEPT: usize = 30;

/// Somebody, how they reckon, and what they do their workout sessions with.
struct Person {
    id: AccountId,
    arithmetic: Arithmetic,
    exercises: Vec<ExerciseId>,
    sessions: Vec<WorkoutSessionId>,
}

/// Makes up what people do, the same in every run.
struct History {
    rng: Rng,
    last_number: u64,
}

impl History {
    fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// Few weights and few repetitions, so that records are met as well as broken.
    fn set(&mut self) -> Set {
        let weight =
            self.pick(&[None, Some(-2_000), Some(-1_500), Some(0), Some(6_000), Some(10_000), Some(10_250)]);
        let seconds = self.rng.i64(0..4) * 30;
        let centimetres = self.rng.u32(0..4) * 10_000;
        let mut set = Set {
            kind: self.pick(&SetKind::ALL),
            weight: weight.map(|steps| Weight::from_steps(steps).unwrap()),
            reps: Some(Reps::new(self.rng.i64(0..15)).unwrap()),
            ..Set::default()
        };
        match self.rng.u8(0..6) {
            0 => set.duration = Some(SetDuration::from_seconds(seconds).unwrap()),
            1 => set.distance = Some(Distance::from_centimetres(centimetres).unwrap()),
            2 => set.reps = None,
            _ => {}
        }
        set
    }

    fn blocks(&mut self, person: &Person) -> Blocks {
        let blocks = (0..self.rng.usize(0..4)).map(|_| Block {
            exercise: self.pick(&person.exercises),
            superset: None,
            notes: None,
            sets: (0..self.rng.usize(0..6)).map(|_| self.set()).collect(),
        });
        let blocks = blocks.collect();
        Blocks::new(blocks).unwrap()
    }

    /// An hour of some week around the change of clocks in spring: several begin at once, or on one day.
    fn starts_after(&mut self) -> i64 {
        self.rng.i64(70 * 8..90 * 8) * 3 * 3_600
    }

    fn session(&mut self, person: &Person) -> WorkoutSession {
        let (number, starts_after) = (self.number(), self.starts_after());
        let session = workout_session(number, person.id, starts_after, vec![]);
        WorkoutSession { blocks: self.blocks(person), ..session }
    }
}

impl Person {
    fn derive(&self, session: WorkoutSession) -> DerivedSession {
        DerivedSession::of(session, &self.arithmetic)
    }

    fn day(&self, session: &WorkoutSession) -> Day {
        Day::of(session.span.started_at(), &self.arithmetic.zone)
    }

    /// New workout sessions add to what is kept.
    async fn log(&mut self, work: &mut dyn UnitOfWork, history: &mut History) {
        let count = history.rng.usize(1..4);
        let new: Vec<_> = (0..count).map(|_| history.session(self)).collect();
        self.sessions.extend(new.iter().map(|session| session.id));
        let derived: Vec<_> = new.iter().map(|session| self.derive(session.clone())).collect();
        let exercises: BTreeSet<_> = new.iter().flat_map(|session| session.blocks.exercises()).collect();
        let exercises: Vec<_> = exercises.into_iter().collect();
        work.progress().add_to_days(&of_person(self.id, &Summary::by_day(&derived))).await.unwrap();
        let new_sessions: Vec<_> =
            derived.into_iter().map(|derived| NewSession { derived, source: None }).collect();
        work.workout_sessions().insert_many(&new_sessions).await.unwrap();
        let held = work.progress().records(&of_person(self.id, &exercises)).await.unwrap();
        let held: Records = held.into_iter().map(|(_, record)| record).collect();
        let changed = held.changed_by(&Records::of(&new, self.arithmetic.formula));
        work.progress().save_records(&of_person(self.id, &changed)).await.unwrap();
    }

    /// An edited workout session has its days and its exercises looked at anew.
    async fn edit(&self, work: &mut dyn UnitOfWork, history: &mut History) {
        let id = history.pick(&self.sessions);
        let before = work.workout_sessions().by_id(self.id, id).await.unwrap().unwrap();
        let mut after = WorkoutSession { version: before.version + 1, ..before.clone() };
        if history.rng.bool() {
            after.blocks = history.blocks(self);
        }
        if history.rng.bool() {
            after.span = span(history.starts_after());
        }
        work.workout_sessions().replace(&self.derive(after.clone())).await.unwrap();
        self.look_anew(work, &[before, after]).await;
    }

    async fn delete(&mut self, work: &mut dyn UnitOfWork, history: &mut History) {
        let mut gone = Vec::new();
        for _ in 0..history.rng.usize(1..4).min(self.sessions.len()) {
            let id = self.sessions.swap_remove(history.rng.usize(..self.sessions.len()));
            gone.push(work.workout_sessions().by_id(self.id, id).await.unwrap().unwrap());
        }
        let ids: Vec<_> = gone.iter().map(|session| session.id).collect();
        let deleted = work.workout_sessions().delete_many(self.id, &ids).await.unwrap();
        assert_eq!(deleted, ids.len() as u64);
        self.look_anew(work, &gone).await;
    }

    /// One exercise becomes part of another and goes; a new one takes its place.
    async fn merge(&mut self, work: &mut dyn UnitOfWork, history: &mut History) {
        // The first one is of the catalogue: what others are made part of, and no one's to delete.
        let index = history.rng.usize(1..self.exercises.len());
        let (from, into) = (self.exercises.swap_remove(index), history.pick(&self.exercises));
        work.exercises().move_all(self.id, from, into).await.unwrap();
        self.rebuild_records(work, &[from, into]).await;
        work.exercises().delete_many(self.id, &[from]).await.unwrap();
        let new = custom_exercise(history.number(), self.id);
        work.exercises().insert_many(std::slice::from_ref(&new)).await.unwrap();
        self.exercises.push(new.id);
    }

    /// Another zone and another formula: everything is derived anew.
    async fn reckon(&mut self, work: &mut dyn UnitOfWork, history: &mut History) {
        let zone = history.pick(&["Europe/Zurich", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu"]);
        self.arithmetic = Arithmetic::of(&Preferences {
            time_zone: Some(TimeZoneName::parse(zone).unwrap()),
            one_rep_max: history.pick(&OneRepMaxFormula::ALL),
            ..Preferences::default()
        });
        let sessions = self.stored(work).await;
        let derived: Vec<_> = sessions.iter().map(|session| self.derive(session.clone())).collect();
        work.workout_sessions().save_derived(&derived).await.unwrap();
        work.progress().clear(self.id).await.unwrap();
        self.look_anew(work, &sessions).await;
    }

    async fn look_anew(&self, work: &mut dyn UnitOfWork, touched: &[WorkoutSession]) {
        let days: BTreeSet<_> = touched.iter().map(|session| self.day(session)).collect();
        let exercises: BTreeSet<_> = touched.iter().flat_map(|session| session.blocks.exercises()).collect();
        let (days, exercises): (Vec<_>, Vec<_>) =
            (days.into_iter().collect(), exercises.into_iter().collect());
        work.progress().rebuild_days(self.id, &days).await.unwrap();
        self.rebuild_records(work, &exercises).await;
    }

    async fn rebuild_records(&self, work: &mut dyn UnitOfWork, exercises: &[ExerciseId]) {
        work.progress().delete_records(self.id, exercises).await.unwrap();
        let mut by_session: BTreeMap<WorkoutSessionId, Vec<PerformedBlock>> = BTreeMap::new();
        let mut last = None;
        loop {
            let portion = work.workout_sessions().performed(self.id, exercises, last, 40).await.unwrap();
            let Some(end) = portion.last() else { break };
            last = Some((end.session, end.position));
            for performed in portion {
                by_session.entry(performed.session).or_default().push(performed);
            }
        }
        let mut records = Records::default();
        for (session, performed) in by_session {
            let blocks = performed.iter().map(|performed| &performed.block);
            records.take_session(session, performed[0].started_at, blocks, self.arithmetic.formula);
        }
        let records: Vec<_> = records.iter().copied().collect();
        work.progress().save_records(&of_person(self.id, &records)).await.unwrap();
    }

    /// Everything that the person did.
    async fn stored(&self, work: &mut dyn UnitOfWork) -> Vec<WorkoutSession> {
        let mut sessions: Vec<WorkoutSession> = Vec::new();
        loop {
            let last = sessions.last().map(|session| session.id);
            let portion = work.workout_sessions().page(self.id, last, 200).await.unwrap();
            if portion.is_empty() {
                return sessions;
            }
            sessions.extend(portion);
        }
    }

    /// What is kept is what follows from everything that the person did.
    async fn check(&self, work: &mut dyn UnitOfWork, edit: &str) {
        let sessions = self.stored(work).await;
        assert_eq!(sessions.len(), self.sessions.len(), "after {edit}");
        let derived: Vec<_> = sessions.iter().map(|session| self.derive(session.clone())).collect();
        let days = work.progress().days(self.id, None, 1_000).await.unwrap();
        assert_eq!(days, Summary::by_day(&derived), "after {edit}");
        let records: Records =
            work.progress().all_records(self.id, None, 10_000).await.unwrap().into_iter().collect();
        assert_eq!(records, Records::of(&sessions, self.arithmetic.formula), "after {edit}");
        let stored = work.workout_sessions().stored_derived(self.id, None, 1_000).await.unwrap();
        assert_eq!(stored, derived, "after {edit}");
    }
}

/// Two people with a zone and a formula of their own, and five exercises each.
async fn people(subject: &Subject) -> [Person; 2] {
    let preferences = [("Pacific/Auckland", OneRepMaxFormula::Brzycki), ("UTC", OneRepMaxFormula::Epley)]
        .map(|(zone, one_rep_max)| Preferences {
            time_zone: Some(TimeZoneName::parse(zone).unwrap()),
            one_rep_max,
            ..Preferences::default()
        });
    let [mine, yours] = preferences;
    let accounts =
        vec![Account { preferences: mine, ..account(1) }, Account { preferences: yours, ..account(2) }];
    let own =
        |person: u64| (1..=4).map(move |number| custom_exercise(person * 10 + number, account(person).id));
    let exercises: Vec<_> = own(1).chain(own(2)).collect();
    let catalogue = vec![catalogue_entry(1)];
    subject.save(Seed { accounts: accounts.clone(), catalogue, exercises, ..Seed::default() }).await;
    [1, 2].map(|person: u64| Person {
        id: account(person).id,
        arithmetic: Arithmetic::of(&accounts[usize::from(person == 2)].preferences),
        exercises: [catalogue_entry(1).id].into_iter().chain(own(person).map(|own| own.id)).collect(),
        sessions: Vec::new(),
    })
}

/// Rule W6: after each of a few hundred edits of two people, daily summaries and records are what a full
/// recomputation says.
pub async fn w6_what_is_derived_follows_each_edit(subject: &Subject) {
    let mut people = people(subject).await;
    let mut history = History { rng: Rng::with_seed(0x0006), last_number: 1_000 };
    for number in 1..=EDITS {
        let person = &mut people[history.rng.usize(..2)];
        let mut work = subject.begin().await;
        work.accounts().lock_athlete(person.id).await.unwrap().unwrap();
        let (kept, kind) = (person.sessions.len(), history.rng.u8(0..20));
        let edit = match kind {
            _ if kept < 3 => "logging",
            0..=6 => {
                if kept < 2 * KEPT {
                    "logging"
                } else {
                    "deleting"
                }
            }
            7..=12 => "editing",
            13..=16 => {
                if kept < KEPT {
                    "logging"
                } else {
                    "deleting"
                }
            }
            17 | 18 => "merging",
            _ => "reckoning",
        };
        match edit {
            "logging" => person.log(work.as_mut(), &mut history).await,
            "editing" => person.edit(work.as_mut(), &mut history).await,
            "deleting" => person.delete(work.as_mut(), &mut history).await,
            "merging" => person.merge(work.as_mut(), &mut history).await,
            _ => person.reckon(work.as_mut(), &mut history).await,
        }
        person.check(work.as_mut(), &format!("edit {number}, {edit}")).await;
        work.commit().await.unwrap();
        if number % 40 == 0 {
            let mut work = subject.begin().await;
            for person in &people {
                person.check(work.as_mut(), &format!("edit {number} by whomever")).await;
            }
        }
    }
}

/// Until every workout session is gone: then nothing is kept.
pub async fn w6_nothing_is_derived_from_nothing(subject: &Subject) {
    let [mut mine, mut yours] = people(subject).await;
    let mut history = History { rng: Rng::with_seed(0x0600), last_number: 1_000 };
    let mut work = subject.begin().await;
    for _ in 0..8 {
        mine.log(work.as_mut(), &mut history).await;
        yours.log(work.as_mut(), &mut history).await;
    }
    while !mine.sessions.is_empty() {
        mine.delete(work.as_mut(), &mut history).await;
        mine.check(work.as_mut(), "deleting").await;
    }
    yours.check(work.as_mut(), "somebody else deleted everything").await;
    assert_eq!(work.progress().days(mine.id, None, 10).await.unwrap(), []);
    assert_eq!(work.progress().all_records(mine.id, None, 10).await.unwrap(), []);
}
