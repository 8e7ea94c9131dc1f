//! The same record, sent more than once.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{RECORDS, records, recovery, told, with};
use crate::support::{Answer, Person, TestApp};

/// The recovery as it is at that minute.
fn at(minute: u8, score: u8) -> Value {
    let updated_at = json!(format!("2027-01-04T07:{minute:02}:00Z"));
    with(recovery(), &[("/updated_at", updated_at), ("/score/recovery_score", json!(score))])
}

async fn post(person: &Person, record: &Value) -> Answer {
    person.post("/api/v1/wearables/recoveries", record).await
}

async fn newer_versions_win(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = post(&ada, &at(10, 40)).await.expect(201);
    let replaced = post(&ada, &at(30, 70)).await.expect(200);
    assert_eq!(replaced.text("id"), first.text("id"));
    assert_eq!(
        (&replaced.body["recovery_score"], &replaced.body["recovery_tier"]),
        (&json!(70), &json!("high"))
    );
    for late in [at(20, 50), at(30, 99)] {
        assert_eq!(post(&ada, &late).await.expect(200).body, replaced.body);
    }
    assert_eq!(records(&ada).await, std::slice::from_ref(&replaced.body));
    let raw = ada.get(&format!("{RECORDS}/{}/raw", first.text("id"))).await.expect(200);
    assert_eq!(raw.body, at(30, 70));
    assert_eq!(told(&app).await, ["wearable_recorded"; 2]);
}

#[tokio::test]
async fn a_later_version_replaces_and_an_earlier_one_changes_nothing() {
    newer_versions_win(TestApp::memory().await).await;
}

#[tokio::test]
async fn a_later_version_replaces_and_an_earlier_one_changes_nothing_on_sqlite() {
    newer_versions_win(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn a_later_version_replaces_and_an_earlier_one_changes_nothing_on_postgresql() {
    newer_versions_win(TestApp::postgres().await).await;
}

#[tokio::test]
async fn the_latest_of_many_at_once_stays() {
    let app = TestApp::postgres().await;
    let ada = app.person("Ada").await;
    let versions: Vec<_> = (0..8).map(|minute| at(minute * 5 % 8, 40 + minute)).collect();
    let answers = join_all(versions.iter().map(|version| post(&ada, version))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 201)), "{answers:?}");
    let kept = records(&ada).await;
    assert_eq!((kept.len(), kept[0]["updated_at"].as_str()), (1, Some("2027-01-04T07:07:00Z")));
}

#[tokio::test]
async fn two_people_have_records_of_the_same_name() {
    let app = TestApp::memory().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let (hers, his) = (post(&ada, &at(1, 40)).await.expect(201), post(&bob, &at(2, 80)).await.expect(201));
    assert_ne!(hers.text("id"), his.text("id"));
    assert_eq!(records(&ada).await[0]["recovery_score"], 40);
    bob.get(&format!("{RECORDS}/{}", hers.text("id"))).await.expect_problem(404, "not_found");
    bob.delete(&format!("{RECORDS}/{}", hers.text("id"))).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn r10_the_same_request_has_the_same_answer() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let keyed = |record: Value| {
        let request = ada.request(Method::POST, "/api/v1/wearables/recoveries");
        Answer::of(request.header("Idempotency-Key", "k").json(&record))
    };
    let first = keyed(at(1, 40)).await.expect(201);
    post(&ada, &at(2, 80)).await.expect(200);
    assert_eq!(keyed(at(1, 40)).await.expect(201).bytes, first.bytes);
    keyed(at(3, 90)).await.expect_problem(422, "idempotency_key_reused");
    assert_eq!(told(&app).await.len(), 2);
}
