//! `POST /api/v1/auth/signup` sent more than once under one `Idempotency-Key` (rule R10).

use reqwest::Method;
use serde_json::Value;

use super::{EMAIL, log_in, me, newcomer, sign_up};
use crate::support::{Answer, TestApp};

async fn keyed(app: &TestApp, key: &str, body: &Value) -> Answer {
    let request = app.request(Method::POST, "/api/v1/auth/signup").header("idempotency-key", key);
    Answer::of(request.json(body)).await
}

#[tokio::test]
async fn the_same_request_gets_the_same_tokens_and_makes_one_account() {
    let app = TestApp::memory().await;
    let first = keyed(&app, "k-1", &newcomer(EMAIL)).await.expect(201);
    let again = keyed(&app, "k-1", &newcomer(EMAIL)).await.expect(201);
    assert_eq!((&again.body, again.header("location")), (&first.body, "/api/v1/me"));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(me(&app, again.text("access_token")).await.expect(200).body, first.body["user"]);
    app.post("/api/v1/auth/signup", &newcomer(EMAIL)).await.expect_problem(409, "email_taken");
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    let app = TestApp::memory().await;
    keyed(&app, "k-1", &newcomer(EMAIL)).await.expect(201);
    let answer = keyed(&app, "k-1", &newcomer("eve@example.org")).await;
    insta::assert_json_snapshot!(answer.expect_problem(422, "idempotency_key_reused").redacted(), @r#"
    {
      "code": "idempotency_key_reused",
      "detail": "the idempotency key was used for another request",
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/idempotency_key_reused"
    }
    "#);
    sign_up(&app, "eve@example.org").await;
}

#[tokio::test]
async fn an_address_that_was_taken_is_taken_under_its_key_as_well() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    for _ in 0..2 {
        keyed(&app, "k-1", &newcomer(EMAIL)).await.expect_problem(409, "email_taken");
    }
}

#[tokio::test]
async fn a_request_that_was_wrong_may_be_put_right_under_its_key() {
    let app = TestApp::memory().await;
    let mut wrong = newcomer(EMAIL);
    wrong["password"] = "short".into();
    keyed(&app, "k-1", &wrong).await.expect_problem(422, "invalid_value");
    keyed(&app, "k-1", &newcomer(EMAIL)).await.expect(201);
}

/// Several at once: one account, and whoever is not told to wait is told the same.
async fn at_once_have_one_effect(app: TestApp) {
    let body = newcomer(EMAIL);
    let (a, b, c, d) = tokio::join!(
        keyed(&app, "k-1", &body),
        keyed(&app, "k-1", &body),
        keyed(&app, "k-1", &body),
        keyed(&app, "k-1", &body),
    );
    let (done, told_to_wait): (Vec<_>, Vec<_>) =
        [a, b, c, d].into_iter().partition(|answer| answer.status == 201);
    let first = done.first().expect("one of them is served");
    assert!(done.iter().all(|answer| answer.body == first.body), "{done:#?}");
    for answer in told_to_wait {
        answer.expect_problem(409, "idempotency_key_in_flight");
    }
    let replay = keyed(&app, "k-1", &body).await.expect(201);
    assert_eq!(replay.body, first.body);
    log_in(&app, EMAIL, super::PASSWORD).await.expect(200);
}

#[tokio::test]
async fn sent_several_times_at_once_it_has_one_effect() {
    at_once_have_one_effect(TestApp::memory().await).await;
}

#[tokio::test]
async fn sent_several_times_at_once_it_has_one_effect_on_sqlite() {
    at_once_have_one_effect(TestApp::sqlite().await).await;
}

#[tokio::test]
async fn sent_several_times_at_once_it_has_one_effect_on_postgresql() {
    at_once_have_one_effect(TestApp::postgres().await).await;
}

#[tokio::test]
async fn without_a_key_one_of_two_at_once_is_told_that_the_address_is_taken() {
    let app = TestApp::memory().await;
    let body = newcomer(EMAIL);
    let path = "/api/v1/auth/signup";
    let (a, b) = tokio::join!(app.post(path, &body), app.post(path, &body));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}
