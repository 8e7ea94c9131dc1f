//! `POST /api/v1/exercises/{id}/merge`: one exercise becomes another, and no set is lost.

use reqwest::Method;
use serde_json::{Value, json};
use spotter_application::progress::Remedy;

use super::exercises::{EXERCISES, every_store, found, leads_to, make, path, pointers, resolve};
use crate::support::steps::{account_id, pages};
use crate::support::{Answer, Person, TestApp};

const OWN: &str = "Ada's bench";
const BENCH: &str = "Barbell Bench Press";

async fn merge(person: &Person, from: &Value, into: &Value) -> Answer {
    person.post(&format!("{}/merge", path(from)), &json!({"into": into["id"]})).await
}

async fn exercise(person: &Person, name: &str) -> Value {
    resolve(person, name).await["exercise"].clone()
}

/// A history in which that exercise is done, on its own, beside the bench press and beside itself.
async fn train(person: &Person, name: &str) {
    let set = |kg: f64, reps: u16| json!({"weight_kg": kg, "reps": reps});
    let warm_up = json!({"kind": "warmup", "weight_kg": 200, "reps": 1});
    let sessions = [
        ("2026-12-01", vec![(name, vec![warm_up, set(80.0, 5), set(80.0, 4)])]),
        (
            "2026-12-08",
            vec![(BENCH, vec![set(82.5, 3)]), (name, vec![set(80.0, 8)]), (BENCH, vec![set(60.0, 12)])],
        ),
        (
            "2026-12-15",
            vec![(name, vec![set(85.0, 1)]), ("Plank", vec![json!({"duration_s": 60})]), (name, vec![])],
        ),
        ("2026-12-22", vec![(BENCH, vec![set(85.0, 1), json!({"reps": 20})])]),
    ];
    for (day, blocks) in sessions {
        let blocks: Vec<Value> = blocks
            .into_iter()
            .map(|(name, sets)| json!({"exercise_name": name, "superset": 0, "notes": "slow", "sets": sets}))
            .collect();
        let body = json!({"started_at": format!("{day}T10:00:00Z"), "exercises": blocks});
        person.post("/api/v1/workout-sessions", &body).await.expect(201);
    }
    let plan = json!({"exercise_name": name, "sets": 3, "reps": 5, "weight_kg": 80});
    let body = json!({"title": "Chest", "exercises": [plan]});
    person.post("/api/v1/workout-templates", &body).await.expect(201);
}

/// Everything that somebody can read of what they did, with what differs from person to person taken out.
async fn everything(person: &Person) -> Vec<Value> {
    let mut all = Vec::new();
    for list in [
        "/api/v1/workout-sessions",
        "/api/v1/workout-templates",
        "/api/v1/progress/records",
        "/api/v1/progress/summaries?period=day",
        "/api/v1/progress/summaries?period=month",
    ] {
        all.extend(pages(person, list).await.concat());
    }
    let bench = exercise(person, BENCH).await;
    let trend = format!("/api/v1/progress/exercises/{}/trend", bench["id"].as_str().unwrap());
    all.push(person.get(&trend).await.expect(200).body["items"].clone());
    all.push(person.get("/api/v1/progress/dashboard?days=60").await.expect(200).body);
    let redact = |body: Value| {
        Answer { status: 200, headers: reqwest::header::HeaderMap::new(), body, bytes: Vec::new() }.redacted()
    };
    all.into_iter().map(redact).collect()
}

#[tokio::test]
async fn after_a_merge_everything_is_as_if_it_had_always_been_one_exercise() {
    for app in every_store().await {
        let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
        train(&ada, OWN).await;
        train(&bob, BENCH).await;
        assert_ne!(everything(&ada).await, everything(&bob).await);
        let (own, bench) = (exercise(&ada, OWN).await, exercise(&ada, BENCH).await);
        let stays = merge(&ada, &own, &bench).await.expect(200);
        assert_eq!(stays.body["id"], bench["id"]);
        assert_eq!(everything(&ada).await, everything(&bob).await);
        let verified = app.spotter.verify_progress(account_id(&ada), Remedy::Report).await.unwrap();
        assert_eq!(verified.differences, 0, "{:#?}", verified.told);
        ada.get(&path(&own)).await.expect_problem(404, "not_found");
        merge(&ada, &own, &bench).await.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_old_name_leads_to_the_exercise_that_stays() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let own = make(&ada, OWN).await;
        assert_eq!(leads_to(&ada, OWN).await.1, "exact");
        let stays = merge(&ada, &own, &exercise(&ada, BENCH).await).await.expect(200);
        assert_eq!(leads_to(&ada, OWN).await, (json!(BENCH), "alias".to_owned()));
        assert_eq!(leads_to(&ada, "BENCH (adas)").await, (json!(BENCH), "normalised".to_owned()));
        assert_eq!(found(&ada, "q=ada%27s").await, [BENCH]);
        let read = ada.get(&path(&stays.body)).await.expect(200);
        assert!(read.body["aliases"].as_array().unwrap().contains(&json!(OWN)));
        assert_eq!(
            (&stays.body, stays.header("etag")),
            (&read.body, read.header("etag")),
            "it is told as it is"
        );
        ada.post(EXERCISES, &json!({"name": OWN})).await.expect_problem(409, "exercise_exists");
        // What somebody calls it is nobody else's business.
        let bob = app.person("Bob").await;
        assert_eq!(leads_to(&bob, OWN).await.1, "none");
        assert!(!exercise(&bob, BENCH).await["aliases"].as_array().unwrap().contains(&json!(OWN)));
    }
}

#[tokio::test]
async fn names_follow_from_merge_to_merge() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let (first, second) = (make(&ada, OWN).await, make(&ada, "Flat press of Ada").await);
        let merged = merge(&ada, &first, &second).await.expect(200);
        assert_eq!(merged.body["aliases"], json!([OWN]));
        assert_eq!(leads_to(&ada, OWN).await, (json!("Flat press of Ada"), "alias".to_owned()));
        let edited = ada.patch(&path(&second), &json!({"force": "push"})).await.expect(200);
        assert_eq!(edited.body["aliases"], json!([OWN]), "an edit takes no name away");
        merge(&ada, &second, &exercise(&ada, BENCH).await).await.expect(200);
        for name in [OWN, "Flat press of Ada"] {
            assert_eq!(leads_to(&ada, name).await, (json!(BENCH), "alias".to_owned()));
        }
    }
}

#[tokio::test]
async fn an_exercise_is_merged_into_another_one_that_one_can_use() {
    for app in every_store().await {
        let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
        let own = make(&ada, OWN).await;
        let bobs = make(&bob, "Bob's bench").await;
        let nobodys = json!({"id": "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10"});
        for into in [&own, &bobs, &nobodys, &json!({"id": "bench"})] {
            assert_eq!(pointers(&merge(&ada, &own, into).await), ["/into"]);
        }
        for body in [json!({}), json!({"into": null}), json!({"into": bobs["id"], "force": true})] {
            ada.post(&format!("{}/merge", path(&own)), &body).await.expect_problem(400, "invalid_body");
        }
        merge(&ada, &bobs, &own).await.expect_problem(404, "not_found");
        assert_eq!(ada.get(&path(&own)).await.expect(200).body, own);
        assert_eq!(leads_to(&bob, "Bob's bench").await.1, "exact");
    }
}

async fn import(person: &Person, file: &str) -> Value {
    let request = person.request(Method::POST, "/api/v1/imports").header("content-type", "text/csv");
    Answer::of(request.body(file.to_owned())).await.expect(201).body
}

#[tokio::test]
async fn a_file_with_the_old_name_is_imported_into_the_exercise_that_stays() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let header = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds\n";
        let first = format!("{header}2026-12-01 10:00:00,Chest,45m,Bankdrücken spezial,1,80,5,0,0\n");
        assert_eq!(import(&ada, &first).await["exercises"]["created"].as_array().unwrap().len(), 1);
        let own = exercise(&ada, "Bankdrücken spezial").await;
        merge(&ada, &own, &exercise(&ada, BENCH).await).await.expect(200);
        let again = import(&ada, &first).await;
        assert_eq!(again["sessions"], json!({"created": 0, "unchanged": 1}), "the same file changes nothing");
        let second = format!("{header}2026-12-08 10:00:00,Chest,45m,Bankdrücken spezial,1,80,5,0,0\n");
        let imported = import(&ada, &second).await;
        assert_eq!(imported["exercises"], json!({"matched": 1, "created": []}));
        let sessions = ada.get("/api/v1/workout-sessions").await.body["items"].clone();
        let names =
            sessions.as_array().unwrap().iter().map(|session| &session["exercises"][0]["exercise_name"]);
        assert_eq!(names.collect::<Vec<_>>(), [BENCH, BENCH]);
    }
}

#[tokio::test]
async fn a_merge_sent_twice_under_one_key_is_one_merge() {
    let app = TestApp::sqlite().await;
    let ada = app.person("Ada").await;
    let own = make(&ada, OWN).await;
    let into = json!({"into": exercise(&ada, BENCH).await["id"]});
    let merge = format!("{}/merge", path(&own));
    let send = || ada.request(Method::POST, &merge).header("idempotency-key", "once").json(&into);
    let (first, second) = (Answer::of(send()).await.expect(200), Answer::of(send()).await.expect(200));
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn of_two_merges_at_once_one_finds_nothing_left() {
    let app = TestApp::postgres().await;
    let ada = app.person("Ada").await;
    train(&ada, OWN).await;
    let own = exercise(&ada, OWN).await;
    let (bench, squat) = (exercise(&ada, BENCH).await, exercise(&ada, "Barbell Squat").await);
    let (first, second) = futures_util::join!(merge(&ada, &own, &bench), merge(&ada, &own, &squat));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    let verified = app.spotter.verify_progress(account_id(&ada), Remedy::Report).await.unwrap();
    assert_eq!(verified.differences, 0, "{:#?}", verified.told);
}
