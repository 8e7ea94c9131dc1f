//! `Idempotency-Key`: the same request again has no second effect and gets the same answer (rule R10).

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use spotter_domain::Clock;
use spotter_domain::id::AccountId;
use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot};
use uuid::Uuid;

use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};

const CLUBS: &str = "/api/v1/clubs";
const KEYS: &str = "/api/v1/me/api-keys";

fn club(slug: &str) -> Value {
    json!({"slug": slug, "name": "Iron Works", "time_zone": "UTC"})
}

fn keyed(person: &Person, key: &str, path: &str, body: &Value) -> RequestBuilder {
    person.request(Method::POST, path).header("idempotency-key", key).json(body)
}

async fn post(person: &Person, key: &str, path: &str, body: &Value) -> Answer {
    Answer::of(keyed(person, key, path, body)).await
}

async fn count(person: &Person, list: &str) -> usize {
    person.get(list).await.expect(200).body["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_answer_is_kept_for_24_hours() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let made = post(&olga, "k", CLUBS, &club("iron-works")).await.expect(201);
    app.clock.advance(Duration::from_secs(24 * 60 * 60 - 1));
    // The token of a person of these tests is good for a day.
    let again = post(&olga, "k", CLUBS, &club("iron-works")).await.expect(201);
    assert_eq!(again.body, made.body);
    for header in ["location", "etag", "content-type"] {
        assert_eq!(again.header(header), made.header(header), "{header}");
    }
}

#[tokio::test]
async fn after_24_hours_it_is_as_if_the_key_had_never_been_used() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let key = olga.post(KEYS, &json!({"name": "Door"})).await.expect(201);
    let make = || {
        let request = app.request(Method::POST, KEYS).bearer_auth(key.text("key"));
        Answer::of(request.header("idempotency-key", "k").json(&json!({"name": "Till"})))
    };
    let first = make().await.expect(201);
    app.clock.advance(Duration::from_hours(24));
    assert_ne!(make().await.expect(201).body["id"], first.body["id"]);
}

#[tokio::test]
async fn everybody_has_keys_of_their_own() {
    let app = TestApp::memory().await;
    let (olga, otto) = (app.person("Olga").await, app.person("Otto").await);
    post(&olga, "k", CLUBS, &club("iron-works")).await.expect(201);
    post(&otto, "k", CLUBS, &club("other-club")).await.expect(201);
    post(&otto, "k", CLUBS, &club("iron-works")).await.expect_problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_key_is_for_one_request() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let body = json!({"name": "Door"});
    post(&scene.member, "k", KEYS, &body).await.expect(201);
    let reused = post(&scene.member, "k", KEYS, &json!({"name": "Till"})).await;
    insta::assert_json_snapshot!(reused.expect_problem(422, "idempotency_key_reused").redacted(), @r#"
    {
      "code": "idempotency_key_reused",
      "detail": "the idempotency key was used for another request",
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/idempotency_key_reused"
    }
    "#);
    // Another address is another request, whatever the body.
    scene.outsider.post("/api/v1/clubs", &club("third-club")).await.expect(201);
    post(&scene.member, "j", "/api/v1/clubs/other-club/join", &json!({})).await.expect(201);
    let elsewhere = post(&scene.member, "j", "/api/v1/clubs/third-club/join", &json!({})).await;
    elsewhere.expect_problem(422, "idempotency_key_reused");
    assert_eq!(scene.member.get("/api/v1/clubs/third-club").await.body["role"], Value::Null);
    assert_eq!(count(&scene.member, KEYS).await, 1);
}

#[tokio::test]
async fn a_no_stays_a_no() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let mut last = String::new();
    for _ in 0..20 {
        let made = olga.post(KEYS, &json!({"name": "Door"})).await.expect(201);
        made.header("location").clone_into(&mut last);
    }
    let body = json!({"name": "one more"});
    let refused = post(&olga, "k", KEYS, &body).await.expect_problem(409, "too_many_api_keys");
    olga.delete(&last).await.expect(204);
    let again = post(&olga, "k", KEYS, &body).await.expect_problem(409, "too_many_api_keys");
    assert_eq!(again.redacted(), refused.redacted());
    assert_eq!(count(&olga, KEYS).await, 19);
    post(&olga, "another", KEYS, &body).await.expect(201);
}

#[tokio::test]
async fn what_was_not_even_tried_uses_no_key_up() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let class = json!({
        "title": "Class", "starts_at": "2027-01-05T13:00:00Z", "ends_at": "2027-01-05T14:00:00Z", "capacity": 5
    });
    let events = "/api/v1/clubs/iron-works/events";
    post(&scene.coach, "k", events, &class).await.expect_problem(403, "role_required");
    let path = format!("/api/v1/clubs/iron-works/members/{}", scene.coach.id);
    scene.owner.put(&path, &json!({"role": "manager"})).await.expect(200);
    post(&scene.coach, "k", events, &class).await.expect(201);

    post(&scene.owner, "k", CLUBS, &json!({"slug": "x"})).await.expect_problem(400, "invalid_body");
    post(&scene.owner, "k", CLUBS, &club("X")).await.expect_problem(422, "invalid_value");
    post(&scene.owner, "k", "/api/v1/clubs/nowhere/join", &json!({})).await.expect_problem(404, "not_found");
    post(&scene.owner, "k", CLUBS, &club("third-club")).await.expect(201);
}

#[tokio::test]
async fn a_key_that_can_be_none_is_refused() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    let body = json!({"name": "Door"});
    let refused = post(&olga, "", KEYS, &body).await;
    insta::assert_json_snapshot!(refused.expect_problem(400, "invalid_parameter").redacted(), @r#"
    {
      "code": "invalid_parameter",
      "detail": "Idempotency-Key: must be 1 to 255 printable ASCII characters",
      "errors": [
        {
          "detail": "must be 1 to 255 printable ASCII characters",
          "pointer": "Idempotency-Key"
        }
      ],
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_parameter"
    }
    "#);
    post(&olga, &"k".repeat(256), KEYS, &body).await.expect_problem(400, "invalid_parameter");
    let latin = HeaderValue::from_bytes(b"k\xe9").unwrap();
    let request = olga.request(Method::POST, KEYS).header("idempotency-key", latin).json(&body);
    Answer::of(request).await.expect_problem(400, "invalid_parameter");
    let twice = keyed(&olga, "k", KEYS, &body).header("idempotency-key", "l");
    Answer::of(twice).await.expect_problem(400, "invalid_parameter");
    assert_eq!(count(&olga, KEYS).await, 0);
    for good in [&"k".repeat(255), "a key, with ~everything~ \"that\" may be in it"] {
        post(&olga, good, KEYS, &body).await.expect(201);
    }
}

#[tokio::test]
async fn keys_mean_nothing_to_other_methods() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for name in ["South", "North"] {
        let request = scene.owner.request(Method::PATCH, "/api/v1/clubs/iron-works");
        let request = request.header("idempotency-key", "k").json(&json!({"name": name}));
        assert_eq!(Answer::of(request).await.expect(200).text("name"), name);
    }
}

#[tokio::test]
async fn an_answer_is_kept_for_its_sender_alone() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    post(&olga, "k", KEYS, &json!({"name": "Door"})).await.expect(201);
    let request =
        app.request(Method::POST, KEYS).header("idempotency-key", "k").json(&json!({"name": "Door"}));
    Answer::of(request).await.expect_problem(401, "authentication_required");
    let otto = app.person("Otto").await;
    let other = post(&otto, "k", KEYS, &json!({"name": "Door"})).await.expect(201);
    assert_eq!(otto.get(KEYS).await.body["items"][0]["id"], other.body["id"]);
}

/// Several at once, on one node or two: one effect, and whoever is not told to wait is told the same.
async fn at_once_have_one_effect(here: &TestApp, there: &TestApp) {
    let olga = here.person("Olga").await;
    let send = |node: &TestApp| {
        let request = node.request(Method::POST, KEYS).bearer_auth(&olga.token);
        Answer::of(request.header("idempotency-key", "k").json(&json!({"name": "Door"})))
    };
    let (a, b, c, d) = tokio::join!(send(here), send(there), send(here), send(there));
    let (done, told_to_wait): (Vec<_>, Vec<_>) =
        [a, b, c, d].into_iter().partition(|answer| answer.status == 201);
    assert!(!done.is_empty() && done.iter().all(|answer| answer.body == done[0].body), "{done:#?}");
    for answer in told_to_wait {
        answer.expect_problem(409, "idempotency_key_in_flight");
    }
    assert_eq!(count(&olga, KEYS).await, 1);
    assert_eq!(send(here).await.expect(201).body, done[0].body);
    assert_eq!(send(there).await.expect(201).body, done[0].body);
}

#[tokio::test]
async fn several_at_once_have_one_effect() {
    let app = TestApp::memory().await;
    at_once_have_one_effect(&app, &app).await;
}

#[tokio::test]
async fn several_at_once_on_two_nodes_have_one_effect() {
    let app = TestApp::postgres().await;
    at_once_have_one_effect(&app, &app.beside().await).await;
}

#[tokio::test]
async fn while_a_request_is_worked_on_the_same_one_has_to_wait() {
    let app = TestApp::postgres().await;
    let olga = app.person("Olga").await;
    let account = AccountId::from(olga.id.parse::<Uuid>().unwrap());
    let slot = IdempotencySlot { account: Some(account), key: IdempotencyKey::parse("k").unwrap() };
    let body = json!({"name": "Door"});

    // Another node is in the middle of it.
    let mut unit = app.spotter.ports().store.begin().await.unwrap();
    assert_eq!(unit.idempotency().claim(&[slot], app.clock.now()).await.unwrap(), [Claim::Free]);
    let told_to_wait = post(&olga, "k", KEYS, &body).await.expect_problem(409, "idempotency_key_in_flight");
    insta::assert_json_snapshot!(told_to_wait.redacted(), @r#"
    {
      "code": "idempotency_key_in_flight",
      "detail": "a request with this idempotency key is being worked on",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/idempotency_key_in_flight"
    }
    "#);
    post(&olga, "another", KEYS, &body).await.expect(201);

    // It came to nothing.
    unit.rollback().await.unwrap();
    post(&olga, "k", KEYS, &body).await.expect(201);
    assert_eq!(count(&olga, KEYS).await, 2);
}
