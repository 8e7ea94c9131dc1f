//! `/health/...`: open, and says no more than ok or not; the detailed form is for operators.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use spotter_application::operations::{DatabaseMonitor, PoolNumbers};
use spotter_domain::StoreError;

use crate::support::TestApp;
use crate::support::scene::Scene;

/// A database that is in trouble.
enum Trouble {
    Gone,
    Silent,
}

#[async_trait]
impl DatabaseMonitor for Trouble {
    async fn ping(&self) -> Result<Duration, StoreError> {
        match self {
            Self::Gone => Err(StoreError::Unavailable("refused by db.internal:5432".to_owned())),
            Self::Silent => std::future::pending().await,
        }
    }

    fn pools(&self) -> Vec<PoolNumbers> {
        Vec::new()
    }
}

#[tokio::test]
async fn whoever_asks_is_told_ok_and_no_more() {
    let app = TestApp::memory().await;
    for path in ["/health/live", "/health/ready", "/health/startup"] {
        let answer = app.get(path).await.expect(200);
        assert_eq!(answer.body, serde_json::json!({"status": "ok"}), "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn a_process_that_drains_lives_but_takes_nothing_new() {
    let app = TestApp::memory().await;
    app.readiness.draining();
    let ready = app.get("/health/ready").await.expect_problem(503, "not_ready");
    insta::assert_json_snapshot!(ready.redacted(), @r#"
    {
      "code": "not_ready",
      "detail": "the process is shutting down",
      "status": 503,
      "title": "Service Unavailable",
      "trace_id": "[trace_id]",
      "type": "/problems/not_ready"
    }
    "#);
    assert_eq!(ready.header("retry-after"), "1");
    app.get("/health/live").await.expect(200);
    app.get("/health/startup").await.expect(200);
    // Whoever comes all the same is served: balancers learn of it with a delay.
    app.get("/api/v1/clubs").await.expect(200);
}

#[tokio::test]
async fn without_its_database_a_process_is_not_ready() {
    let app = TestApp::memory_watched_by(Arc::new(Trouble::Gone)).await;
    let ready = app.get("/health/ready").await.expect_problem(503, "not_ready");
    insta::assert_json_snapshot!(ready.redacted(), @r#"
    {
      "code": "not_ready",
      "detail": "a dependency does not answer",
      "status": 503,
      "title": "Service Unavailable",
      "trace_id": "[trace_id]",
      "type": "/problems/not_ready"
    }
    "#);
    app.get("/health/live").await.expect(200);
    app.get("/health/startup").await.expect(200);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_not_waited_for() {
    let app = TestApp::memory_watched_by(Arc::new(Trouble::Silent)).await;
    let answer = tokio::time::timeout(Duration::from_secs(10), app.get("/health/ready")).await;
    answer.expect("it waits for ever").expect_problem(503, "not_ready");
}

#[tokio::test]
async fn operators_are_told_what_is_wrong_and_what_to_do() {
    let app = TestApp::memory_watched_by(Arc::new(Trouble::Gone)).await;
    let operator = app.operator("Opal").await;
    let detailed = operator.get("/health/detailed").await.expect(200);
    insta::assert_json_snapshot!(detailed.redacted(), @r#"
    {
      "dependencies": [
        {
          "advice": "it can't be reached: see that it runs and that the database URL is right",
          "latency_ms": null,
          "name": "database",
          "state": "down"
        }
      ],
      "phase": "ready",
      "status": "degraded"
    }
    "#);
}

#[tokio::test]
async fn operators_are_told_that_all_is_well() {
    let app = TestApp::sqlite().await;
    let operator = app.operator("Opal").await;
    let mut detailed = operator.get("/health/detailed").await.expect(200).body;
    assert!(detailed["dependencies"][0]["latency_ms"].take().as_f64().is_some_and(|latency| latency > 0.0));
    insta::assert_json_snapshot!(detailed, @r#"
    {
      "dependencies": [
        {
          "advice": null,
          "latency_ms": null,
          "name": "database",
          "state": "up"
        }
      ],
      "phase": "ready",
      "status": "ok"
    }
    "#);
}

#[tokio::test]
async fn the_detailed_form_is_for_operators_alone() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for path in ["/health/detailed", "/api/performance/metrics"] {
        app.get(path).await.expect_problem(401, "authentication_required");
        let refused = scene.owner.get(path).await.expect_problem(403, "operator_required");
        assert!(refused.body["dependencies"].is_null());
    }
}

#[tokio::test]
async fn operators_see_the_numbers_of_the_process() {
    let app = TestApp::sqlite().await;
    let operator = app.operator("Opal").await;
    app.get("/nowhere").await.expect(404);
    app.get("/api/v1/clubs").await.expect(200);
    let metrics = operator.get("/api/performance/metrics").await.expect(200).body;
    assert!(metrics["process"]["uptime_s"].as_f64().unwrap() > 0.0);
    assert!(metrics["process"]["resident_bytes"].as_u64().unwrap() > 1 << 20);
    assert_eq!(
        metrics["requests"],
        serde_json::json!({
            "total": 2,
            "in_flight": 1,
            "by_status": {"1xx": 0, "2xx": 1, "3xx": 0, "4xx": 1, "5xx": 0},
        })
    );
    let names: Vec<_> = metrics["pools"].as_array().unwrap().iter().map(|pool| &pool["name"]).collect();
    assert_eq!(names, ["write", "read"]);
}
