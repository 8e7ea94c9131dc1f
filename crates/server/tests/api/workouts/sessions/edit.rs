//! `PATCH /api/v1/workout-sessions/{id}`

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    BENCH, SESSIONS, SQUAT, all, at, books, lift, log, on_every_store, records, send_if, told, verify,
    workout,
};
use crate::support::{Person, TestApp};

async fn read(person: &Person, session: &Value) -> Value {
    person.get(&at(session)).await.expect(200).body
}

/// A workout session with every field.
fn full() -> Value {
    json!({
        "title": "Push", "notes": "Slow", "started_at": "2027-01-03T10:00:00Z", "ended_at": "2027-01-03T11:00:00Z",
        "exercises": [lift(BENCH, &[(100.0, 5)]), lift(SQUAT, &[(140.0, 5)])],
    })
}

async fn each_field_is_edited_by_itself(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &full()).await;
    let mut expected = read(&ada, &logged).await;
    let mut tags = vec![ada.get(&at(&logged)).await.header("etag").to_owned()];
    for (field, value) in [
        ("title", json!("Pull")),
        ("title", Value::Null),
        ("notes", json!("Fast\nand heavy")),
        ("notes", Value::Null),
        ("started_at", json!("2027-01-03T09:30:00Z")),
        ("ended_at", json!("2027-01-03T10:45:00Z")),
        ("ended_at", Value::Null),
        ("ended_at", json!("2027-01-04T09:30:00Z")),
        ("exercises", json!([])),
    ] {
        let edited = ada.patch(&at(&logged), &json!({field: value})).await.expect(200);
        expected[field] = value;
        if field == "exercises" {
            expected["volume_kg"] = json!(0);
        }
        let mut told = edited.body.clone();
        assert_eq!(told.as_object_mut().unwrap().remove("records"), Some(json!([])), "{field}");
        assert_eq!(told, expected, "{field}");
        let now = ada.get(&at(&logged)).await.expect(200);
        assert_eq!(now.body, expected, "{field}");
        assert!(!tags.iter().any(|tag| tag == now.header("etag")), "{field} has a tag of before");
        tags.push(now.header("etag").to_owned());
        verify(&app, &ada).await;
    }
}

async fn exercises_are_replaced_as_a_whole(app: TestApp) {
    let ada = app.person("Ada").await;
    let older = log(&ada, &workout("2027-01-02T10:00:00Z", [lift(BENCH, &[(90.0, 5)])])).await;
    let logged = log(&ada, &full()).await;
    assert_eq!(logged["volume_kg"], 1_200);
    let edit =
        json!({"exercises": [lift(SQUAT, &[(150.0, 3), (140.0, 5)]), lift("Quizzical Hoist", &[(20.0, 1)])]});
    let edited = ada.patch(&at(&logged), &edit).await.expect(200).body;
    assert_eq!(edited["volume_kg"], 1_170);
    let names =
        edited["exercises"].as_array().unwrap().iter().map(|block| block["exercise_name"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), [SQUAT, "Quizzical Hoist"]);
    assert_eq!(
        told(&edited["records"]),
        [
            "Barbell Squat heaviest external 150 kg before 140",
            "Barbell Squat most_volume external 1150 kg before 700",
            "Barbell Squat one_rep_max external 165 kg before 163.33",
            "Quizzical Hoist heaviest external 20 kg",
            "Quizzical Hoist most_volume external 20 kg",
            "Quizzical Hoist one_rep_max external 20 kg",
        ]
    );
    // What is not there any more is no record, and the one of before is one again.
    let now = records(&ada).await;
    assert_eq!(
        told(&now).iter().filter(|line| line.starts_with(BENCH)).collect::<Vec<_>>(),
        [
            "Barbell Bench Press heaviest external 90 kg",
            "Barbell Bench Press most_reps external 5 reps at 90 kg",
            "Barbell Bench Press most_volume external 450 kg",
            "Barbell Bench Press one_rep_max external 105 kg",
        ]
    );
    let of_bench = now.as_array().unwrap().iter().filter(|record| record["exercise_name"] == BENCH);
    assert!(of_bench.into_iter().all(|record| record["session_id"] == older["id"]));
    verify(&app, &ada).await;
}

async fn another_beginning_is_another_day(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &full()).await;
    log(&ada, &workout("2027-01-03T18:00:00Z", [lift(BENCH, &[(80.0, 5)])])).await;
    let days = async || {
        let days = all(&ada, "/api/v1/progress/summaries?period=day").await;
        let day = |day: &Value| format!("{} {} {}", day["period_start"], day["volume_kg"], day["duration_s"]);
        days.iter().map(day).collect::<Vec<_>>()
    };
    assert_eq!(days().await, ["\"2027-01-03\" 1600 3600"]);
    // Its end moves, too, or it would have begun after it.
    let refused = ada.patch(&at(&logged), &json!({"started_at": "2027-01-04T10:00:00Z"})).await;
    assert_eq!(refused.expect_problem(422, "invalid_value").body["errors"][0]["pointer"], "/started_at");
    let moved = json!({"started_at": "2027-01-04T10:00:00Z", "ended_at": "2027-01-04T10:30:00Z"});
    ada.patch(&at(&logged), &moved).await.expect(200);
    assert_eq!(days().await, ["\"2027-01-04\" 1200 1800", "\"2027-01-03\" 400 0"]);
    verify(&app, &ada).await;
}

async fn if_match_guards_an_edit(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = ada.post(super::SESSIONS, &full()).await.expect(201);
    let path = at(&logged.body);
    let edit = |tag: String, title: &'static str| {
        let (ada, path) = (&ada, &path);
        async move { send_if(ada, Method::PATCH, path, &tag, Some(&json!({"title": title}))).await }
    };
    // What was answered to the POST is as good as what was read.
    let first = logged.header("etag").to_owned();
    let second = edit(first.clone(), "Second").await.expect(200).header("etag").to_owned();
    let before = books(&ada).await;
    for late in [first, format!("W/{second}"), "\"v9-x\"".into(), "\"other\"".into()] {
        edit(late, "Late").await.expect_problem(412, "version_mismatch");
    }
    assert_eq!(books(&ada).await, before);
    edit(second, "Third").await.expect(200);
    edit("*".into(), "Fourth").await.expect(200);
    assert_eq!(ada.get(&path).await.body["title"], "Fourth");
}

#[tokio::test]
async fn a_wrong_edit_is_pointed_at_and_changes_nothing() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let logged = log(&ada, &full()).await;
    let before = books(&ada).await;
    for (status, code, edit, pointer) in [
        (422, "invalid_value", json!({"title": ""}), "/title"),
        (422, "invalid_value", json!({"notes": ""}), "/notes"),
        (422, "invalid_value", json!({"started_at": null}), "/started_at"),
        (422, "invalid_value", json!({"exercises": null}), "/exercises"),
        (422, "invalid_value", json!({"started_at": "2027-01-03T11:00:01Z"}), "/started_at"),
        (422, "invalid_value", json!({"started_at": "1900-01-01T00:00:00Z"}), "/started_at"),
        (
            422,
            "invalid_value",
            json!({"started_at": "2300-01-01T00:00:00Z", "ended_at": null}),
            "/started_at",
        ),
        (422, "invalid_value", json!({"ended_at": "2027-01-03T09:59:59Z"}), "/ended_at"),
        (422, "invalid_value", json!({"ended_at": "2027-01-10T10:00:01Z"}), "/ended_at"),
        (422, "invalid_value", json!({"ended_at": "2027-02-29T10:00:00Z"}), "/ended_at"),
        (
            422,
            "invalid_value",
            json!({"exercises": [lift(BENCH, &[(1e9, 5)])]}),
            "/exercises/0/sets/0/weight_kg",
        ),
        (422, "invalid_value", json!({"exercises": vec![lift(BENCH, &[]); 101]}), "/exercises"),
        (400, "invalid_body", json!({"exercises": [lift(BENCH, &[]), 7]}), "/exercises/1"),
        (400, "invalid_body", json!({"template_id": null}), "/template_id"),
        (400, "invalid_body", json!({"id": logged["id"]}), "/id"),
        (400, "invalid_body", json!({"title": 7}), "/title"),
    ] {
        let answer = ada.patch(&at(&logged), &edit).await.expect_problem(status, code);
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{edit}");
    }
    assert_eq!(books(&ada).await, before);
}

#[tokio::test]
async fn nobody_elses_workout_session_can_be_read_edited_or_deleted() {
    let app = TestApp::memory().await;
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let logged = log(&ada, &full()).await;
    let before = books(&ada).await;
    for path in
        [at(&logged), format!("{SESSIONS}/01900000-0000-7000-8000-000000000000"), format!("{SESSIONS}/x")]
    {
        eve.get(&path).await.expect_problem(404, "not_found");
        eve.patch(&path, &json!({"title": "Mine"})).await.expect_problem(404, "not_found");
        eve.delete(&path).await.expect_problem(404, "not_found");
    }
    assert_eq!(books(&ada).await, before);
}

on_every_store!(
    another_beginning_is_another_day,
    each_field_is_edited_by_itself,
    exercises_are_replaced_as_a_whole,
    if_match_guards_an_edit,
);
