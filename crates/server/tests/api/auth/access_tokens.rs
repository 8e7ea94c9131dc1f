//! What is presented in `Authorization`, on any route.

use std::time::Duration;

use reqwest::Method;

use super::{EMAIL, me, sign_up};
use crate::support::{Answer, TestApp};

async fn with_header(app: &TestApp, path: &str, authorization: &[u8]) -> Answer {
    let value = reqwest::header::HeaderValue::from_bytes(authorization).unwrap();
    Answer::of(app.request(Method::GET, path).header("authorization", value)).await
}

#[tokio::test]
async fn an_access_token_expires_after_15_minutes() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    assert_eq!(signed_up.body["expires_in"], 15 * 60);
    app.clock.advance(Duration::from_secs(15 * 60 - 1));
    me(&app, signed_up.text("access_token")).await.expect(200);
    app.clock.advance(Duration::from_secs(1));
    let answer = me(&app, signed_up.text("access_token")).await.expect_problem(401, "token_expired");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "token_expired",
      "detail": "the access token has expired",
      "status": 401,
      "title": "Unauthorized",
      "trace_id": "[trace_id]",
      "type": "/problems/token_expired"
    }
    "#);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn whoever_presents_nothing_is_asked_to_sign_in() {
    let app = TestApp::memory().await;
    let answer = app.get("/api/v1/me").await.expect_problem(401, "authentication_required");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "authentication_required",
      "detail": "sign in and send the access token as a bearer token",
      "status": 401,
      "title": "Unauthorized",
      "trace_id": "[trace_id]",
      "type": "/problems/authentication_required"
    }
    "#);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn credentials_that_are_no_good_are_refused_on_public_routes_too() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    let token = signed_up.text("access_token");
    let changed = format!("{}{}", &token[..token.len() - 1], if token.ends_with('A') { "Q" } else { "A" });
    for path in ["/api/v1/me", "/api/v1/clubs", "/api/v1/clubs/nowhere", "/api/v1/nowhere"] {
        for authorization in [
            "Bearer garbage",
            "Bearer",
            "Bearer ",
            "Basic YWRhOnNlY3JldA==",
            "garbage",
            "",
            token,
            &format!("Bearer {changed}"),
            &format!("Bearer {}", &token[..token.len() - 1]),
            &format!("Bearer {token} {token}"),
            &format!("Bearer {}", signed_up.text("refresh_token")),
            "Bearer v4.public.",
            "Bearer v4.local.",
        ] {
            let answer = with_header(&app, path, authorization.as_bytes()).await;
            assert_eq!(
                (answer.status, answer.text("code")),
                (401, "invalid_token"),
                "{path} {authorization}"
            );
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        with_header(&app, path, b"Bearer \xff").await.expect_problem(401, "invalid_token");
        with_header(&app, path, b"Bearer spk_unknown").await.expect_problem(401, "invalid_api_key");
    }
}

#[tokio::test]
async fn the_name_of_the_scheme_may_be_written_in_any_case() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    for scheme in ["bearer", "BEARER", "Bearer"] {
        let value = format!("{scheme} {}", signed_up.text("access_token"));
        with_header(&app, "/api/v1/me", value.as_bytes()).await.expect(200);
    }
}

#[tokio::test]
async fn what_is_no_part_of_the_interface_asks_for_no_credentials() {
    let app = TestApp::memory().await;
    for path in ["/health/live", "/health/ready", "/openapi.json", "/docs"] {
        with_header(&app, path, b"Bearer garbage").await.expect(200);
    }
}
