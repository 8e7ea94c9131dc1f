//! `/api/v1/imports` and `/api/v1/me/export`: histories that people bring along and take elsewhere

mod accounts;
mod again;
mod bad_files;
mod bad_rows;
mod documents;
mod dry_run;
mod export;
mod hevy;
mod list;
mod lossless;
mod shapes;
mod strong;
mod undo;
mod units;
mod upload;
mod zones;

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};
use spotter_application::progress::Remedy;

use crate::support::steps::{account_id, pages};
use crate::support::{Answer, Person, TestApp};

const IMPORTS: &str = "/api/v1/imports";

/// The columns of Hevy.
const HEVY: &str = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,\
    set_type,weight_kg,reps,distance_km,duration_seconds,rpe";

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

use on_every_store;

/// Sends a file, whatever comes of it. The query begins with a question mark, or is empty.
async fn send(person: &Person, query: &str, file: impl Into<reqwest::Body>) -> Answer {
    let request = person.request(Method::POST, &format!("{IMPORTS}{query}"));
    Answer::of(request.header("content-type", "text/csv").body(file)).await
}

/// Brings a file along that has no problems, and answers with the import.
async fn bring(person: &Person, query: &str, file: impl Into<reqwest::Body>) -> Value {
    let import = send(person, query, file).await.expect(201).body;
    assert_eq!((&import["problems"], &import["problems_total"]), (&json!([]), &json!(0)), "{import:#}");
    import
}

/// Brings a file along and answers with its problems: lines and what they say.
async fn problems(person: &Person, query: &str, file: impl Into<reqwest::Body>) -> Vec<(u64, String)> {
    let import = send(person, query, file).await.expect(201).body;
    let listed = import["problems"].as_array().unwrap();
    assert_eq!(import["problems_total"], json!(listed.len()));
    let of =
        |problem: &Value| (problem["line"].as_u64().unwrap(), problem["detail"].as_str().unwrap().to_owned());
    listed.iter().map(of).collect()
}

/// A file of Hevy with these rows.
fn hevy(rows: &[&str]) -> String {
    format!("{HEVY}\n{}\n", rows.join("\n"))
}

/// Somebody in a time zone.
async fn lives_in(app: &TestApp, zone: &str) -> Person {
    let person = app.person("Ada").await;
    prefers(&person, json!({"time_zone": zone})).await;
    person
}

async fn prefers(person: &Person, preferences: Value) {
    person.patch("/api/v1/me", &json!({"preferences": preferences})).await.expect(200);
}

/// Everything that somebody did, latest first.
async fn history(person: &Person) -> Vec<Value> {
    pages(person, "/api/v1/workout-sessions?limit=100").await.concat()
}

/// When each workout session of a history began, and what it is called.
fn starts(history: &[Value]) -> Vec<(&str, &str)> {
    history.iter().map(|session| (text(session, "started_at"), text(session, "title"))).collect()
}

/// A text of a resource; the empty one where there is none.
fn text<'a>(resource: &'a Value, field: &str) -> &'a str {
    resource[field].as_str().unwrap_or_default()
}

/// What was done in a workout session, a line an exercise: its name, its superset in brackets, its note, and its
/// sets: kind unless normal, weight, repetitions, RPE, metres, seconds.
fn done(session: &Value) -> Vec<String> {
    session["exercises"].as_array().unwrap().iter().map(block).collect()
}

fn block(block: &Value) -> String {
    let mut line = block["exercise_name"].as_str().unwrap().to_owned();
    for (field, before, after) in [("superset", " [", "]"), ("notes", " ", "")] {
        if !block[field].is_null() {
            write!(line, "{before}{}{after}", block[field]).unwrap();
        }
    }
    line.push(':');
    for set in block["sets"].as_array().unwrap() {
        line.push_str(if line.ends_with(':') { " " } else { ", " });
        let mut parts = Vec::new();
        if set["kind"] != "normal" {
            parts.push(set["kind"].as_str().unwrap().to_owned());
        }
        let fields = [("weight_kg", "", "kg"), ("reps", "x", ""), ("rpe", "@", ""), ("distance_m", "", "m")];
        for (field, before, after) in fields.into_iter().chain([("duration_s", "", "s")]) {
            if !set[field].is_null() {
                parts.push(format!("{before}{}{after}", set[field]));
            }
        }
        line.push_str(if parts.is_empty() { "nothing" } else { "" });
        line.push_str(&parts.join(" "));
    }
    line
}

/// Somebody has nothing: no workout session, no exercise of their own, no template.
async fn has_nothing(person: &Person) {
    assert_eq!(history(person).await, Vec::<Value>::new());
    assert_eq!(own_exercises(person).await, Vec::<String>::new());
    let templates = pages(person, "/api/v1/workout-templates").await.concat();
    assert_eq!(templates, Vec::<Value>::new());
}

/// The names of the exercises that somebody made, sorted.
async fn own_exercises(person: &Person) -> Vec<String> {
    let all = person.get("/api/v1/me/export").await.expect(200).body;
    let exercises = all["exercises"].as_array().unwrap().iter();
    let mut names: Vec<String> =
        exercises.map(|exercise| exercise["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// What is derived from somebody's workout sessions is what follows from them (rule W6).
async fn adds_up(app: &TestApp, person: &Person) {
    let verified = app.spotter.verify_progress(account_id(person), Remedy::Report).await.unwrap();
    assert_eq!(verified.differences, 0, "{:#?}", verified.told);
}
