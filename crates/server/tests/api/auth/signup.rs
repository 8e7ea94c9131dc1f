//! `POST /api/v1/auth/signup`: what is accepted and what is not.

use reqwest::Method;
use serde_json::{Value, json};

use super::{EMAIL, me, newcomer, sign_up};
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/auth/signup";

/// What is answered to a newcomer some of whose fields are others.
async fn with(app: &TestApp, fields: Value) -> Answer {
    let mut body = newcomer(EMAIL);
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    app.post(PATH, &body).await
}

#[tokio::test]
async fn signing_up_makes_an_account_and_signs_its_owner_in() {
    let app = TestApp::memory().await;
    let answer = sign_up(&app, EMAIL).await;
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
    assert_eq!((answer.header("location"), answer.header("cache-control")), ("/api/v1/me", "no-store"));
    assert_eq!(me(&app, answer.text("access_token")).await.expect(200).body, answer.body["user"]);
}

#[tokio::test]
async fn an_address_that_differs_only_in_case_is_taken() {
    let app = TestApp::memory().await;
    sign_up(&app, EMAIL).await;
    let answer = with(&app, json!({"email": EMAIL.to_uppercase()})).await.expect_problem(409, "email_taken");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "email_taken",
      "detail": "there is an account of this e-mail address",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/email_taken"
    }
    "#);
    assert_eq!(with(&app, json!({"email": format!(" {EMAIL} ")})).await.status, 409);
}

#[tokio::test]
async fn a_short_password_is_refused_and_pointed_at() {
    let app = TestApp::memory().await;
    let answer = with(&app, json!({"password": "7 chars"})).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 1 invalid value",
      "errors": [
        {
          "detail": "must have 8 to 256 characters",
          "pointer": "/password"
        }
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);
}

#[tokio::test]
async fn a_password_has_8_to_256_characters_whatever_they_are() {
    let app = TestApp::memory().await;
    for (index, (password, status)) in [
        ("", 422),
        ("üüüüüüü", 422),
        ("üüüüüüüü", 201),
        ("        ", 201),
        (&"ü".repeat(256), 201),
        (&"a".repeat(257), 422),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("{index}@example.org");
        let answer = with(&app, json!({"email": email, "password": password})).await.expect(status);
        if status == 201 {
            super::log_in(&app, &email, password).await.expect(200);
        } else {
            assert_eq!(answer.body["errors"][0]["pointer"], "/password", "{password:?}");
        }
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let app = TestApp::memory().await;
    let body = json!({"email": "nowhere", "password": "short", "display_name": "  "});
    let answer = app.post(PATH, &body).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 3 invalid values",
      "errors": [
        {
          "detail": "must be an e-mail address such as name@example.org",
          "pointer": "/email"
        },
        {
          "detail": "must have 8 to 256 characters",
          "pointer": "/password"
        },
        {
          "detail": "must have 1 to 100 characters, has 0",
          "pointer": "/display_name"
        }
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);
}

#[tokio::test]
async fn what_can_not_be_an_address_or_a_name_is_refused() {
    let app = TestApp::memory().await;
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long_domain = format!("a@{}example.org", "a.".repeat(130));
    for email in ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "a@b@example.org"]
        .into_iter()
        .chain(["ada\u{0}@example.org", "ada@example.org\nbcc: eve", &long_local, &long_domain])
    {
        let answer = with(&app, json!({"email": email})).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], "/email", "{email:?}");
    }
    for name in ["", " \t ", "a\u{0}b", "two\nlines", &"ü".repeat(101)] {
        let answer = with(&app, json!({"display_name": name})).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], "/display_name", "{name:?}");
    }
    assert_eq!(with(&app, json!({"display_name": "ü".repeat(100)})).await.status, 201);
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_its_name() {
    let app = TestApp::memory().await;
    let answer = with(&app, json!({"is_operator": true})).await.expect_problem(400, "invalid_body");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_body",
      "detail": "unknown field `is_operator`, expected one of `email`, `password`, `display_name`",
      "errors": [
        {
          "detail": "unknown field `is_operator`, expected one of `email`, `password`, `display_name`",
          "pointer": "/is_operator"
        }
      ],
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_body"
    }
    "#);
}

#[tokio::test]
async fn fields_that_are_missing_or_of_another_type_are_named() {
    let app = TestApp::memory().await;
    let complete = newcomer(EMAIL);
    for field in ["email", "password", "display_name"] {
        let mut body = complete.clone();
        body.as_object_mut().unwrap().remove(field);
        let answer = app.post(PATH, &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], format!("/{field}"));
        for value in [Value::Null, json!(7), json!(["a"]), json!({})] {
            let mut body = complete.clone();
            body[field] = value.clone();
            let answer = app.post(PATH, &body).await.expect_problem(400, "invalid_body");
            assert_eq!(answer.body["errors"][0]["pointer"], format!("/{field}"), "{value}");
        }
    }
    let twice = format!("{{\"email\": \"eve@example.org\", {}", &complete.to_string()[1..]);
    let request = app.request(Method::POST, PATH).header("content-type", "application/json").body(twice);
    let answer = Answer::of(request).await.expect_problem(400, "invalid_body");
    assert_eq!(answer.body["errors"][0]["pointer"], "/email");
}

#[tokio::test]
async fn nothing_is_made_of_a_request_that_is_refused() {
    let app = TestApp::memory().await;
    with(&app, json!({"password": "short"})).await.expect(422);
    with(&app, json!({"referrer": "eve"})).await.expect(400);
    sign_up(&app, EMAIL).await;
}
