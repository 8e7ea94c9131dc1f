//! `GET` and `PATCH /api/v1/me`

mod api_keys;
mod preferences;

use reqwest::Method;
use serde_json::{Value, json};

use crate::auth::{EMAIL, sign_up};
use crate::support::{Answer, Person, TestApp};

const PATH: &str = "/api/v1/me";

/// An edit under the condition that the profile has that tag.
async fn patch_if(person: &Person, tag: &str, body: &Value) -> Answer {
    Answer::of(person.request(Method::PATCH, PATH).header("if-match", tag).json(body)).await
}

#[tokio::test]
async fn a_profile_is_what_its_owner_signed_up_with() {
    let app = TestApp::memory().await;
    let signed_up = sign_up(&app, EMAIL).await;
    let request = app.request(Method::GET, PATH).bearer_auth(signed_up.text("access_token"));
    let profile = Answer::of(request).await.expect(200);
    insta::assert_json_snapshot!(profile.redacted(), @r#"
    {
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
    "#);
    assert_eq!(profile.body["id"], signed_up.body["user"]["id"]);
    assert_eq!(profile.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_is_edited_changes_and_the_rest_stays() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let preferences = |week_start: &str, time_zone: Value| {
        json!({
            "units": "imperial", "week_start": week_start, "time_zone": time_zone, "one_rep_max_formula": "epley",
            "default_rest_s": 120, "progression": "linear", "warmup_percentages": [40, 60, 80],
        })
    };
    let zone = json!({"preferences": {"time_zone": "America/New_York"}});
    ada.patch(PATH, &zone).await.expect(200);
    let changed = ada.patch(PATH, &json!({"preferences": {"units": "imperial"}})).await.expect(200);
    assert_eq!(changed.body["preferences"], preferences("monday", json!("America/New_York")));
    assert_eq!(changed.body["display_name"], "Ada");

    let body =
        json!({"display_name": " Countess ", "preferences": {"week_start": "sunday", "time_zone": null}});
    let changed = ada.patch(PATH, &body).await.expect(200);
    assert_eq!(changed.body["display_name"], "Countess");
    assert_eq!(changed.body["preferences"], preferences("sunday", Value::Null));
    let read = ada.get(PATH).await.expect(200);
    assert_eq!((&read.body, read.header("etag")), (&changed.body, changed.header("etag")));
}

#[tokio::test]
async fn an_edit_of_nothing_is_none() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let before = ada.get(PATH).await.expect(200);
    for body in [json!({}), json!({"preferences": {}})] {
        assert_eq!(ada.patch(PATH, &body).await.expect(200).body, before.body);
    }
}

#[tokio::test]
async fn if_match_guards_an_edit() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let first = ada.get(PATH).await.expect(200);
    let seen = first.header("etag");
    let changed = patch_if(&ada, seen, &json!({"display_name": "Countess"})).await.expect(200);
    assert_ne!(changed.header("etag"), seen);

    let late = patch_if(&ada, seen, &json!({"display_name": "Lady"})).await;
    insta::assert_json_snapshot!(late.expect_problem(412, "version_mismatch").redacted(), @r#"
    {
      "code": "version_mismatch",
      "detail": "the resource has changed since it was read",
      "status": 412,
      "title": "Precondition Failed",
      "trace_id": "[trace_id]",
      "type": "/problems/version_mismatch"
    }
    "#);
    assert_eq!(ada.get(PATH).await.body["display_name"], "Countess");
    for tag in [changed.header("etag"), "*"] {
        patch_if(&ada, tag, &json!({"preferences": {}})).await.expect(200);
        patch_if(&ada, "*", &json!({"display_name": "Ada"})).await.expect(200);
    }
}

#[tokio::test]
async fn every_wrong_value_is_pointed_at() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let before = ada.get(PATH).await.expect(200);
    let body = json!({
        "display_name": "",
        "preferences": {"units": "stone", "week_start": "friday", "time_zone": "Europe/Atlantis"},
    });
    let answer = ada.patch(PATH, &body).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 4 invalid values",
      "errors": [
        {
          "detail": "must have 1 to 100 characters, has 0",
          "pointer": "/display_name"
        },
        {
          "detail": "must be metric or imperial",
          "pointer": "/preferences/units"
        },
        {
          "detail": "must be monday, sunday or saturday",
          "pointer": "/preferences/week_start"
        },
        {
          "detail": "must be a time zone of the IANA database such as Europe/Zurich",
          "pointer": "/preferences/time_zone"
        }
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);
    for (body, pointer) in [
        (json!({"display_name": null}), "/display_name"),
        (json!({"preferences": null}), "/preferences"),
        (json!({"preferences": {"units": null}}), "/preferences/units"),
        (json!({"preferences": {"week_start": null}}), "/preferences/week_start"),
        (json!({"preferences": {"time_zone": ""}}), "/preferences/time_zone"),
    ] {
        let answer = ada.patch(PATH, &body).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
    assert_eq!(ada.get(PATH).await.body, before.body);
}

#[tokio::test]
async fn what_is_no_field_or_of_another_type_is_named() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for (body, pointer) in [
        (json!({"email": "eve@example.org"}), "/email"),
        (json!({"is_operator": true}), "/is_operator"),
        (json!({"preferences": {"colour": "red"}}), "/preferences/colour"),
        (json!({"preferences": ["metric"]}), "/preferences"),
        (json!({"display_name": 7}), "/display_name"),
        (json!({"preferences": {"units": 7}}), "/preferences/units"),
    ] {
        let answer = ada.patch(PATH, &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
}

#[tokio::test]
async fn nobody_edits_a_profile_without_signing_in() {
    let app = TestApp::memory().await;
    let request = app.request(Method::PATCH, PATH).json(&json!({"display_name": "Eve"}));
    Answer::of(request).await.expect_problem(401, "authentication_required");
}
