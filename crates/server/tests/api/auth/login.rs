//! `POST /api/v1/auth/login`

use std::time::{Duration, Instant};

use serde_json::json;

use super::{EMAIL, PASSWORD, log_in, me, sign_up};
use crate::support::TestApp;

#[tokio::test]
async fn the_right_password_signs_in() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    let answer = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
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
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(me(&app, answer.text("access_token")).await.expect(200).body, answer.body["user"]);
}

#[tokio::test]
async fn the_case_of_the_address_does_not_matter() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    let answer = log_in(&app, &EMAIL.to_lowercase(), PASSWORD).await.expect(200);
    assert_eq!(answer.body["user"], signed_up.body["user"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    let wrong_password = log_in(&app, EMAIL, "wrong horse battery").await;
    let wrong_password = wrong_password.expect_problem(401, "invalid_credentials");
    insta::assert_json_snapshot!(wrong_password.redacted(), @r#"
    {
      "code": "invalid_credentials",
      "detail": "the e-mail address or the password is wrong",
      "status": 401,
      "title": "Unauthorized",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_credentials"
    }
    "#);
    assert_eq!(wrong_password.header("www-authenticate"), "Bearer");
    for (email, password) in [
        ("nobody@example.org", "wrong horse battery"),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("", ""),
        (EMAIL, ""),
        (EMAIL, "Correct horse battery"),
        (EMAIL, "correct horse battery "),
        (EMAIL, &"x".repeat(10_000)),
    ] {
        let answer = log_in(&app, email, password).await.expect_problem(401, "invalid_credentials");
        assert_eq!(answer.redacted(), wrong_password.redacted(), "{email} {password}");
        let names = |answer: &crate::support::Answer| {
            answer.headers.keys().map(ToString::to_string).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(names(&answer), names(&wrong_password), "{email}");
    }
}

/// The quickest of several tries is what the work itself takes: the rest is the machine's other business.
#[tokio::test]
async fn an_unknown_address_takes_as_long_as_a_wrong_password() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    let addresses = [EMAIL, "nobody@example.org", "not an address"];
    let mut quickest = [Duration::MAX; 3];
    for _ in 0..9 {
        for (address, quickest) in addresses.iter().zip(&mut quickest) {
            let started = Instant::now();
            log_in(&app, address, "wrong horse battery").await.expect(401);
            *quickest = started.elapsed().min(*quickest);
        }
    }
    let [known, unknown, impossible] = quickest;
    assert!(known < unknown * 2 && unknown < known * 2, "known {known:?}, unknown {unknown:?}");
    assert!(known < impossible * 2 && impossible < known * 2, "known {known:?}, no address {impossible:?}");
}

#[tokio::test]
async fn every_sign_in_has_tokens_of_its_own() {
    let app = TestApp::memory().await;
    let first = sign_up(&app, EMAIL).await;
    let second = log_in(&app, EMAIL, PASSWORD).await.expect(200);
    assert_ne!(first.text("refresh_token"), second.text("refresh_token"));
    super::log_out(&app, second.text("refresh_token")).await.expect(204);
    super::refresh(&app, first.text("refresh_token")).await.expect(200);
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_refused() {
    let app = TestApp::memory().await;
    for (body, pointer) in [
        (json!({"email": EMAIL}), "/password"),
        (json!({"password": PASSWORD}), "/email"),
        (json!({"email": 7, "password": PASSWORD}), "/email"),
        (json!({"email": EMAIL, "password": null}), "/password"),
        (json!({"email": EMAIL, "password": PASSWORD, "remember": true}), "/remember"),
        (json!([EMAIL, PASSWORD]), ""),
    ] {
        let answer = app.post("/api/v1/auth/login", &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
}
