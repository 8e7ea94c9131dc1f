//! What records say about today.

use std::time::Duration;

use serde_json::{Value, json};

use super::{cycle, linked, notification, notify, recovery, sleep, telling, with};
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
    // What was recorded the day before yesterday tells nothing of today.
    app.clock.advance(Duration::from_hours(36));
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
