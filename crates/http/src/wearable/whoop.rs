//! Reading what WHOOP tells: what is asked for is checked, and all else is kept as it came.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use spotter_application::wearable::{ToldRecord, measures};
use spotter_domain::wearable::{Figures, WearableKind};
use spotter_domain::{Invalid, Timestamp};
use uuid::Uuid;

use super::shapes::{Cycle, Recovery, Sleep};
use crate::body;
use crate::fields::{Findings, Whole, identifier, instant};
use crate::problem::Problem;

/// The largest record: 64 KiB, about fifty times of what WHOOP sends.
const MOST_BYTES: usize = 64 << 10;

/// What records of all kinds have in common.
pub(super) struct Head<'a> {
    pub(super) kind: WearableKind,
    /// Each with its place in the record.
    pub(super) external_id: (&'static str, Result<String, Invalid>),
    pub(super) user: Whole,
    pub(super) began: (&'static str, &'a str),
    pub(super) updated_at: &'a str,
    pub(super) score_state: &'a str,
    /// Whether a sleep is a nap; nothing for other kinds.
    pub(super) nap: Option<bool>,
}

/// A record in WHOOP's shape.
pub(super) trait Shape: DeserializeOwned {
    /// What there is once it has been scored.
    type Score;

    /// What it has in common with the others.
    fn head(&self) -> Head<'_>;
    /// What there is of a score.
    fn score(&self) -> Option<&Self::Score>;
    /// The figures of a score; notes what is wrong with them.
    fn figures(score: &Self::Score, findings: &mut Findings) -> Figures;
}

/// A record, and the user of WHOOP that it is about.
#[derive(Debug, PartialEq)]
pub(super) struct Checked {
    pub(super) user: i64,
    pub(super) record: ToldRecord,
}

/// Reads a record of that kind.
pub(super) fn parse(kind: WearableKind, bytes: &Bytes, now: Timestamp) -> Result<Checked, Problem> {
    match kind {
        WearableKind::Recovery => check::<Recovery>(&body::parse(bytes)?, bytes, now),
        WearableKind::Sleep => check::<Sleep>(&body::parse(bytes)?, bytes, now),
        WearableKind::Cycle => check::<Cycle>(&body::parse(bytes)?, bytes, now),
    }
}

/// Checks what was read of a record's `bytes`.
pub(super) fn check<S: Shape>(shape: &S, bytes: &Bytes, now: Timestamp) -> Result<Checked, Problem> {
    if bytes.len() > MOST_BYTES {
        return Err(body::too_large("a record must not be larger than 64 KiB"));
    }
    // What is not read of the JSON has not been decoded either.
    if std::str::from_utf8(bytes).is_err() {
        return Err(Problem::invalid_body(None, "the body is not JSON: it is not in UTF-8"));
    }
    let head = shape.head();
    let mut findings = Findings::default();
    let time = |text| instant(text).and_then(|told| measures::time(told, now));
    let external_id = findings.take(head.external_id.0, head.external_id.1);
    let user = findings.take("/user_id", measures::number(head.user.to_i64()));
    let recorded_at = findings.take(head.began.0, time(head.began.1));
    let updated_at = findings.take("/updated_at", time(head.updated_at));
    let figures = match findings.take("/score_state", is_scored(head.score_state)) {
        Some(true) => {
            let score = shape.score().ok_or_else(|| Invalid::new("must be there once it has been scored"));
            findings.take("/score", score).map(|score| S::figures(score, &mut findings))
        }
        _ => None,
    };
    let (Some(external_id), Some(user), Some(recorded_at), Some(updated_at)) =
        (external_id, user, recorded_at, updated_at)
    else {
        return Err(findings.into_error().into());
    };
    let figures = Figures { nap: head.nap, ..figures.unwrap_or_default() };
    let (kind, raw) = (head.kind, bytes.to_vec());
    let record = ToldRecord { kind, external_id, recorded_at, updated_at, figures, raw };
    Ok(findings.finish(Checked { user, record })?)
}

/// One name for a UUID, however it is written.
pub(super) fn uuid(text: &str) -> Result<String, Invalid> {
    identifier::<Uuid>(text).map(|uuid| uuid.to_string())
}

fn is_scored(word: &str) -> Result<bool, Invalid> {
    match word {
        "SCORED" => Ok(true),
        "PENDING_SCORE" | "UNSCORABLE" => Ok(false),
        _ => Err(Invalid::new("must be SCORED, PENDING_SCORE or UNSCORABLE")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const UUID: &str = "ecfc6a15-4661-442f-a9a4-f160dd7afae8";

    fn now() -> Timestamp {
        "2027-01-04T12:00:00Z".parse().unwrap()
    }

    /// The example of a recovery in WHOOP's documentation, at another time.
    fn recovery() -> Value {
        json!({
            "cycle_id": 93845, "sleep_id": UUID, "user_id": 10129,
            "created_at": "2027-01-04T06:25:44.774Z", "updated_at": "2027-01-04T07:25:44.774Z",
            "score_state": "SCORED",
            "score": {"user_calibrating": false, "recovery_score": 44.0, "resting_heart_rate": 64.0,
                "hrv_rmssd_milli": 31.813_562, "spo2_percentage": 95.6875, "skin_temp_celsius": 33.7}
        })
    }

    fn sleep() -> Value {
        json!({
            "id": UUID, "cycle_id": 93845, "v1_id": 93845, "user_id": 10129,
            "created_at": "2027-01-04T06:25:44.774Z", "updated_at": "2027-01-04T07:25:44.774Z",
            "start": "2027-01-03T22:25:44.774Z", "end": "2027-01-04T06:25:44.774Z",
            "timezone_offset": "-05:00", "nap": false, "score_state": "SCORED",
            "score": {"stage_summary": {"disturbance_count": 12}, "sleep_needed": {"baseline_milli": 27_395_716},
                "respiratory_rate": 16.113, "sleep_performance_percentage": 98.0}
        })
    }

    fn cycle() -> Value {
        json!({
            "id": 93845, "user_id": 10129, "created_at": "2027-01-04T06:25:44.774Z",
            "updated_at": "2027-01-04T07:25:44.774Z", "start": "2027-01-03T22:25:44.774Z", "end": null,
            "timezone_offset": "-05:00", "score_state": "SCORED",
            "score": {"strain": 5.295_153, "kilojoule": 8288.297, "average_heart_rate": 68, "max_heart_rate": 141}
        })
    }

    fn read(kind: WearableKind, record: &Value) -> Result<Checked, Problem> {
        parse(kind, &Bytes::from(record.to_string()), now())
    }

    /// The record with another value in one place.
    fn but(mut record: Value, pointer: &str, value: Value) -> Value {
        *record.pointer_mut(pointer).unwrap() = value;
        record
    }

    /// The status and the places that are told of a record.
    fn told(kind: WearableKind, record: &Value) -> (u16, Vec<String>) {
        let problem = read(kind, record).unwrap_err();
        let pointers = problem.errors.iter().map(|error| error.pointer.to_string());
        (problem.status.as_u16(), pointers.collect())
    }

    #[test]
    fn a_recovery_is_read() {
        let Checked { user, record } = read(WearableKind::Recovery, &recovery()).unwrap();
        assert_eq!((user, record.kind, record.external_id.as_str()), (10129, WearableKind::Recovery, UUID));
        assert_eq!(record.recorded_at.to_string(), "2027-01-04T06:25:44.774Z");
        assert_eq!(record.updated_at.to_string(), "2027-01-04T07:25:44.774Z");
        let figures = Figures {
            recovery: Some(44),
            resting_heart_rate: Some(64),
            hrv_micros: Some(31_814),
            ..Figures::default()
        };
        assert_eq!(record.figures, figures);
        assert_eq!(record.raw, recovery().to_string().as_bytes());
    }

    #[test]
    fn a_sleep_is_read() {
        let record = read(WearableKind::Sleep, &sleep()).unwrap().record;
        assert_eq!((record.kind, record.external_id.as_str()), (WearableKind::Sleep, UUID));
        assert_eq!(record.recorded_at.to_string(), "2027-01-03T22:25:44.774Z");
        let night = Figures { nap: Some(false), ..Figures::default() };
        assert_eq!(record.figures, Figures { sleep_performance: Some(98), ..night });
        let bare = but(sleep(), "/score/sleep_performance_percentage", Value::Null);
        assert_eq!(read(WearableKind::Sleep, &bare).unwrap().record.figures, night);
    }

    #[test]
    fn a_sleep_is_a_nap_where_it_says_so_scored_or_not() {
        let nap = |record: &Value| read(WearableKind::Sleep, record).unwrap().record.figures.nap;
        for (told, expected) in [(json!(true), true), (json!(false), false), (Value::Null, false)] {
            let record = but(sleep(), "/nap", told);
            assert_eq!(nap(&record), Some(expected));
            assert_eq!(nap(&but(record, "/score_state", json!("PENDING_SCORE"))), Some(expected));
        }
        let mut silent = sleep();
        silent.as_object_mut().unwrap().remove("nap");
        assert_eq!(nap(&silent), Some(false));
        let wrong = but(sleep(), "/nap", json!("yes"));
        assert_eq!(told(WearableKind::Sleep, &wrong), (400, vec!["/nap".into()]));
    }

    #[test]
    fn a_cycle_is_read() {
        let record = read(WearableKind::Cycle, &cycle()).unwrap().record;
        assert_eq!((record.kind, record.external_id.as_str()), (WearableKind::Cycle, "93845"));
        assert_eq!(record.recorded_at.to_string(), "2027-01-03T22:25:44.774Z");
        assert_eq!(record.figures, Figures { strain_hundredths: Some(530), ..Figures::default() });
    }

    #[test]
    fn only_what_has_been_scored_has_figures() {
        for state in ["PENDING_SCORE", "UNSCORABLE"] {
            let record = but(recovery(), "/score_state", json!(state));
            for record in [record.clone(), but(record, "/score", Value::Null)] {
                let read = read(WearableKind::Recovery, &record).unwrap().record;
                assert_eq!(read.figures, Figures::default(), "{state}");
            }
        }
        let missing = but(recovery(), "/score", Value::Null);
        assert_eq!(told(WearableKind::Recovery, &missing), (422, vec!["/score".into()]));
        let unknown = but(recovery(), "/score_state", json!("scored"));
        assert_eq!(told(WearableKind::Recovery, &unknown), (422, vec!["/score_state".into()]));
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let shouted = but(recovery(), "/sleep_id", json!(UUID.to_uppercase()));
        assert_eq!(read(WearableKind::Recovery, &shouted).unwrap().record.external_id, UUID);
        let whole = but(cycle(), "/id", json!(93845.0));
        assert_eq!(read(WearableKind::Cycle, &whole).unwrap().record.external_id, "93845");
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        use WearableKind::{Cycle, Recovery, Sleep};
        let cases = [
            (Recovery, "/sleep_id", json!("93845")),
            (Recovery, "/user_id", json!(0)),
            (Recovery, "/user_id", json!(1e300)),
            (Recovery, "/created_at", json!("1999-12-31T23:59:59Z")),
            (Recovery, "/created_at", json!("yesterday")),
            (Recovery, "/updated_at", json!("2027-01-06T12:00:01Z")),
            (Recovery, "/score/recovery_score", json!(100.5)),
            (Recovery, "/score/recovery_score", json!(-1)),
            (Recovery, "/score/resting_heart_rate", json!(19)),
            (Recovery, "/score/resting_heart_rate", json!(251)),
            (Recovery, "/score/hrv_rmssd_milli", json!(1000.1)),
            (Sleep, "/id", json!("")),
            (Sleep, "/start", json!("2027-01-07T00:00:00Z")),
            (Sleep, "/score/sleep_performance_percentage", json!(101)),
            (Cycle, "/id", json!(-1)),
            (Cycle, "/score/strain", json!(21.1)),
        ];
        for (kind, pointer, value) in cases {
            let whole = [recovery(), sleep(), cycle()][kind as usize].clone();
            assert_eq!(told(kind, &but(whole, pointer, value)), (422, vec![pointer.into()]));
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let record = but(but(recovery(), "/user_id", json!(0)), "/score/recovery_score", json!(101));
        let (status, pointers) = told(WearableKind::Recovery, &record);
        assert_eq!((status, pointers.len()), (422, 2), "{pointers:?}");
    }

    #[test]
    fn what_is_of_the_wrong_type_is_named() {
        for (pointer, value) in [
            ("/sleep_id", json!(1)),
            ("/user_id", json!("10129")),
            ("/updated_at", Value::Null),
            ("/score/recovery_score", json!("44")),
        ] {
            let record = but(recovery(), pointer, value);
            assert_eq!(told(WearableKind::Recovery, &record), (400, vec![pointer.into()]));
        }
        assert_eq!(told(WearableKind::Recovery, &json!({})), (400, vec!["/sleep_id".into()]));
        assert_eq!(told(WearableKind::Cycle, &json!([])), (400, vec![String::new()]));
    }

    #[test]
    fn what_is_too_large_or_not_in_utf_8_is_refused() {
        let json = recovery().to_string();
        let padded = |length: usize| Bytes::from(format!("{json}{}", " ".repeat(length - json.len())));
        assert_eq!(
            parse(WearableKind::Recovery, &padded(MOST_BYTES), now()).unwrap().record.raw.len(),
            65_536
        );
        let problem = parse(WearableKind::Recovery, &padded(MOST_BYTES + 1), now()).unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code.as_ref()), (413, "body_too_large"));
        let mut bytes = json.replace("user_calibrating", "user_calibratin_").into_bytes();
        let at = bytes.windows(2).position(|pair| pair == b"n_").unwrap();
        bytes[at + 1] = 0xff;
        let problem = parse(WearableKind::Recovery, &Bytes::from(bytes), now()).unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code.as_ref()), (400, "invalid_body"));
    }
}
