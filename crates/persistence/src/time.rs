//! Instants on their way into the database and out of it, in whole microseconds.
//!
//! SQLite keeps them as text. Text sorts as the instants do only while every one is written alike, so it is
//! always written here, in UTC and with six digits of a second.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::Value;
use spotter_domain::Timestamp;

use crate::Backend;

/// The first microsecond of the year 0. Nothing of ours is older; an older bound of a search is as good as
/// this one, and both databases can compare it.
const EARLIEST: i64 = -62_167_219_200_000_000;

pub(crate) fn to_chrono(time: Timestamp) -> DateTime<Utc> {
    let micros = i64::try_from(time.as_nanosecond().div_euclid(1_000)).unwrap_or(i64::MAX).max(EARLIEST);
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
}

pub(crate) fn from_chrono(time: DateTime<Utc>) -> Option<Timestamp> {
    Timestamp::from_microsecond(time.timestamp_micros()).ok()
}

/// The text of an instant, as SQLite keeps it and as PostgreSQL reads it.
pub(crate) fn to_text(time: Timestamp) -> String {
    to_chrono(time).to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// An instant as a parameter of a statement.
pub(crate) fn to_value(backend: Backend, time: Option<Timestamp>) -> Value {
    match backend {
        Backend::Sqlite => Value::String(time.map(to_text)),
        Backend::Postgres => Value::ChronoDateTimeUtc(time.map(to_chrono)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn text_sorts_as_the_instants_do() {
        let instants = [
            "-000001-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.9999999Z",
            "1970-01-01T00:00:00Z",
            "2027-01-04T18:00:00Z",
            "2027-01-04T18:00:00.000001Z",
            "2027-01-04T18:00:00.12Z",
            "2027-01-04T18:00:00.123Z",
            "2027-01-04T18:00:00.123456Z",
            "2027-01-04T18:00:01Z",
        ];
        let texts: Vec<String> = instants.iter().map(|text| to_text(at(text))).collect();
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(texts.iter().all(|text| text.len() == 32), "{texts:?}");
    }

    #[test]
    fn instants_come_back_in_whole_microseconds() {
        let time = at("2027-01-04T18:00:00.123456789Z");
        assert_eq!(from_chrono(to_chrono(time)).unwrap(), at("2027-01-04T18:00:00.123456Z"));
        let time = at("1969-12-31T23:59:59.9999999Z");
        assert_eq!(from_chrono(to_chrono(time)).unwrap(), at("1969-12-31T23:59:59.999999Z"));
    }
}
