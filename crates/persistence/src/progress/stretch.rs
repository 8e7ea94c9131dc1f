//! Days, and the weeks and months that they make, in SQL and from it.

use std::borrow::Cow;

use spotter_domain::StoreError;
use spotter_domain::account::WeekStart;
use spotter_domain::progress::{Day, Period};
use spotter_domain::workout::Weight;

use crate::row::Row;

/// The number of a day's week: it grows by one from week to week. It never becomes negative, so that both
/// databases divide alike.
pub(super) fn week_number(day: &str, week_start: WeekStart) -> String {
    format!("({day} + {}) / 7", Day::week_shift(week_start))
}

/// The first day of the stretch that `day` belongs to: [`Period::begin`] in SQL. It stands in the text and is
/// no parameter, so that its type is that of a day.
pub(super) fn begin(period: Period, week_start: WeekStart) -> Cow<'static, str> {
    match period {
        Period::Day => "day".into(),
        Period::Week => {
            let shift = Day::week_shift(week_start);
            format!("CASE WHEN day + {shift} < 7 THEN 0 ELSE day - (day + {shift}) % 7 END").into()
        }
        Period::Month => "month".into(),
    }
}

/// The last day of the stretch that a day belongs to.
pub(super) fn end(period: Period, day: Day, week_start: WeekStart) -> Day {
    match period {
        Period::Day => day,
        Period::Week => day.plus(6 - (day.number() + Day::week_shift(week_start)) % 7),
        Period::Month => Day::from_date(day.date().last_of_month()),
    }
}

/// A day that was stored.
pub(super) fn read_day(row: &Row, column: &'static str) -> Result<Day, StoreError> {
    row.valid(column, Day::from_number(row.int(column)?))
}

/// A weight that was stored, if one was.
pub(super) fn read_weight(row: &Row, column: &'static str) -> Result<Option<Weight>, StoreError> {
    let steps = row.int_or_null(column)?;
    row.valid(column, steps.map(Weight::from_steps).transpose())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_before_the_next_one_begins() {
        for week_start in [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday] {
            for (period, day) in Period::ALL.into_iter().flat_map(|period| (0..800).map(move |n| (period, n)))
            {
                let day = Day::from_number(day).unwrap();
                let last = end(period, day, week_start);
                assert_eq!(period.begin(last, week_start), period.begin(day, week_start));
                assert_ne!(period.begin(last.plus(1), week_start), period.begin(day, week_start));
            }
        }
    }
}
