//! `POST /api/v1/auth/logout`

use serde_json::{Value, json};

use super::{EMAIL, PASSWORD, log_in, log_out, refresh, sign_up};
use crate::support::TestApp;

#[tokio::test]
async fn signing_out_ends_the_family() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let next = refresh(&app, first.text("refresh_token")).await.expect(200);
    let answer = log_out(&app, next.text("refresh_token")).await.expect(204);
    assert_eq!((&answer.body, answer.header("content-type")), (&Value::Null, ""));
    refresh(&app, next.text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");
    refresh(&app, first.text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn a_token_that_was_used_ends_its_family_as_well() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let next = refresh(&app, first.text("refresh_token")).await.expect(200);
    log_out(&app, first.text("refresh_token")).await.expect(204);
    refresh(&app, next.text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn signing_out_twice_is_signing_out_once() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    for _ in 0..2 {
        log_out(&app, signed_up.text("refresh_token")).await.expect(204);
    }
    log_out(&app, "spr_unknown").await.expect(204);
    log_out(&app, "").await.expect(204);
}

#[tokio::test]
async fn other_sign_ins_go_on() {
    let app = TestApp::memory().await;
    let here = sign_up(&app, EMAIL).await;
    let elsewhere = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    log_out(&app, here.text("refresh_token")).await.expect(204);
    refresh(&app, elsewhere.text("refresh_token")).await.expect(200);
    log_in(&app, EMAIL, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_refused() {
    let app = TestApp::memory().await;
    for (body, pointer) in [
        (json!({}), "/refresh_token"),
        (json!({"refresh_token": 7}), "/refresh_token"),
        (json!({"refresh_token": "x", "everywhere": true}), "/everywhere"),
    ] {
        let answer = app.post("/api/v1/auth/logout", &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
}
