//! The figures of a dashboard, in one statement.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{DashboardFigures, Day, ExerciseFigures, Period, Summary, Window};
use spotter_domain::workout::{Muscles, Volume};
use uuid::Uuid;

use super::stretch::{self, read_weight};
use super::summary::{SUMS, read_sums};
use crate::Backend;
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::exercise;

/// One row for each exercise with the sums and the streak in each, or one row without an exercise.
///
/// The streak goes back from the newest day to the first one before which a week is missing. Days are read latest
/// first and no further than that one. It counts when the newest day is of this week or of the one before. Names and muscles are looked up one exercise after the other: joined, the
/// planner would rather read the whole catalogue.
pub(crate) fn dashboard(backend: Backend, account: AccountId, window: &Window) -> Sql {
    let week = stretch::week_number("day", window.week_start);
    let earlier = stretch::week_number("earlier", window.week_start);
    let last = stretch::end(Period::Week, window.today, window.week_start);
    let this_week = (window.today.number() + Day::week_shift(window.week_start)) / 7;
    let text = format!(
        "WITH total AS (SELECT {SUMS} FROM daily_summaries \
         WHERE account_id = $1 AND day >= $2 AND day <= $3), \
         newest AS (SELECT {week} AS week FROM daily_summaries \
         WHERE account_id = $1 AND day <= $4 ORDER BY day DESC LIMIT 1), \
         oldest AS (SELECT {week} AS week FROM (SELECT day, lead(day) OVER (ORDER BY day DESC) AS earlier \
         FROM daily_summaries WHERE account_id = $1 AND day <= $4) run \
         WHERE earlier IS NULL OR {earlier} < {week} - 1 ORDER BY day DESC LIMIT 1), \
         streak AS (SELECT CAST(coalesce(max(newest.week - oldest.week + 1), 0) AS integer) AS weeks \
         FROM newest CROSS JOIN oldest WHERE newest.week >= $5), \
         done AS (SELECT b.exercise_id, CAST(sum(b.working_sets) AS integer) AS sets, \
         CAST(sum(b.volume) AS bigint) AS volume, max(b.one_rep_max) AS best FROM workout_blocks b \
         WHERE b.account_id = $1 AND b.day >= $2 AND b.day <= $3 GROUP BY b.exercise_id) \
         SELECT t.sessions, t.sets, t.reps, t.volume, t.seconds, t.distance, k.weeks, d.exercise_id, \
         d.sets AS exercise_sets, d.volume AS exercise_volume, d.best, \
         {}, (SELECT e.primary_muscles FROM exercises e WHERE e.id = d.exercise_id) AS primary_muscles, \
         (SELECT e.secondary_muscles FROM exercises e WHERE e.id = d.exercise_id) AS secondary_muscles \
         FROM total t CROSS JOIN streak k LEFT JOIN done d ON TRUE ORDER BY d.exercise_id",
        exercise::name_of("d.exercise_id")
    );
    Sql::new(backend, "daily_summaries", "dashboard", text)
        .uuid(account.uuid())
        .int(window.from.number())
        .int(window.today.number())
        .int(last.number())
        .int(this_week - 1)
}

pub(super) fn read_figures(rows: &[Row], window: &Window) -> Result<DashboardFigures, StoreError> {
    // There is always a row.
    let Some(first) = rows.first() else {
        let summary = Summary::empty(window.from);
        return Ok(DashboardFigures { summary, ..DashboardFigures::default() });
    };
    let by_exercise: Result<Vec<_>, _> =
        rows.iter().filter_map(|row| read_exercise(row).transpose()).collect();
    Ok(DashboardFigures {
        summary: read_sums(first, window.from)?,
        streak_weeks: first.int("weeks")?,
        by_exercise: by_exercise?,
    })
}

fn read_exercise(row: &Row) -> Result<Option<ExerciseFigures>, StoreError> {
    let Some(id) = row.get::<Option<Uuid>>("exercise_id")? else { return Ok(None) };
    Ok(Some(ExerciseFigures {
        exercise: ExerciseId::from(id),
        name: exercise::read_name(row)?,
        primary: read_muscles(row, "primary_muscles")?,
        secondary: read_muscles(row, "secondary_muscles")?,
        sets: row.int("exercise_sets")?,
        volume: Volume::from_steps(row.get("exercise_volume")?),
        one_rep_max: read_weight(row, "best")?,
    }))
}

fn read_muscles(row: &Row, column: &'static str) -> Result<Muscles, StoreError> {
    row.valid(column, Muscles::from_bits(row.int(column)?))
}
