//! Reading progress.

use std::collections::BTreeMap;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::WeekStart;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::progress::{
    BlockFigures, DashboardFigures, Day, DerivedSession, ExerciseFigures, Period, ProgressQueries, Record,
    RecordKey, ShownRecord, Summary, WeekFigures, Window, streak_weeks,
};
use spotter_domain::workout::Traits;

use crate::page::page;
use crate::state::State;
use crate::store::MemoryStore;

/// Adds the figures of one more block.
fn add(sums: &mut BlockFigures, block: &BlockFigures) {
    sums.totals += block.totals;
    sums.one_rep_max = sums.one_rep_max.max(block.one_rep_max);
}

/// The figures of the blocks of a workout session, as they are stored.
fn figures(derived: &DerivedSession) -> impl Iterator<Item = (ExerciseId, &BlockFigures)> {
    derived.session.blocks.as_slice().iter().map(|block| block.exercise).zip(&derived.blocks)
}

impl State {
    fn derived(&self, account: AccountId) -> impl Iterator<Item = &DerivedSession> {
        self.workout_sessions.of(account).map(|row| &row.derived)
    }

    fn traits(&self, exercise: ExerciseId) -> Option<&Traits> {
        let own = || self.exercises.anybodys(&exercise).map(|exercise| &exercise.traits);
        self.catalogue.get(&exercise).map(|entry| &entry.traits).or_else(own)
    }

    fn by_exercise(&self, account: AccountId, window: &Window) -> Result<Vec<ExerciseFigures>, StoreError> {
        let mut sums: BTreeMap<ExerciseId, BlockFigures> = BTreeMap::new();
        let within = window.from..=window.today;
        for derived in self.derived(account).filter(|derived| within.contains(&derived.day)) {
            for (exercise, block) in figures(derived) {
                add(sums.entry(exercise).or_default(), block);
            }
        }
        let described = sums.into_iter().filter_map(|(exercise, sums)| {
            let traits = self.traits(exercise)?;
            let name = self.exercise_name("workout_blocks", exercise);
            Some(name.map(|name| ExerciseFigures {
                exercise,
                name,
                primary: traits.primary,
                secondary: traits.secondary,
                sets: sums.totals.sets,
                volume: sums.totals.volume,
                one_rep_max: sums.one_rep_max,
            }))
        });
        described.collect()
    }

    /// The weeks of an exercise by their first days.
    fn weeks(
        &self,
        account: AccountId,
        exercise: ExerciseId,
        week_start: WeekStart,
    ) -> BTreeMap<Day, BlockFigures> {
        let mut weeks: BTreeMap<Day, BlockFigures> = BTreeMap::new();
        for derived in self.derived(account) {
            for (_, block) in figures(derived).filter(|(other, _)| *other == exercise) {
                add(weeks.entry(derived.day.week(week_start)).or_default(), block);
            }
        }
        weeks
    }
}

#[async_trait]
impl ProgressQueries for MemoryStore {
    async fn dashboard(&self, account: AccountId, window: &Window) -> Result<DashboardFigures, StoreError> {
        let state = self.committed();
        let mut summary = Summary::empty(window.from);
        let within = window.from..=window.today;
        for day in state.summaries.of(account).filter(|day| within.contains(&day.day)) {
            summary.add(day);
        }
        let latest_first = state.summaries.of(account).rev().map(|summary| summary.day);
        Ok(DashboardFigures {
            summary,
            streak_weeks: streak_weeks(latest_first, window.today, window.week_start),
            by_exercise: state.by_exercise(account, window)?,
        })
    }

    async fn summaries(
        &self,
        account: AccountId,
        period: Period,
        week_start: WeekStart,
        between: (Day, Day),
        request: PageRequest<Day>,
    ) -> Result<Page<Summary, Day>, StoreError> {
        let state = self.committed();
        let within = between.0..=between.1;
        let mut stretches: BTreeMap<Day, Summary> = BTreeMap::new();
        for day in state.summaries.of(account).filter(|day| within.contains(&day.day)) {
            let begin = period.begin(day.day, week_start);
            stretches.entry(begin).or_insert_with(|| Summary::empty(begin)).add(day);
        }
        let latest_first = stretches.into_values().rev();
        let wanted = latest_first.filter(|stretch| request.after.is_none_or(|after| stretch.day < after));
        Ok(page(wanted, request.limit, |stretch| stretch.day))
    }

    async fn records(
        &self,
        account: AccountId,
        exercise: Option<ExerciseId>,
        request: PageRequest<RecordKey>,
    ) -> Result<Page<ShownRecord, RecordKey>, StoreError> {
        let state = self.committed();
        let records = state.records.after(account, request.after);
        let wanted = records.filter(|record| exercise.is_none_or(|exercise| record.key.exercise == exercise));
        let Page { items, next } = page(wanted.copied(), request.limit, |record: &Record| record.key);
        let shown = items.into_iter().map(|record| {
            let exercise_name = state.exercise_name("personal_records", record.key.exercise)?;
            Ok(ShownRecord { record, exercise_name })
        });
        Ok(Page { items: shown.collect::<Result<_, StoreError>>()?, next })
    }

    async fn trend(
        &self,
        account: AccountId,
        exercise: ExerciseId,
        week_start: WeekStart,
        between: (Day, Day),
    ) -> Result<Vec<WeekFigures>, StoreError> {
        let state = self.committed();
        let mut previous = None;
        let weeks = state.weeks(account, exercise, week_start).into_iter().map(|(week, sums)| {
            let previous_one_rep_max = previous;
            previous = sums.one_rep_max.or(previous);
            WeekFigures {
                week,
                one_rep_max: sums.one_rep_max,
                previous_one_rep_max,
                volume: sums.totals.volume,
                sets: sums.totals.sets,
            }
        });
        let within = between.0..=between.1.week(week_start);
        Ok(weeks.filter(|figures| within.contains(&figures.week)).collect())
    }
}
