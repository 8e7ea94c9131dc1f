//! What somebody did, planned and brought along, as few or as many rows as a test wants

use spotter_application::workout::catalogue::catalogue;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::wearable::WearableKind;
use spotter_domain::workout::{Block, WorkoutSession};
use spotter_testkit::fixtures::{self, Seed};

use crate::support::TestApp;

const A_WEEK: i64 = 7 * 86_400;

/// The history of a person. Of each thing, this is the first.
#[derive(Clone)]
pub(super) struct History {
    pub(super) session: String,
    pub(super) template: String,
    pub(super) import: String,
    pub(super) record: String,
    /// An exercise of their own that is in every workout session.
    pub(super) exercise: String,
    /// Another that nothing was done of.
    pub(super) idle: String,
}

impl History {
    /// As many weeks with a workout session, templates, imports, exercises and records of a wearable.
    pub(super) async fn write(app: &TestApp, account: AccountId, rows: u32) -> Self {
        let numbers = 1..=u64::from(rows);
        let exercises: Vec<_> =
            (1..=u64::from(rows) + 1).map(|number| fixtures::custom_exercise(number, account)).collect();
        let (daily, known) = (exercises[0].id, catalogue().exercises()[0].entry.id);
        let sessions: Vec<_> = numbers
            .clone()
            .map(|number| WorkoutSession {
                template: Some(fixtures::template(1, account, Vec::new()).id),
                import: Some(fixtures::import(1, account).id),
                ..session(number, account, &[daily, fixtures::custom_exercise(number, account).id, known])
            })
            .collect();
        let planned = [daily, known].map(fixtures::planned).to_vec();
        let templates: Vec<_> =
            numbers.clone().map(|number| fixtures::template(number, account, planned.clone())).collect();
        let imports: Vec<_> = numbers.clone().map(|number| fixtures::import(number, account)).collect();
        let wearables: Vec<_> = numbers
            .map(|number| {
                let kind = WearableKind::ALL[usize::try_from(number % 3).unwrap()];
                fixtures::wearable_record(number, account, kind)
            })
            .collect();
        let history = Self {
            session: sessions[0].id.to_string(),
            template: templates[0].id.to_string(),
            import: imports[0].id.to_string(),
            record: wearables[0].id.to_string(),
            exercise: daily.to_string(),
            idle: exercises[exercises.len() - 1].id.to_string(),
        };
        Seed { exercises, templates, imports, wearables, workout_sessions: sessions, ..Seed::default() }
            .save(app.spotter.ports().store.as_ref())
            .await;
        history
    }
}

/// The workout session of a week, the first being that of this week; with a block of each exercise.
pub(super) fn session(number: u64, account: AccountId, exercises: &[ExerciseId]) -> WorkoutSession {
    let blocks: Vec<Block> =
        exercises.iter().map(|exercise| fixtures::block(*exercise, "w60x10 100x5 100x5 90x8")).collect();
    let weeks_ago = i64::try_from(number % 10_000).unwrap() - 1;
    fixtures::workout_session(number, account, -weeks_ago * A_WEEK, blocks)
}
