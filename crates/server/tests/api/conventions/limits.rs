//! How often one caller may use the interface.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::app::Limits;
use crate::support::{Answer, TestApp};

const CLUBS: &str = "/api/v1/clubs";

fn told(answer: &Answer) -> (&str, &str) {
    (answer.header("ratelimit"), answer.header("ratelimit-policy"))
}

#[tokio::test]
async fn every_answer_tells_what_is_left() {
    let app = TestApp::memory_with(Limits::On(3)).await;
    let policy = "\"default\";q=3;w=60";
    for left in ["\"default\";r=2;t=20", "\"default\";r=1;t=40", "\"default\";r=0;t=60"] {
        assert_eq!(told(&app.get(CLUBS).await.expect(200)), (left, policy));
    }
    let refused = app.get(CLUBS).await.expect_problem(429, "rate_limited");
    insta::assert_json_snapshot!(refused.redacted(), @r#"
    {
      "code": "rate_limited",
      "detail": "too many requests: wait before the next one",
      "status": 429,
      "title": "Too Many Requests",
      "trace_id": "[trace_id]",
      "type": "/problems/rate_limited"
    }
    "#);
    assert_eq!(refused.header("retry-after"), "20");
    assert_eq!(told(&refused), ("\"default\";r=0;t=60", policy));
}

#[tokio::test]
async fn whoever_waits_as_long_as_told_is_served() {
    let app = TestApp::memory_with(Limits::On(3)).await;
    for _ in 0..3 {
        app.get(CLUBS).await.expect(200);
    }
    app.get(CLUBS).await.expect(429);
    app.clock.advance(Duration::from_secs(19));
    app.get(CLUBS).await.expect(429);
    app.clock.advance(Duration::from_secs(1));
    app.get(CLUBS).await.expect(200);
    app.get(CLUBS).await.expect(429);
}

#[tokio::test]
async fn everybody_is_counted_for_themselves() {
    let app = TestApp::memory_with(Limits::On(2)).await;
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let made = eve.post("/api/v1/me/api-keys", &json!({"name": "Door"})).await.expect(201);
    // A key is the one who made it.
    let with_key = || Answer::of(app.request(Method::GET, CLUBS).bearer_auth(made.text("key")));
    with_key().await.expect(200);
    with_key().await.expect_problem(429, "rate_limited");
    eve.get(CLUBS).await.expect(429);
    for _ in 0..2 {
        ada.get(CLUBS).await.expect(200);
        app.get(CLUBS).await.expect(200);
    }
    ada.get(CLUBS).await.expect(429);
    app.get(CLUBS).await.expect(429);
}

#[tokio::test]
async fn whatever_is_asked_for_in_vain_counts_too() {
    let app = TestApp::memory_with(Limits::On(5)).await;
    let garbage = || Answer::of(app.request(Method::GET, CLUBS).bearer_auth("garbage"));
    garbage().await.expect(401);
    app.get("/api/v1/nowhere").await.expect(404);
    app.get("/api/v1/clubs?limit=x").await.expect(400);
    Answer::of(app.request(Method::PUT, CLUBS)).await.expect(405);
    app.post("/api/v1/auth/signup", &json!({})).await.expect(400);
    garbage().await.expect_problem(429, "rate_limited");
    app.get("/api/v1/nowhere").await.expect(429);
    app.post("/api/v1/auth/signup", &json!({})).await.expect(429);
}

#[tokio::test]
async fn what_is_no_part_of_the_interface_is_not_limited() {
    let app = TestApp::memory_with(Limits::On(1)).await;
    app.get(CLUBS).await.expect(200);
    for path in ["/health/live", "/health/ready", "/openapi.json", "/docs"] {
        for _ in 0..3 {
            assert_eq!(told(&app.get(path).await.expect(200)), ("", ""), "{path}");
        }
    }
    app.get(CLUBS).await.expect(429);
}

#[tokio::test]
async fn whoever_claims_to_come_from_elsewhere_is_counted_where_they_are() {
    let app = TestApp::memory_with(Limits::On(1)).await;
    app.get(CLUBS).await.expect(200);
    for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        let request = app.request(Method::GET, CLUBS).header(header, "203.0.113.9");
        Answer::of(request).await.expect_problem(429, "rate_limited");
    }
}

#[tokio::test]
async fn without_limits_nothing_is_said_of_them() {
    let app = TestApp::memory().await;
    for _ in 0..10 {
        assert_eq!(told(&app.get(CLUBS).await.expect(200)), ("", ""));
    }
    assert_eq!(told(&app.get("/api/v1/me").await.expect(401)), ("", ""));
}
