//! Preferences, as columns of the account.

use spotter_domain::StoreError;
use spotter_domain::account::{
    DefaultRest, Preferences, ProgressionType, Units, WarmupPercentages, WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::workout::OneRepMaxFormula;

use crate::row::Row;
use crate::sql::Sql;

/// The columns, in the order in which [`bind`] binds them.
pub(super) const COLUMNS: &str = "units, week_start, time_zone, one_rep_max, default_rest, progression, \
                                  warmup_1, warmup_2, warmup_3, warmup_4, warmup_5";

/// The columns in a query that calls the table so.
pub(super) fn columns_of(alias: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{alias}.{column}")).collect::<Vec<_>>().join(", ")
}

/// One column for each warm-up set there can be.
const WARMUPS: [&str; WarmupPercentages::MOST] = ["warmup_1", "warmup_2", "warmup_3", "warmup_4", "warmup_5"];

pub(super) fn read(row: &Row) -> Result<Preferences, StoreError> {
    let mut warmup = Vec::with_capacity(WARMUPS.len());
    for column in WARMUPS {
        warmup.extend(row.int_or_null::<u8>(column)?);
    }
    Ok(Preferences {
        units: row.parse("units", Units::parse)?,
        week_start: row.parse("week_start", WeekStart::parse)?,
        time_zone: row.parse_or_null("time_zone", TimeZoneName::parse)?,
        one_rep_max: row.parse("one_rep_max", OneRepMaxFormula::parse)?,
        default_rest: row.valid("default_rest", DefaultRest::new(row.int("default_rest")?))?,
        progression: row.parse("progression", ProgressionType::parse)?,
        warmup: row.valid("warmup_1", WarmupPercentages::new(warmup))?,
    })
}

/// Binds the eleven columns.
pub(super) fn bind(sql: Sql, preferences: &Preferences) -> Sql {
    let sql = sql
        .text(preferences.units.as_str())
        .text(preferences.week_start.as_str())
        .text_or_null(preferences.time_zone.as_ref().map(TimeZoneName::as_str))
        .text(preferences.one_rep_max.as_str())
        .int(preferences.default_rest.seconds())
        .text(preferences.progression.as_str());
    let percentages = preferences.warmup.as_slice();
    (0..WARMUPS.len()).fold(sql, |sql, set| sql.int_or_null(percentages.get(set).copied()))
}
