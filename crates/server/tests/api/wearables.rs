//! `/api/v1/wearables`: what WHOOP's API v2 tells, in the examples of its documentation.

mod link;
mod records;
mod scores;
mod versions;
mod webhook;
mod webhook_signature;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;

use crate::support::app::WHOOP_SECRET;
use crate::support::steps::announced;
use crate::support::{Answer, Person, TestApp};

const WEBHOOK: &str = "/api/v1/wearables/whoop/webhook";
const RECORDS: &str = "/api/v1/wearables/records";
/// The user of WHOOP that the examples are about.
const USER: i64 = 10_129;
/// The sleep that the examples are about.
const SLEEP: &str = "ecfc6a15-4661-442f-a9a4-f160dd7afae8";

pub(crate) fn recovery() -> Value {
    json!({
        "cycle_id": 93_845,
        "sleep_id": SLEEP,
        "user_id": USER,
        "created_at": "2027-01-04T06:25:44.774Z",
        "updated_at": "2027-01-04T06:25:44.774Z",
        "score_state": "SCORED",
        "score": {
            "user_calibrating": false,
            "recovery_score": 44.0,
            "resting_heart_rate": 64.0,
            "hrv_rmssd_milli": 31.813_562,
            "spo2_percentage": 95.687_5,
            "skin_temp_celsius": 33.7
        }
    })
}

pub(crate) fn sleep() -> Value {
    json!({
        "id": SLEEP,
        "v1_id": 93_845,
        "user_id": USER,
        "created_at": "2027-01-04T06:25:44.774Z",
        "updated_at": "2027-01-04T06:25:44.774Z",
        "start": "2027-01-03T22:25:44.774Z",
        "end": "2027-01-04T06:05:44.774Z",
        "timezone_offset": "-05:00",
        "nap": false,
        "score_state": "SCORED",
        "score": {
            "stage_summary": {"total_in_bed_time_milli": 30_272_735, "disturbance_count": 12},
            "sleep_needed": {"baseline_milli": 27_395_716},
            "respiratory_rate": 16.113_281_25,
            "sleep_performance_percentage": 98.0,
            "sleep_consistency_percentage": 90.0,
            "sleep_efficiency_percentage": 91.695_331_57
        }
    })
}

pub(crate) fn cycle() -> Value {
    json!({
        "id": 93_845,
        "user_id": USER,
        "created_at": "2027-01-04T06:25:44.774Z",
        "updated_at": "2027-01-04T06:25:44.774Z",
        "start": "2027-01-04T02:25:44.774Z",
        "end": null,
        "timezone_offset": "-05:00",
        "score_state": "SCORED",
        "score": {"strain": 5.295_152_7, "kilojoule": 8_288.297, "average_heart_rate": 68, "max_heart_rate": 141}
    })
}

/// The record with another value at each of these places.
fn with(mut record: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        *record.pointer_mut(pointer).unwrap() = value.clone();
    }
    record
}

/// What WHOOP tells of a record: `what` happened to it, under the name `trace`.
fn notification(what: &str, trace: &str) -> Value {
    json!({"user_id": USER, "id": SLEEP, "type": what, "trace_id": trace})
}

/// The same with the record.
fn telling(what: &str, trace: &str, record: Value) -> Value {
    let mut notification = notification(what, trace);
    notification["record"] = record;
    notification
}

/// The signature of a notification that is signed with `secret` at `at`.
fn signature(secret: &str, at: &str, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    STANDARD.encode(mac.chain_update(at).chain_update(body).finalize().into_bytes())
}

/// An instant as it is signed.
fn millis(at: Timestamp) -> String {
    at.as_millisecond().to_string()
}

/// Sends a notification with these headers.
async fn send(app: &TestApp, at: &str, signature: &str, body: &str) -> Answer {
    let request = app.request(Method::POST, WEBHOOK).header("content-type", "application/json");
    let request = request.header("X-WHOOP-Signature", signature).header("X-WHOOP-Signature-Timestamp", at);
    Answer::of(request.body(body.to_owned())).await
}

/// Sends a notification as WHOOP does.
async fn notify(app: &TestApp, notification: &Value) -> Answer {
    let (at, body) = (millis(app.spotter.ports().clock.now()), notification.to_string());
    send(app, &at, &signature(WHOOP_SECRET, &at, &body), &body).await
}

/// Somebody who is the user of WHOOP that the examples are about.
async fn linked(app: &TestApp) -> Person {
    let person = app.person("Ada").await;
    person.put("/api/v1/wearables/whoop", &json!({"user_id": USER})).await.expect(200);
    person
}

/// Somebody's records.
async fn records(person: &Person) -> Vec<Value> {
    person.get(RECORDS).await.expect(200).body["items"].as_array().unwrap().clone()
}

/// The words of what was announced of wearables.
async fn told(app: &TestApp) -> Vec<&'static str> {
    let kinds = announced(app).await.iter().map(DomainEvent::kind).collect::<Vec<_>>();
    kinds.into_iter().filter(|kind| kind.starts_with("wearable")).collect()
}
