//! `/api/v1/me/api-keys`

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::auth;
use crate::support::{Answer, Person, TestApp};

const PATH: &str = "/api/v1/me/api-keys";

async fn make(person: &Person, name: &str) -> Answer {
    person.post(PATH, &json!({"name": name})).await.expect(201)
}

fn names(list: &Answer) -> Vec<&str> {
    list.body["items"].as_array().unwrap().iter().map(|key| key["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_key_is_shown_once() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let made = make(&ada, " Door ").await;
    insta::assert_json_snapshot!(made.redacted(), @r#"
    {
      "created_at": "2027-01-04T12:00:00Z",
      "id": "[id]",
      "key": "[key]",
      "name": "Door"
    }
    "#);
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.text("id")));
    assert_eq!(made.header("cache-control"), "no-store");

    let list = ada.get(PATH).await.expect(200);
    insta::assert_json_snapshot!(list.redacted(), @r#"
    {
      "items": [
        {
          "created_at": "2027-01-04T12:00:00Z",
          "id": "[id]",
          "name": "Door"
        }
      ],
      "next_cursor": null
    }
    "#);
    assert!(!list.body.to_string().contains(made.text("key")));
}

#[tokio::test]
async fn whoever_presents_a_key_is_the_one_who_made_it() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let made = make(&ada, "Door").await;
    assert_eq!(auth::me(&app, made.text("key")).await.expect(200).body, ada.get(PATH_OF_ME).await.body);
    // Unlike an access token it does not expire.
    app.clock.advance(Duration::from_hours(1000));
    assert_eq!(auth::me(&app, made.text("key")).await.expect(200).body["id"], ada.id.as_str());
}

const PATH_OF_ME: &str = "/api/v1/me";

#[tokio::test]
async fn a_deleted_key_is_a_stranger_s() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let (made, kept) = (make(&ada, "Door").await, make(&ada, "Till").await);
    let path = made.header("location");
    let answer = ada.delete(path).await.expect(204);
    assert_eq!(answer.body, Value::Null);

    let refused = auth::me(&app, made.text("key")).await.expect_problem(401, "invalid_api_key");
    insta::assert_json_snapshot!(refused.redacted(), @r#"
    {
      "code": "invalid_api_key",
      "detail": "the API key is not valid",
      "status": 401,
      "title": "Unauthorized",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_api_key"
    }
    "#);
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    auth::me(&app, kept.text("key")).await.expect(200);
    assert_eq!(names(&ada.get(PATH).await), ["Till"]);
    ada.delete(path).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn somebody_else_s_keys_are_not_there() {
    let app = TestApp::memory().await;
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let made = make(&ada, "Door").await;
    assert_eq!(names(&eve.get(PATH).await), [""; 0]);
    eve.delete(made.header("location")).await.expect_problem(404, "not_found");
    auth::me(&app, made.text("key")).await.expect(200);
}

#[tokio::test]
async fn an_account_has_at_most_twenty_keys() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let mut last = None;
    for number in 0..20 {
        last = Some(make(&ada, &number.to_string()).await);
    }
    let answer = ada.post(PATH, &json!({"name": "one more"})).await;
    insta::assert_json_snapshot!(answer.expect_problem(409, "too_many_api_keys").redacted(), @r#"
    {
      "code": "too_many_api_keys",
      "detail": "an account has at most 20 API keys",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/too_many_api_keys"
    }
    "#);
    make(&app.person("Eve").await, "her first").await;
    ada.delete(last.unwrap().header("location")).await.expect(204);
    make(&ada, "one more").await;
}

#[tokio::test]
async fn keys_are_listed_oldest_first_page_by_page() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for name in ["first", "second", "third"] {
        make(&ada, name).await;
    }
    let page = ada.get(&format!("{PATH}?limit=2")).await.expect(200);
    assert_eq!(names(&page), ["first", "second"]);
    let page = ada.get(&format!("{PATH}?cursor={}", page.text("next_cursor"))).await.expect(200);
    assert_eq!((names(&page), &page.body["next_cursor"]), (vec!["third"], &Value::Null));
}

#[tokio::test]
async fn what_is_no_name_is_refused() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for name in ["", "  ", "a\u{0}b", &"x".repeat(101)] {
        let answer = ada.post(PATH, &json!({"name": name})).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], "/name", "{name:?}");
    }
    for (body, pointer) in [(json!({}), "/name"), (json!({"name": "x", "key": "spk_mine"}), "/key")] {
        let answer = ada.post(PATH, &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
    assert_eq!(names(&ada.get(PATH).await), [""; 0]);
}

#[tokio::test]
async fn under_an_idempotency_key_the_key_is_shown_again() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let keyed = || {
        let request = ada.request(Method::POST, PATH).header("idempotency-key", "k-1");
        Answer::of(request.json(&json!({"name": "Door"})))
    };
    let made = keyed().await.expect(201);
    assert_eq!(keyed().await.expect(201).body, made.body);
    assert_eq!(names(&ada.get(PATH).await), ["Door"]);
}

#[tokio::test]
async fn a_key_has_no_version_that_if_match_could_name() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let made = make(&ada, "Door").await;
    let delete_if =
        |tag: &str| Answer::of(ada.request(Method::DELETE, made.header("location")).header("if-match", tag));
    delete_if("\"v1-AAAAAAAAAAAAAAAA\"").await.expect_problem(412, "version_mismatch");
    delete_if("*").await.expect(204);
}
