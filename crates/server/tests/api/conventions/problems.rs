//! Problems: whatever goes wrong is told in the same form, the framework's own refusals included.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::auth::{self, EMAIL, newcomer};
use crate::support::scene::Scene;
use crate::support::{Answer, TestApp, raw};

#[tokio::test]
async fn an_address_where_nothing_is_is_a_problem_too() {
    let app = TestApp::memory().await;
    let answer = app.get("/nowhere").await.expect_problem(404, "not_found");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "not_found",
      "detail": "there is nothing at this address",
      "status": 404,
      "title": "Not Found",
      "trace_id": "[trace_id]",
      "type": "/problems/not_found"
    }
    "#);
    for path in
        ["/api", "/api/v1", "/api/v1/", "/api/v1/clubs/", "/api/v1//clubs", "/API/v1/clubs", "/index.html"]
    {
        let answer = app.get(path).await.expect_problem(404, "not_found");
        assert_eq!(answer.text("title"), "Not Found", "{path}");
    }
    app.post("/nowhere", &json!({})).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_method_that_is_not_there_is_a_problem_that_names_those_that_are() {
    let app = TestApp::memory().await;
    let answer = Answer::of(app.request(Method::PUT, "/api/v1/clubs")).await;
    let answer = answer.expect_problem(405, "method_not_allowed");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "method_not_allowed",
      "detail": "what is at this address has no such method: see Allow",
      "status": 405,
      "title": "Method Not Allowed",
      "trace_id": "[trace_id]",
      "type": "/problems/method_not_allowed"
    }
    "#);
    for (method, path, allowed) in [
        (Method::PUT, "/api/v1/clubs", "GET, HEAD, POST"),
        (Method::GET, "/api/v1/auth/login", "POST"),
        (Method::DELETE, "/api/v1/me", "GET, HEAD, PATCH"),
        (Method::POST, "/api/v1/clubs/nowhere", "GET, HEAD, PATCH"),
        (Method::GET, "/api/v1/clubs/nowhere/members/nobody", "PUT"),
        (Method::PATCH, "/api/v1/me/api-keys/none", "DELETE"),
        (Method::POST, "/health/live", "GET, HEAD"),
        (Method::POST, "/openapi.json", "GET, HEAD"),
        (Method::DELETE, "/docs", "GET, HEAD"),
        (Method::POST, "/", "GET, HEAD"),
        (Method::TRACE, "/api/v1/clubs", "GET, HEAD, POST"),
        (Method::from_bytes(b"BREW").unwrap(), "/api/v1/clubs", "GET, HEAD, POST"),
    ] {
        let answer = Answer::of(app.request(method.clone(), path)).await;
        let answer = answer.expect_problem(405, "method_not_allowed");
        let given: BTreeSet<_> = answer.header("allow").split(", ").collect();
        assert_eq!(given, allowed.split(", ").collect(), "{method} {path}");
    }
}

#[tokio::test]
async fn an_identifier_that_can_be_none_names_nothing() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let owner = &scene.owner;
    for id in [
        "x",
        "0",
        "-1",
        "0190f6a0-5c6e-7cc0-8f5e",
        "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a1g",
        "%00",
        "%20",
        "%2e%2e",
    ] {
        for path in [
            format!("/api/v1/events/{id}"),
            format!("/api/v1/events/{id}/registrations"),
            format!("/api/v1/events/{id}/waitlist"),
            format!("/api/v1/registrations/{id}"),
            format!("/api/v1/clubs/{id}!"),
        ] {
            owner.get(&path).await.expect_problem(404, "not_found");
        }
        for path in [format!("/api/v1/events/{id}/cancel"), format!("/api/v1/registrations/{id}/cancel")] {
            owner.act(&path).await.expect_problem(404, "not_found");
        }
        owner.delete(&format!("/api/v1/me/api-keys/{id}")).await.expect_problem(404, "not_found");
        let member = format!("/api/v1/clubs/iron-works/members/{id}");
        owner.put(&member, &json!({"role": "member"})).await.expect_problem(404, "not_found");
    }
}

/// One request for each status that problems have.
async fn one_of_each(app: &TestApp) -> Vec<(u16, Answer)> {
    let scene = Scene::open(app).await;
    auth::sign_up(app, EMAIL).await;
    let club = "/api/v1/clubs/iron-works";
    let stale = scene.owner.request(Method::PATCH, club).header("if-match", "\"v9\"").json(&json!({}));
    let text = app.request(Method::POST, "/api/v1/auth/signup").body("{}");
    let large = app.request(Method::POST, "/api/v1/auth/signup").header("content-type", "application/json");
    vec![
        (400, app.get("/api/v1/clubs?colour=red").await),
        (401, app.get("/api/v1/me").await),
        (403, scene.coach.patch(club, &json!({})).await),
        (404, app.get("/api/v1/clubs/nowhere").await),
        (404, app.get("/nowhere").await),
        (405, Answer::of(app.request(Method::PUT, "/api/v1/clubs")).await),
        (409, app.post("/api/v1/auth/signup", &newcomer(EMAIL)).await),
        (412, Answer::of(stale).await),
        (413, Answer::of(large.body(" ".repeat(2 << 20))).await),
        (415, Answer::of(text).await),
        (422, app.post("/api/v1/auth/signup", &newcomer("nowhere")).await),
    ]
}

#[tokio::test]
async fn every_problem_has_the_same_members() {
    let app = TestApp::memory().await;
    let members = BTreeSet::from(["type", "title", "status", "detail", "code", "trace_id"]);
    for (status, answer) in one_of_each(&app).await {
        let answer = answer.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.body["status"], status);
        let mut given: BTreeSet<_> = answer.body.as_object().unwrap().keys().map(String::as_str).collect();
        let has_errors = given.remove("errors");
        assert_eq!(given, members);
        assert!(!has_errors || matches!(status, 400 | 422), "{:#}", answer.body);
        assert_eq!(answer.text("type"), format!("/problems/{}", answer.text("code")));
        let code = answer.text("code");
        assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{code}");
        assert!(!answer.text("title").is_empty() && !answer.text("detail").is_empty());
    }
}

#[tokio::test]
async fn a_problem_names_the_trace_that_its_answer_names() {
    let app = TestApp::memory().await;
    let mut seen = BTreeSet::new();
    for (_, answer) in one_of_each(&app).await {
        let trace = answer.text("trace_id");
        assert_eq!((trace.len(), answer.header("traceparent").split('-').nth(1)), (32, Some(trace)));
        assert!(seen.insert(trace.to_owned()), "{trace} is another request's");
    }
}

#[tokio::test]
async fn a_problem_names_the_trace_of_its_request() {
    let app = TestApp::memory().await;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    for path in ["/nowhere", "/api/v1/me", "/api/v1/clubs?limit=x", "/api/v1/events/x"] {
        let request = app.request(Method::GET, path);
        let request = request.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"));
        assert_eq!(Answer::of(request).await.text("trace_id"), trace, "{path}");
    }
}

/// What can't be decoded is refused like anything else, and breaks nothing.
#[tokio::test]
async fn addresses_that_nobody_would_type_are_problems_too() {
    let app = TestApp::memory().await;
    for target in [
        "/%",
        "/%zz",
        "/%00",
        "/%ff",
        "/..",
        "/../../etc/passwd",
        "/docs/../Cargo.toml",
        "/docs/%2e%2e/x",
        "//",
        "/*",
        "/api/v1/clubs/%ff",
        "/api/v1/clubs/%",
        "/api/v1/clubs/iron%2Fworks",
        "/api/v1/clubs/a/../../me",
        "/api/v1/clubs?limit=%ff",
        "/api/v1/clubs?%",
        "/api/v1/clubs?cursor=%00",
        "/api/v1/clubs?limit=1&limit=2",
    ] {
        let answer =
            raw::send(&app, format!("GET {target} HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n")).await;
        assert!(matches!(answer.status, 400 | 401 | 404), "{target}: {answer:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{target}");
        assert!(answer.body["trace_id"].is_string(), "{target}: {answer:?}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused_without_a_word_about_our_insides() {
    let app = TestApp::memory().await;
    for request in [
        "GET / HTTP/9.9\r\n\r\n",
        "hello\r\n\r\n",
        "GET /api/v1/clubs HTTP/1.1\r\nHost: s\r\nContent-Length: x\r\n\r\n",
        "GET /api/v1/clubs HTTP/1.1\r\nHost: s\r\nbad header\r\n\r\n",
    ] {
        let answer = raw::send(&app, request).await;
        assert_eq!((answer.status, &answer.body), (400, &Value::from("")), "{request:?}");
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n", "x".repeat(1 << 20));
    let answer = raw::send(&app, long).await;
    assert!((400..500).contains(&answer.status), "{answer:?}");
    app.get("/health/live").await.expect(200);
}
