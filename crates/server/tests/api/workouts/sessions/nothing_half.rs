//! What is refused late, when part of it was done already, leaves nothing behind.

use serde_json::{Value, json};

use super::{BENCH, SESSIONS, at, books, lift, log, on_every_store, verify, workout};
use crate::support::TestApp;
use crate::support::steps::announced;

/// Three exercises: one that is known, one that would be made, and one that there is not.
fn with_a_missing_one() -> Vec<Value> {
    let missing = json!({"exercise_id": "01900000-0000-7000-8000-000000000000", "sets": [{"reps": 5}]});
    vec![lift(BENCH, &[(200.0, 5)]), lift("Quizzical Hoist", &[(1.0, 1)]), missing]
}

async fn what_is_refused_leaves_nothing_behind(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &workout("2027-01-03T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    let (before, told) = (books(&ada).await, announced(&app).await.len());
    let tag = ada.get(&at(&logged)).await.expect(200).header("etag").to_owned();

    let start = "2027-01-04T10:00:00Z";
    let mut planned = workout(start, [lift("Quizzical Hoist", &[(1.0, 1)])]);
    planned["template_id"] = json!("01900000-0000-7000-8000-000000000000");
    let late = workout("2027-01-07T10:00:00Z", [lift("Quizzical Hoist", &[(1.0, 1)])]);
    for (body, pointer) in [
        (workout(start, with_a_missing_one()), "/exercises/2/exercise_id"),
        (planned, "/template_id"),
        (late, "/started_at"),
    ] {
        let answer = ada.post(SESSIONS, &body).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    for (edit, pointer) in [
        (json!({"title": "New", "exercises": with_a_missing_one()}), "/exercises/2/exercise_id"),
        (json!({"started_at": "2027-01-07T10:00:00Z", "exercises": []}), "/started_at"),
        (json!({"ended_at": "2027-01-03T09:00:00Z", "exercises": with_a_missing_one()[..2]}), "/ended_at"),
    ] {
        let answer = ada.patch(&at(&logged), &edit).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    assert_eq!(books(&ada).await, before);
    assert_eq!(ada.get(&at(&logged)).await.expect(200).header("etag"), tag);
    assert_eq!(announced(&app).await.len(), told);
    let resolved = ada.get("/api/v1/exercises/resolve?name=Quizzical%20Hoist").await.expect(200).body;
    assert_eq!(resolved["exercise"], Value::Null);
    // Nor does a name that was refused stand in the way of the next one.
    let made = log(&ada, &workout(start, [lift("Quizzical Hoist", &[(1.0, 1)])])).await;
    assert_eq!(made["exercises"][0]["exercise_name"], "Quizzical Hoist");
    verify(&app, &ada).await;
}

on_every_store!(what_is_refused_leaves_nothing_behind);
