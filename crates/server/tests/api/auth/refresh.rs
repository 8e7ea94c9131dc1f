//! `POST /api/v1/auth/refresh`

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::{EMAIL, PASSWORD, log_in, me, refresh, sign_up};
use crate::support::{Answer, TestApp};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_refresh_token_is_exchanged_for_the_next_pair() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    app.clock.advance(Duration::from_hours(1));
    let next = refresh(&app, first.text("refresh_token")).await.expect(200);
    insta::assert_json_snapshot!(next.redacted(), @r#"
    {
      "access_token": "[access_token]",
      "expires_in": 900,
      "refresh_token": "[refresh_token]",
      "token_type": "Bearer",
      "user": {
        "display_name": "Ada",
        "email": "Ada.Lovelace@Example.org",
        "id": "[id]",
        "is_operator": false,
        "preferences": {
          "default_rest_s": 120,
          "one_rep_max_formula": "epley",
          "progression": "linear",
          "time_zone": null,
          "units": "metric",
          "warmup_percentages": [
            40,
            60,
            80
          ],
          "week_start": "monday"
        }
      }
    }
    "#);
    assert_eq!(next.header("cache-control"), "no-store");
    assert_ne!(next.text("refresh_token"), first.text("refresh_token"));
    me(&app, first.text("access_token")).await.expect_problem(401, "token_expired");
    me(&app, next.text("access_token")).await.expect(200);
    refresh(&app, next.text("refresh_token")).await.expect(200);
}

#[tokio::test]
async fn a_token_that_comes_back_ends_its_family() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let elsewhere = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    let next = refresh(&app, first.text("refresh_token")).await.expect(200);

    let answer = refresh(&app, first.text("refresh_token")).await;
    insta::assert_json_snapshot!(answer.expect_problem(401, "invalid_refresh_token").redacted(), @r#"
    {
      "code": "invalid_refresh_token",
      "detail": "the refresh token is not valid: sign in again",
      "status": 401,
      "title": "Unauthorized",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_refresh_token"
    }
    "#);
    refresh(&app, next.text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");

    // The sign-in on the other machine goes on, and a new one begins a new family.
    refresh(&app, elsewhere.text("refresh_token")).await.expect(200);
    let again = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    refresh(&app, again.text("refresh_token")).await.expect(200);
}

/// At most one of several that present a token at the same time gets the next pair.
async fn at_once_one_is_served_at_most(app: TestApp) {
    let first = sign_up(&app, EMAIL).await;
    let token = first.text("refresh_token");
    let (a, b, c, d) =
        tokio::join!(refresh(&app, token), refresh(&app, token), refresh(&app, token), refresh(&app, token));
    let (served, refused): (Vec<_>, Vec<_>) =
        [a, b, c, d].into_iter().partition(|answer| answer.status == 200);
    assert_eq!(served.len(), 1, "{refused:#?}");
    for answer in refused {
        answer.expect_problem(401, "invalid_refresh_token");
    }
    refresh(&app, served[0].text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn presented_several_times_at_once_it_works_once() {
    at_once_one_is_served_at_most(TestApp::memory().await).await;
}

#[tokio::test]
async fn presented_several_times_at_once_it_works_once_on_postgresql() {
    at_once_one_is_served_at_most(TestApp::postgres().await).await;
}

#[tokio::test]
async fn a_refresh_token_expires_after_30_days() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let idle = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    app.clock.advance(Duration::from_secs(30 * 24 * 60 * 60 - 1));
    let next = refresh(&app, first.text("refresh_token")).await.expect(200);
    app.clock.advance(SECOND);
    refresh(&app, idle.text("refresh_token")).await.expect_problem(401, "invalid_refresh_token");
    // The next one has thirty days of its own.
    app.clock.advance(Duration::from_hours(29 * 24));
    refresh(&app, next.text("refresh_token")).await.expect(200);
}

#[tokio::test]
async fn under_an_idempotency_key_it_can_be_sent_again() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let body = json!({"refresh_token": first.text("refresh_token")});
    let keyed = || {
        let request = app.request(Method::POST, "/api/v1/auth/refresh").header("idempotency-key", "k-1");
        Answer::of(request.json(&body))
    };
    let next = keyed().await.expect(200);
    assert_eq!(keyed().await.expect(200).body, next.body);
    refresh(&app, next.text("refresh_token")).await.expect(200);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused_alike() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    let unknown = refresh(&app, "spr_unknown").await.expect_problem(401, "invalid_refresh_token");
    let changed_case = signed_up.text("refresh_token").to_uppercase();
    for token in ["", "x", "\u{0}", signed_up.text("access_token"), &changed_case, &"x".repeat(100_000)] {
        let answer = refresh(&app, token).await.expect_problem(401, "invalid_refresh_token");
        assert_eq!(answer.redacted(), unknown.redacted());
    }
    refresh(&app, signed_up.text("refresh_token")).await.expect(200);
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_refused() {
    let app = TestApp::memory().await;
    for (body, pointer) in [
        (json!({}), "/refresh_token"),
        (json!({"refresh_token": null}), "/refresh_token"),
        (json!({"refresh_token": "x", "grant_type": "refresh_token"}), "/grant_type"),
    ] {
        let answer = app.post("/api/v1/auth/refresh", &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
}
