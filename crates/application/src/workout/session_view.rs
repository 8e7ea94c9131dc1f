//! Workout sessions as they are shown.

use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::{BrokenRecord, Record};
use spotter_domain::workout::{Block, CustomExercise, Set, ShownSession, Volume, WorkoutSession};

use super::names::PersonalNames;

/// A workout session as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Names the workout session.
    pub id: WorkoutSessionId,
    /// Whose it is.
    pub account: AccountId,
    /// What they call it.
    pub title: Option<String>,
    /// What they wrote about it.
    pub notes: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What it was planned by.
    pub template: Option<TemplateId>,
    /// What it was brought along by.
    pub import: Option<ImportId>,
    /// Weight times repetitions of all working sets.
    pub volume: Volume,
    /// What was done.
    pub blocks: Vec<BlockView>,
    /// Grows with every edit.
    pub version: u32,
}

/// One exercise of a workout session as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockView {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What it is called.
    pub exercise_name: String,
    /// Blocks of one number are done in turn.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<String>,
    /// The sets in their order.
    pub sets: Vec<Set>,
}

/// A workout session that was just written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedSession {
    /// The workout session.
    pub session: SessionView,
    /// The records that it broke, with the names of their exercises.
    pub records: Vec<(BrokenRecord, String)>,
}

/// What exercises are called, those that were made a moment ago included.
#[derive(Clone, Copy)]
pub(crate) struct Naming<'a> {
    pub(crate) names: &'a PersonalNames,
    pub(crate) made: &'a [CustomExercise],
}

impl Naming<'_> {
    pub(crate) fn name_of(&self, id: ExerciseId) -> String {
        let made = self.made.iter().find(|made| made.id == id);
        made.map_or_else(|| self.names.name_of(id), |made| made.name.as_str().to_owned())
    }

    pub(crate) fn broken(&self, broken: Vec<BrokenRecord>) -> Vec<(BrokenRecord, String)> {
        broken.into_iter().map(|broken| (broken, self.of_record(&broken.record))).collect()
    }

    fn of_record(&self, record: &Record) -> String {
        self.name_of(record.key.exercise)
    }
}

impl SessionView {
    /// The view of a workout session.
    pub(crate) fn new(session: &WorkoutSession, naming: Naming<'_>) -> Self {
        Self::named(session, session.blocks.as_slice().iter().map(|block| naming.name_of(block.exercise)))
    }

    /// The view of a workout session with a name for each of its blocks.
    fn named(session: &WorkoutSession, names: impl Iterator<Item = String>) -> Self {
        let block = |(block, exercise_name): (&Block, String)| BlockView {
            exercise: block.exercise,
            exercise_name,
            superset: block.superset,
            notes: block.notes.as_ref().map(|notes| notes.as_str().to_owned()),
            sets: block.sets.clone(),
        };
        Self {
            id: session.id,
            account: session.account,
            title: session.title.as_ref().map(|title| title.as_str().to_owned()),
            notes: session.notes.as_ref().map(|notes| notes.as_str().to_owned()),
            started_at: session.span.started_at(),
            ended_at: session.span.ended_at(),
            template: session.template,
            import: session.import,
            volume: session.blocks.volume(),
            blocks: session.blocks.as_slice().iter().zip(names).map(block).collect(),
            version: session.version,
        }
    }
}

impl From<&ShownSession> for SessionView {
    fn from(shown: &ShownSession) -> Self {
        Self::named(&shown.session, shown.exercise_names.iter().map(|name| name.as_str().to_owned()))
    }
}
