//! The weeks of one exercise.

use spotter_domain::StoreError;
use spotter_domain::account::WeekStart;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Day, Period, WeekFigures};
use spotter_domain::workout::Volume;

use super::stretch::{self, read_day, read_weight};
use crate::Backend;
use crate::row::Row;
use crate::sql::Sql;

/// The most weeks of one answer: ten years.
const MOST_WEEKS: u16 = 520;

impl TryFrom<Row> for WeekFigures {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            week: read_day(&row, "week")?,
            one_rep_max: read_weight(&row, "best")?,
            previous_one_rep_max: read_weight(&row, "previous")?,
            volume: Volume::from_steps(row.get("volume")?),
            sets: row.int("sets")?,
        })
    }
}

/// The estimate before that of a week may be from before the first week that is wanted, so all weeks up to the
/// last one are looked at. `held` is the latest estimate up to a week, that week included: weeks without one
/// are counted to the one before them that has one.
pub(crate) fn trend(
    backend: Backend,
    account: AccountId,
    exercise: ExerciseId,
    week_start: WeekStart,
    (from, to): (Day, Day),
) -> Sql {
    let week = stretch::begin(Period::Week, week_start);
    let text = format!(
        "WITH weeks AS (SELECT {week} AS week, max(one_rep_max) AS best, \
         CAST(sum(volume) AS bigint) AS volume, CAST(sum(working_sets) AS integer) AS sets \
         FROM workout_blocks WHERE account_id = $1 AND exercise_id = $2 AND day <= $3 GROUP BY 1), \
         counted AS (SELECT week, best, volume, sets, count(best) OVER (ORDER BY week) AS estimates \
         FROM weeks), \
         carried AS (SELECT week, best, volume, sets, \
         first_value(best) OVER (PARTITION BY estimates ORDER BY week) AS held FROM counted), \
         compared AS (SELECT week, best, volume, sets, lag(held) OVER (ORDER BY week) AS previous \
         FROM carried) \
         SELECT week, best, previous, volume, sets FROM compared WHERE week >= $4 ORDER BY week LIMIT $5"
    );
    Sql::new(backend, "workout_blocks", "trend", text)
        .uuid(account.uuid())
        .uuid(exercise.uuid())
        .int(stretch::end(Period::Week, to, week_start).number())
        .int(from.number())
        .int(MOST_WEEKS)
}
