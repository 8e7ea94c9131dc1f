//! `POST /api/v1/clubs/{club}/join`

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::scene::Scene;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/clubs/iron-works/join";

#[tokio::test]
async fn whoever_joins_is_a_member() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let joined = scene.outsider.act(PATH).await.expect(201);
    insta::assert_json_snapshot!(joined.redacted(), @r#"
    {
      "club": "iron-works",
      "joined_at": "2027-01-04T12:00:00Z",
      "role": "member",
      "user_id": "[id]"
    }
    "#);
    assert_eq!(joined.text("user_id"), scene.outsider.id);
    assert_eq!(scene.outsider.get("/api/v1/clubs/iron-works").await.body["role"], "member");
}

#[tokio::test]
async fn joining_twice_is_joining_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let first = scene.outsider.act(PATH).await.expect(201);
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(scene.outsider.act(PATH).await.expect(201).body, first.body);
    let members = scene.owner.get("/api/v1/clubs/iron-works/members").await.expect(200);
    assert_eq!(members.body["items"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn whoever_belongs_to_the_club_keeps_their_role() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (person, role) in [(&scene.owner, "owner"), (&scene.manager, "manager"), (&scene.coach, "coach")] {
        assert_eq!(person.act(PATH).await.expect(201).text("role"), role);
        assert_eq!(person.get("/api/v1/clubs/iron-works").await.body["role"], role);
    }
}

#[tokio::test]
async fn joining_several_times_at_once_is_joining_once() {
    let app = TestApp::postgres().await;
    let scene = Scene::open(&app).await;
    let join = || scene.outsider.act(PATH);
    let (a, b, c) = tokio::join!(join(), join(), join());
    for answer in [&a, &b, &c] {
        assert_eq!((answer.status, &answer.body), (201, &a.body));
    }
    let members = scene.owner.get("/api/v1/clubs/iron-works/members").await.expect(200);
    assert_eq!(members.body["items"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn there_is_no_joining_without_a_club_or_an_account() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for club in ["nowhere", "Iron-Works", "%00"] {
        let path = format!("/api/v1/clubs/{club}/join");
        scene.outsider.act(&path).await.expect_problem(404, "not_found");
    }
    let request = app.request(Method::POST, PATH);
    Answer::of(request).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn it_takes_no_body() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let body = json!({"role": "owner"});
    scene.outsider.post(PATH, &body).await.expect_problem(400, "invalid_body");
    assert_eq!(scene.outsider.post(PATH, &json!({})).await.expect(201).text("role"), "member");
}
