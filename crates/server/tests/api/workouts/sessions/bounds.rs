//! What is no workout session: each wrong value is told where it stands, and nothing comes of it.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::{BENCH, SESSIONS, books, lift, log, workout};
use crate::support::{Answer, Person, TestApp};

/// A good workout session with another value at a pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = workout("2027-01-04T10:00:00Z", [lift(BENCH, &[(60.0, 5), (100.0, 5)])]);
    if let Some(there) = body.pointer_mut(pointer) {
        *there = value;
    } else {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value;
    }
    body
}

/// Somebody with something in their books.
async fn athlete(app: &TestApp) -> (Person, Value) {
    let ada = app.person("Ada").await;
    log(&ada, &workout("2027-01-03T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    let before = books(&ada).await;
    (ada, before)
}

fn pointers(answer: &Answer) -> Vec<&str> {
    let errors = answer.body["errors"].as_array().map_or(&[] as &[Value], Vec::as_slice);
    errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_value_out_of_bounds_is_pointed_at_and_nothing_comes_of_it() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    for (pointer, value) in [
        ("/exercises/0/sets/1/weight_kg", json!(1e9)),
        ("/exercises/0/sets/1/weight_kg", json!(-1e9)),
        ("/exercises/0/sets/1/weight_kg", json!(2_000.01)),
        ("/exercises/0/sets/1/weight_kg", json!(f64::MAX)),
        ("/exercises/0/sets/1/reps", json!(-1)),
        ("/exercises/0/sets/1/reps", json!(10_001)),
        ("/exercises/0/sets/1/reps", json!(u64::MAX)),
        ("/exercises/0/sets/1/reps", json!(1e300)),
        ("/exercises/0/sets/1/rpe", json!(11)),
        ("/exercises/0/sets/1/rpe", json!(10.5)),
        ("/exercises/0/sets/1/rpe", json!(0.5)),
        ("/exercises/0/sets/1/rpe", json!(8.3)),
        ("/exercises/0/sets/1/rpe", json!(-1e300)),
        ("/exercises/0/sets/1/duration_s", json!(86_401)),
        ("/exercises/0/sets/1/duration_s", json!(-1)),
        ("/exercises/0/sets/1/distance_m", json!(-0.01)),
        ("/exercises/0/sets/1/distance_m", json!(1_000_000.01)),
        ("/exercises/0/sets/1/distance_m", json!(1e300)),
        ("/exercises/0/sets/1/kind", json!("easy")),
        ("/exercises/0/sets/1/kind", json!("")),
        ("/exercises/0/superset", json!(-1)),
        ("/exercises/0/superset", json!(65_536)),
        ("/exercises/0/notes", json!(" ")),
        ("/exercises/0/notes", json!("x".repeat(10_001))),
        ("/exercises/0/exercise_name", json!("")),
        ("/exercises/0/exercise_name", json!("x".repeat(201))),
        ("/exercises/0/exercise_name", json!("?!")),
        ("/title", json!("")),
        ("/title", json!("two\nlines")),
        ("/title", json!("ü".repeat(201))),
        ("/notes", json!("\u{0}")),
        ("/started_at", json!("1900-01-01T00:00:00Z")),
        ("/started_at", json!("1969-12-31T23:59:59Z")),
        ("/started_at", json!("2300-01-01T00:00:00Z")),
        ("/started_at", json!("99999-01-01T00:00:00Z")),
        ("/started_at", json!("2027-02-29T10:00:00Z")),
        ("/started_at", json!("1900-02-29T10:00:00Z")),
        ("/started_at", json!("2027-01-04")),
        ("/started_at", json!("2027-01-04T10:00:00")),
        ("/started_at", json!("yesterday")),
        ("/ended_at", json!("2027-01-04T09:59:59Z")),
        ("/ended_at", json!("2027-01-11T10:00:01Z")),
        ("/ended_at", json!("2300-01-01T00:00:00Z")),
        ("/ended_at", json!("2027-02-29T10:00:00Z")),
        ("/template_id", json!("mine")),
        ("/template_id", json!("01900000-0000-7000-8000-000000000000")),
        ("/exercises", Value::Null),
    ] {
        let body = with(pointer, value.clone());
        let answer = ada.post(SESSIONS, &body).await;
        let told = answer.body.to_string();
        let answer = answer.expect_problem(422, "invalid_value");
        assert_eq!(pointers(&answer), [pointer], "{value}: {told}");
    }
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn what_is_of_another_type_or_no_field_is_named_and_nothing_comes_of_it() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    for (pointer, value) in [
        ("/exercises/0/sets/1/reps", json!(2.5)),
        ("/exercises/0/sets/1/reps", json!("5")),
        ("/exercises/0/sets/1/weight_kg", json!("100")),
        ("/exercises/0/sets/1/weight_kg", json!(true)),
        ("/exercises/0/sets/1/duration_s", json!(0.5)),
        ("/exercises/0/sets/1/kind", json!(1)),
        ("/exercises/0/sets/1/weight_lb", json!(220)),
        ("/exercises/0/sets/1", json!([100, 5])),
        ("/exercises/0/sets/1", Value::Null),
        ("/exercises/0/sets", Value::Null),
        ("/exercises/0/sets", json!({})),
        ("/exercises/0/superset", json!(0.5)),
        ("/exercises/0/rest_s", json!(90)),
        ("/exercises/0", json!("Squat")),
        ("/exercises", json!({})),
        ("/started_at", Value::Null),
        ("/started_at", json!(1_799_000_000)),
        ("/user_id", json!("01900000-0000-7000-8000-000000000000")),
        ("/volume_kg", json!(1)),
    ] {
        let answer = ada.post(SESSIONS, &with(pointer, value.clone())).await;
        let told = answer.body.to_string();
        assert_eq!(pointers(&answer.expect_problem(400, "invalid_body")), [pointer], "{value}: {told}");
    }
    for (body, pointer) in [
        (json!({"exercises": []}), "/started_at"),
        (workout("2027-01-04T10:00:00Z", [json!({"exercise_name": BENCH})]), "/exercises/0/sets"),
    ] {
        assert_eq!(pointers(&ada.post(SESSIONS, &body).await.expect_problem(400, "invalid_body")), [pointer]);
    }
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn what_is_no_number_of_json_is_no_json() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    for number in ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "1,5", "+5", "05"] {
        let text = format!(
            r#"{{"started_at":"2027-01-04T10:00:00Z","exercises":[{{"exercise_name":"Squat","sets":[
                {{"weight_kg":{number},"reps":5}}]}}]}}"#
        );
        let request = ada.request(Method::POST, SESSIONS).header(CONTENT_TYPE, "application/json").body(text);
        Answer::of(request).await.expect_problem(400, "invalid_body");
    }
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn a_workout_session_begins_in_1970_or_later_and_at_most_two_days_ahead() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for (started_at, is_good) in [
        ("1970-01-01T23:59:59Z", false),
        ("1970-01-02T00:00:00Z", true),
        ("2024-02-29T10:00:00Z", true),
        ("2027-01-06T12:00:00Z", true),
        ("2027-01-06T12:00:01Z", false),
    ] {
        let answer = ada.post(SESSIONS, &workout(started_at, [])).await;
        if is_good {
            answer.expect(201);
        } else {
            assert_eq!(pointers(&answer.expect_problem(422, "invalid_value")), ["/started_at"]);
        }
    }
    let week =
        json!({"started_at": "2027-01-04T10:00:00Z", "ended_at": "2027-01-11T10:00:00Z", "exercises": []});
    log(&ada, &week).await;
    let instant = json!({"started_at": "2027-01-04T10:00:00.9Z", "ended_at": "2027-01-04T10:00:00.1Z", "exercises": []});
    log(&ada, &instant).await;
}

#[tokio::test]
async fn an_exercise_is_named_either_way_and_not_both() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    let id = "01900000-0000-7000-8000-000000000000";
    for (exercise, pointer) in [
        (json!({"exercise_id": id, "exercise_name": BENCH, "sets": []}), "/exercises/1"),
        (json!({"sets": []}), "/exercises/1"),
        (json!({"exercise_id": null, "exercise_name": null, "sets": []}), "/exercises/1"),
        (json!({"exercise_id": "bench", "sets": []}), "/exercises/1/exercise_id"),
        (json!({"exercise_id": id, "sets": []}), "/exercises/1/exercise_id"),
    ] {
        let body = workout("2027-01-04T10:00:00Z", [lift("Quizzical Hoist", &[(1.0, 1)]), exercise]);
        assert_eq!(
            pointers(&ada.post(SESSIONS, &body).await.expect_problem(422, "invalid_value")),
            [pointer]
        );
    }
    let found = ada.get("/api/v1/exercises/resolve?name=Quizzical%20Hoist").await.expect(200).body;
    assert_eq!(found["exercise"], Value::Null);
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn too_much_for_one_workout_session_is_told_once() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    let block = |sets: usize| json!({"exercise_name": BENCH, "sets": vec![json!({"reps": -1}); sets]});
    let start = "2027-01-04T10:00:00Z";
    for (body, pointer) in [
        (
            workout(start, [json!({"exercise_name": BENCH, "sets": vec![json!({}); 100_000]})]),
            "/exercises/0/sets",
        ),
        (workout(start, [block(1), block(1_001)]), "/exercises"),
        (workout(start, vec![block(10); 101]), "/exercises"),
        (workout(start, vec![block(11); 91]), "/exercises"),
    ] {
        let answer = ada.post(SESSIONS, &body).await.expect_problem(422, "invalid_value");
        assert_eq!(pointers(&answer)[0], pointer);
    }
    let heavy =
        workout(start, [json!({"exercise_name": BENCH, "sets": vec![json!({"weight_kg": 100}); 100_000]})]);
    ada.post(SESSIONS, &heavy).await.expect_problem(413, "body_too_large");
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let app = TestApp::memory().await;
    let (ada, before) = athlete(&app).await;
    let body = json!({
        "title": "", "notes": " ", "started_at": "1900-01-01T00:00:00Z", "ended_at": "2027-02-29T00:00:00Z",
        "template_id": "x",
        "exercises": [
            {"exercise_name": "Squat", "superset": -1, "sets": [
                {}, {"kind": "easy", "weight_kg": 1e9, "reps": -1, "rpe": 8.3, "distance_m": -1, "duration_s": -1}
            ]},
            {"notes": "", "sets": [{"rpe": 11}]}
        ],
    });
    let answer = ada.post(SESSIONS, &body).await.expect_problem(422, "invalid_value");
    assert_eq!(answer.text("detail"), "the request has 15 invalid values");
    let errors = answer.body["errors"].as_array().unwrap().iter();
    let told = errors.map(|error| (error["pointer"].as_str().unwrap(), error["detail"].as_str().unwrap()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("/title", "must have 1 to 200 characters, has 0"),
            ("/notes", "must have 1 to 10000 characters, has 0"),
            ("/started_at", "must not begin before 2 January 1970"),
            ("/ended_at", "must be a time that there is, in the years 1 to 9998"),
            ("/template_id", "must be a UUID"),
            ("/exercises/0/superset", "must be a whole number from 0 to 65535"),
            ("/exercises/0/sets/1/kind", "must be normal, warmup, drop or failure"),
            ("/exercises/0/sets/1/weight_kg", "must be a weight from -2000 to 2000 kg"),
            ("/exercises/0/sets/1/reps", "must be 0 to 10000 repetitions"),
            ("/exercises/0/sets/1/rpe", "must be 1 to 10 in steps of 0.5"),
            ("/exercises/0/sets/1/distance_m", "must be a distance from 0 to 1000000 m"),
            ("/exercises/0/sets/1/duration_s", "must be 0 to 86400 seconds"),
            ("/exercises/1", "must have either exercise_id or exercise_name"),
            ("/exercises/1/notes", "must have 1 to 10000 characters, has 0"),
            ("/exercises/1/sets/0/rpe", "must be 1 to 10 in steps of 0.5"),
        ]
    );
    assert_eq!(books(&ada).await, before);
    // Up to a hundred.
    let many = workout(
        "2027-01-04T10:00:00Z",
        [json!({"exercise_name": BENCH, "sets": vec![json!({"rpe": 0}); 1_000]})],
    );
    let answer = ada.post(SESSIONS, &many).await.expect_problem(422, "invalid_value");
    assert_eq!(pointers(&answer).len(), 100);
}

#[tokio::test]
async fn nobody_logs_anything_without_signing_in() {
    let app = TestApp::memory().await;
    let body = workout("2027-01-04T10:00:00Z", []);
    app.post(SESSIONS, &body).await.expect_problem(401, "authentication_required");
    app.get(SESSIONS).await.expect_problem(401, "authentication_required");
}
