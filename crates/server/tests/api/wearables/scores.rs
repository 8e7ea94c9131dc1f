//! What records say about today.

use std::time::Duration;

use serde_json::{Value, json};

use super::{cycle, linked, notification, notify, records, recovery, sleep, telling, with};
use crate::support::{Person, TestApp};

async fn readiness(person: &Person) -> Value {
    person.get("/api/v1/progress/dashboard").await.expect(200).body["readiness"].clone()
}

#[tokio::test]
async fn the_dashboard_tells_how_ready_somebody_is() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    assert_eq!(readiness(&ada).await, Value::Null);
    ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    ada.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
    ada.post("/api/v1/wearables/cycles", &cycle()).await.expect(201);
    insta::assert_json_snapshot!(readiness(&ada).await, @r#"
    {
      "hrv_ms": 31.814,
      "line": "recovery 44 %, sleep 98 %: ready for a normal day",
      "recorded_at": "2027-01-04T06:25:44.774Z",
      "recovery_score": 44,
      "resting_heart_rate": 64,
      "sleep_performance": 98,
      "strain": 5.3,
      "tier": "medium"
    }
    "#);
}

#[tokio::test]
async fn what_was_recorded_36_hours_ago_is_the_last_to_tell_of_today() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let old = with(recovery(), &[("/created_at", json!("2027-01-03T00:00:00Z"))]);
    ada.post("/api/v1/wearables/recoveries", &old).await.expect(201);
    assert_eq!(readiness(&ada).await["recovery_score"], 44);
    app.clock.advance(Duration::from_micros(1));
    assert_eq!(readiness(&ada).await, Value::Null);
}

#[tokio::test]
async fn the_dashboard_follows_what_whoop_tells() {
    let app = TestApp::memory().await;
    let ada = linked(&app).await;
    let pending = with(recovery(), &[("/score_state", json!("PENDING_SCORE")), ("/score", Value::Null)]);
    notify(&app, &telling("recovery.updated", "t-1", pending)).await.expect(204);
    assert_eq!(readiness(&ada).await, Value::Null);
    let scored = with(recovery(), &[("/updated_at", json!("2027-01-04T07:00:00Z"))]);
    notify(&app, &telling("recovery.updated", "t-2", scored)).await.expect(204);
    assert_eq!(readiness(&ada).await["recovery_score"], 44);
    notify(&app, &notification("recovery.deleted", "t-3")).await.expect(204);
    assert_eq!(readiness(&ada).await, Value::Null);
}

#[tokio::test]
async fn what_has_no_score_leaves_the_last_one_standing() {
    for app in [TestApp::memory().await, TestApp::sqlite().await, TestApp::postgres().await] {
        let ada = app.person("Ada").await;
        ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
        ada.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
        ada.post("/api/v1/wearables/cycles", &cycle()).await.expect(201);
        let before = readiness(&ada).await;
        assert_eq!(before["tier"], "medium");
        let later = |record, id: (&'static str, Value), began: &'static str| {
            with(record, &[id, (began, json!("2027-01-04T10:00:00Z"))])
        };
        for (number, state) in [(1, "PENDING_SCORE"), (2, "UNSCORABLE")] {
            let unscored = [("/score_state", json!(state)), ("/score", Value::Null)];
            let uuid = json!(uuid::Uuid::from_u128(number));
            for (path, record) in [
                ("recoveries", later(recovery(), ("/sleep_id", uuid.clone()), "/created_at")),
                ("sleeps", later(sleep(), ("/id", uuid), "/start")),
                ("cycles", later(cycle(), ("/id", json!(number)), "/start")),
            ] {
                let record = with(record, &unscored);
                ada.post(&format!("/api/v1/wearables/{path}"), &record).await.expect(201);
            }
        }
        assert_eq!(readiness(&ada).await, before);
    }
}

#[tokio::test]
async fn a_nap_does_not_stand_for_the_night() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let nap = with(
        sleep(),
        &[
            ("/id", json!(uuid::Uuid::from_u128(1))),
            ("/start", json!("2027-01-04T10:00:00Z")),
            ("/nap", json!(true)),
            ("/score/sleep_performance_percentage", json!(12)),
        ],
    );
    let kept = ada.post("/api/v1/wearables/sleeps", &nap).await.expect(201);
    assert_eq!(kept.body["sleep_performance"], 12);
    assert_eq!(readiness(&ada).await, Value::Null);
    ada.post("/api/v1/wearables/sleeps", &sleep()).await.expect(201);
    assert_eq!(readiness(&ada).await["line"], "sleep 98 %: ready for a hard day");
    let listed = records(&ada).await;
    assert_eq!(listed.iter().map(|record| &record["nap"]).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn what_is_dated_ahead_counts_when_its_time_has_come() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    ada.post("/api/v1/wearables/recoveries", &recovery()).await.expect(201);
    let ahead = with(
        recovery(),
        &[
            ("/sleep_id", json!(uuid::Uuid::from_u128(1))),
            ("/created_at", json!("2027-01-05T06:00:00Z")),
            ("/score/recovery_score", json!(91)),
        ],
    );
    ada.post("/api/v1/wearables/recoveries", &ahead).await.expect(201);
    assert_eq!(readiness(&ada).await["recovery_score"], 44);
    app.clock.advance(Duration::from_hours(18));
    assert_eq!(readiness(&ada).await["recovery_score"], 91);
}
