//! `/api/v1/workout-sessions`: what somebody did, from the first word of it to its deletion.

mod at_once;
mod bounds;
mod delete;
mod edit;
mod list;
mod log;
mod nothing_half;

use reqwest::Method;
use serde_json::{Value, json};
use spotter_application::progress::Remedy;

use crate::support::steps::{account_id, pages};
use crate::support::{Answer, Person, TestApp};

pub(crate) const SESSIONS: &str = "/api/v1/workout-sessions";
/// Names of the catalogue.
pub(crate) const BENCH: &str = "Barbell Bench Press";
pub(crate) const SQUAT: &str = "Barbell Squat";

/// Runs tests over the memory adapters and on both databases.
macro_rules! on_every_store {
    ($($test:ident),+ $(,)?) => {
        mod memory {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::memory().await).await; })+
        }
        mod sqlite {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::sqlite().await).await; })+
        }
        mod postgres {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::postgres().await).await; })+
        }
    };
}

pub(crate) use on_every_store;

/// An exercise with normal sets of a weight and repetitions.
pub(crate) fn lift(name: &str, sets: &[(f64, u16)]) -> Value {
    let sets: Vec<_> = sets.iter().map(|(kg, reps)| json!({"weight_kg": kg, "reps": reps})).collect();
    json!({"exercise_name": name, "sets": sets})
}

/// A workout session with those exercises.
pub(crate) fn workout(started_at: &str, exercises: impl Into<Vec<Value>>) -> Value {
    json!({"started_at": started_at, "exercises": exercises.into()})
}

/// Logs a workout session and answers with it as it was told.
pub(crate) async fn log(person: &Person, body: &Value) -> Value {
    person.post(SESSIONS, body).await.expect(201).body
}

/// Where a workout session is.
#[track_caller]
pub(crate) fn at(session: &Value) -> String {
    format!("{SESSIONS}/{}", crate::support::steps::id(session))
}

/// A request under the condition that what it is about has that tag.
pub(crate) async fn send_if(
    person: &Person,
    method: Method,
    path: &str,
    tag: &str,
    body: Option<&Value>,
) -> Answer {
    let request = person.request(method, path).header("if-match", tag);
    Answer::of(match body {
        Some(body) => request.json(body),
        None => request,
    })
    .await
}

/// The items of a list, all of them.
pub(crate) async fn all(person: &Person, path: &str) -> Vec<Value> {
    pages(person, path).await.concat()
}

/// The identifier of an exercise of that name.
pub(crate) async fn exercise_id(person: &Person, name: &str) -> String {
    let path = format!("/api/v1/exercises/resolve?name={}", name.replace(' ', "%20"));
    let resolved = person.get(&path).await.expect(200).body;
    resolved["exercise"]["id"].as_str().unwrap_or_else(|| panic!("no exercise {name}")).to_owned()
}

/// Records in one line each, sorted: `Pull-Up heaviest external 10 kg`, with what was before if that was told.
pub(crate) fn told(records: &Value) -> Vec<String> {
    let line = |record: &Value| {
        let word = |field: &str| record[field].as_str().unwrap();
        let with = &record["weight_kg"];
        let with = if with.is_null() { String::new() } else { format!(" at {with} kg") };
        let before = record.get("previous_value").filter(|before| !before.is_null());
        let before = before.map(|before| format!(" before {before}")).unwrap_or_default();
        let (name, kind, load) = (word("exercise_name"), word("kind"), word("load"));
        format!("{name} {kind} {load} {} {}{with}{before}", record["value"], word("unit"))
    };
    let mut lines: Vec<_> = records.as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

/// The records that stand.
pub(crate) async fn records(person: &Person) -> Value {
    Value::from(all(person, "/api/v1/progress/records?limit=200").await)
}

/// Everything that is to be seen of somebody's workouts.
pub(crate) async fn books(person: &Person) -> Value {
    let mut summaries = Vec::new();
    for period in ["day", "week", "month"] {
        let path = format!("/api/v1/progress/summaries?period={period}&limit=200");
        summaries.push(all(person, &path).await);
    }
    json!({
        "workout_sessions": all(person, &format!("{SESSIONS}?limit=200")).await,
        "dashboard": person.get("/api/v1/progress/dashboard?days=3660").await.expect(200).body,
        "summaries": summaries,
        "records": records(person).await,
    })
}

/// Checks that what is kept is what a full recomputation gives.
pub(crate) async fn verify(app: &TestApp, person: &Person) {
    let verified = app.spotter.verify_progress(account_id(person), Remedy::Report).await.unwrap();
    assert_eq!(verified.differences, 0, "{:#?}", verified.told);
}
