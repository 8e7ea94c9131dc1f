//! `/api/v1/clubs` and `/api/v1/clubs/{club}`

mod join;
mod members;
mod pass_limit;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};

const PATH: &str = "/api/v1/clubs";

fn club(slug: &str) -> Value {
    json!({"slug": slug, "name": "Iron Works", "time_zone": "Europe/Berlin"})
}

/// What is answered to somebody who makes a club some of whose fields are others.
async fn make_with(person: &Person, fields: Value) -> Answer {
    let mut body = club("iron-works");
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    person.post(PATH, &body).await
}

#[tokio::test]
async fn whoever_makes_a_club_is_its_owner() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let made = olga.post(PATH, &club("iron-works")).await.expect(201);
    insta::assert_json_snapshot!(made.redacted(), @r#"
    {
      "created_at": "2027-01-04T12:00:00Z",
      "id": "[id]",
      "name": "Iron Works",
      "pass_limit": 5,
      "role": "owner",
      "slug": "iron-works",
      "time_zone": "Europe/Berlin",
      "version": 1
    }
    "#);
    assert_eq!(made.header("location"), "/api/v1/clubs/iron-works");
    let read = olga.get(made.header("location")).await.expect(200);
    assert_eq!((&read.body, read.header("etag")), (&made.body, made.header("etag")));
    let members = olga.get("/api/v1/clubs/iron-works/members").await.expect(200);
    assert_eq!(members.body["items"][0]["user_id"], olga.id.as_str());
}

#[tokio::test]
async fn clubs_are_public_and_tell_everybody_their_own_role() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    let stranger = app.get(path).await.expect(200);
    assert_eq!(stranger.body["role"], Value::Null);
    for (person, role) in [
        (&scene.owner, json!("owner")),
        (&scene.manager, json!("manager")),
        (&scene.coach, json!("coach")),
        (&scene.member, json!("member")),
        (&scene.outsider, Value::Null),
    ] {
        let club = person.get(path).await.expect(200);
        assert_eq!(club.body["role"], role);
        assert_eq!(person.get(PATH).await.expect(200).body["items"][0], club.body);
    }
}

#[tokio::test]
async fn a_slug_is_taken_once() {
    let app = TestApp::memory().await;
    let (olga, otto) = (app.person("Olga").await, app.person("Otto").await);
    make_with(&olga, json!({})).await.expect(201);
    let answer = make_with(&otto, json!({"name": "Another"})).await;
    insta::assert_json_snapshot!(answer.expect_problem(409, "slug_taken").redacted(), @r#"
    {
      "code": "slug_taken",
      "detail": "there is a club of this slug",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/slug_taken"
    }
    "#);
    assert_eq!(otto.get("/api/v1/clubs/iron-works").await.body["role"], Value::Null);
}

#[tokio::test]
async fn of_two_who_want_a_slug_at_once_one_gets_it() {
    let app = TestApp::postgres().await;
    let (olga, otto) = (app.person("Olga").await, app.person("Otto").await);
    let (a, b) = tokio::join!(make_with(&olga, json!({})), make_with(&otto, json!({})));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn every_wrong_value_is_pointed_at() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let wrong = json!({"slug": "Iron Works", "name": " ", "time_zone": "Berlin", "pass_limit": 1001});
    let answer = olga.post(PATH, &wrong).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 4 invalid values",
      "errors": [
        {
          "detail": "must be 2 to 63 lower-case letters, digits and inner hyphens",
          "pointer": "/slug"
        },
        {
          "detail": "must have 1 to 120 characters, has 0",
          "pointer": "/name"
        },
        {
          "detail": "must be a time zone of the IANA database such as Europe/Zurich",
          "pointer": "/time_zone"
        },
        {
          "detail": "must be 0 to 1000 passes",
          "pointer": "/pass_limit"
        }
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);

    let refused = |field: &'static str, value: Value| {
        let olga = &olga;
        async move {
            let answer = make_with(olga, json!({field: value})).await.expect_problem(422, "invalid_value");
            assert_eq!(answer.body["errors"][0]["pointer"], format!("/{field}"), "{value}");
        }
    };
    for slug in ["", "a", "-gym", "gym-", "Gym", "a b", "a/b", "ü-gym", "a_b", &"a".repeat(64), "gym\u{0}"] {
        refused("slug", json!(slug)).await;
    }
    for zone in ["", "Europe/Atlantis", "+01:00", "../../etc/passwd", "Europe/Berlin\u{0}"] {
        refused("time_zone", json!(zone)).await;
    }
    for limit in [json!(-1), json!(1001), json!(1e300), json!(u64::MAX)] {
        refused("pass_limit", limit).await;
    }
    refused("name", json!("x".repeat(121))).await;
    assert_eq!(olga.get(PATH).await.body["items"], json!([]));
}

#[tokio::test]
async fn what_is_no_field_or_of_another_type_is_named() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    for (fields, pointer) in [
        (json!({"role": "owner"}), "/role"),
        (json!({"slug": null}), "/slug"),
        (json!({"pass_limit": "5"}), "/pass_limit"),
        (json!({"pass_limit": 5.5}), "/pass_limit"),
        (json!({"time_zone": ["UTC"]}), "/time_zone"),
    ] {
        let answer = make_with(&olga, fields.clone()).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{fields}");
    }
    let request = app.request(Method::POST, PATH).json(&club("iron-works"));
    Answer::of(request).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn a_club_that_is_not_there_is_not_found() {
    let app = TestApp::memory().await;
    let answer = app.get("/api/v1/clubs/nowhere").await.expect_problem(404, "not_found");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "not_found",
      "detail": "there is no such club",
      "status": 404,
      "title": "Not Found",
      "trace_id": "[trace_id]",
      "type": "/problems/not_found"
    }
    "#);
}

#[tokio::test]
async fn managers_edit_a_club() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    let before = scene.manager.get(path).await.expect(200);
    let changed = scene.manager.patch(path, &json!({"name": "Iron Works South"})).await.expect(200);
    insta::assert_json_snapshot!(changed.redacted(), @r#"
    {
      "created_at": "2027-01-04T12:00:00Z",
      "id": "[id]",
      "name": "Iron Works South",
      "pass_limit": 5,
      "role": "manager",
      "slug": "iron-works",
      "time_zone": "Europe/Berlin",
      "version": 2
    }
    "#);
    assert_ne!(changed.header("etag"), before.header("etag"));

    let body = json!({"time_zone": "UTC", "pass_limit": 0});
    let changed = scene.manager.patch(path, &body).await.expect(200);
    assert_eq!((changed.text("name"), changed.text("time_zone")), ("Iron Works South", "UTC"));
    assert_eq!(changed.body["pass_limit"], 0);
    assert_eq!(scene.manager.get(path).await.body, changed.body);
    let refused = scene.coach.patch(path, &json!({"name": "Mine"})).await;
    insta::assert_json_snapshot!(refused.expect_problem(403, "role_required").redacted(), @r#"
    {
      "code": "role_required",
      "detail": "this takes the role manager in the club, or a higher one",
      "status": 403,
      "title": "Forbidden",
      "trace_id": "[trace_id]",
      "type": "/problems/role_required"
    }
    "#);
}

#[tokio::test]
async fn if_match_guards_an_edit() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    let edit_if = |tag: String, name: &'static str| {
        let request = scene.manager.request(Method::PATCH, path).header("if-match", tag);
        Answer::of(request.json(&json!({"name": name})))
    };
    let seen = scene.owner.get(path).await.header("etag").to_owned();
    let changed = edit_if(seen.clone(), "South").await.expect(200).header("etag").to_owned();
    edit_if(seen.clone(), "North").await.expect_problem(412, "version_mismatch");
    edit_if(format!("W/{changed}"), "North").await.expect_problem(412, "version_mismatch");
    assert_eq!(app.get(path).await.text("name"), "South");
    edit_if(format!("{seen}, {changed}"), "North").await.expect(200);
    edit_if("*".to_owned(), "East").await.expect(200);
}

#[tokio::test]
async fn an_edit_is_refused_with_what_is_wrong() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    for (body, pointer) in [
        (json!({"name": null}), "/name"),
        (json!({"time_zone": null}), "/time_zone"),
        (json!({"pass_limit": -1}), "/pass_limit"),
    ] {
        let answer = scene.owner.patch(path, &body).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
    let answer = scene.owner.patch(path, &json!({"slug": "other"})).await.expect_problem(400, "invalid_body");
    assert_eq!(answer.body["errors"][0]["pointer"], "/slug");
    scene.owner.patch("/api/v1/clubs/nowhere", &json!({})).await.expect_problem(404, "not_found");
}
