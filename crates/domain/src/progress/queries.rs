//! Reading progress.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Day, Period, Record, RecordKey, Summary};
use crate::StoreError;
use crate::account::WeekStart;
use crate::id::{AccountId, ExerciseId};
use crate::page::{Page, PageRequest};
use crate::text::ExerciseName;
use crate::workout::{Muscles, Volume, Weight};

/// Which days a dashboard is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: Day,
    /// The last day, which is today.
    pub today: Day,
    /// On which day weeks begin.
    pub week_start: WeekStart,
}

/// What was done of one exercise within a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseFigures {
    /// The exercise.
    pub exercise: ExerciseId,
    /// What it is called.
    pub name: ExerciseName,
    /// The muscles that do its work.
    pub primary: Muscles,
    /// The muscles that help.
    pub secondary: Muscles,
    /// How many working sets.
    pub sets: u32,
    /// Weight times repetitions.
    pub volume: Volume,
    /// The best estimate of a one-rep max.
    pub one_rep_max: Option<Weight>,
}

/// The figures of a dashboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DashboardFigures {
    /// The sums of the window.
    pub summary: Summary,
    /// How many weeks in a row had a workout session: see [`super::streak_weeks`].
    pub streak_weeks: u32,
    /// What was done of each exercise, by exercise.
    pub by_exercise: Vec<ExerciseFigures>,
}

/// A record with what its exercise is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRecord {
    /// The record.
    pub record: Record,
    /// What its exercise is called.
    pub exercise_name: ExerciseName,
}

/// One week of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekFigures {
    /// The first day of the week.
    pub week: Day,
    /// The best estimate of a one-rep max.
    pub one_rep_max: Option<Weight>,
    /// That of the last week before that has one, however long ago.
    pub previous_one_rep_max: Option<Weight>,
    /// Weight times repetitions.
    pub volume: Volume,
    /// How many working sets.
    pub sets: u32,
}

/// Reads progress. Everything is one person's, and is read in one statement, with the names that exercises have
/// now.
#[async_trait]
pub trait ProgressQueries: Send + Sync {
    /// The figures of a dashboard.
    async fn dashboard(&self, account: AccountId, window: &Window) -> Result<DashboardFigures, StoreError>;
    /// The summaries of each stretch that has a workout session between two days, both included, latest
    /// first. The cursor is the first day of a stretch. A stretch at the edge has only the days within.
    async fn summaries(
        &self,
        account: AccountId,
        period: Period,
        week_start: WeekStart,
        between: (Day, Day),
        page: PageRequest<Day>,
    ) -> Result<Page<Summary, Day>, StoreError>;
    /// The records of a person, by key; of one exercise, or of all.
    async fn records(
        &self,
        account: AccountId,
        exercise: Option<ExerciseId>,
        page: PageRequest<RecordKey>,
    ) -> Result<Page<ShownRecord, RecordKey>, StoreError>;
    /// The weeks from the one that begins on `from` to the one of `to` that have a block of the exercise,
    /// earliest first.
    async fn trend(
        &self,
        account: AccountId,
        exercise: ExerciseId,
        week_start: WeekStart,
        between: (Day, Day),
    ) -> Result<Vec<WeekFigures>, StoreError>;
}
