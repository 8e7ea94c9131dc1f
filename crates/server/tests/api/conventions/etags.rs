//! Entity tags: what a caller has is not sent again, and what has changed is not overwritten unseen.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::{Answer, Person, TestApp};

async fn get_unless(person: &Person, path: &str, if_none_match: &str) -> Answer {
    Answer::of(person.request(Method::GET, path).header("if-none-match", if_none_match)).await
}

async fn patch_if(person: &Person, path: &str, if_match: &str) -> Answer {
    let request = person.request(Method::PATCH, path).header("if-match", if_match);
    Answer::of(request.json(&json!({}))).await
}

/// The addresses of what can be read in a scene with one class, single resources before lists.
async fn readable(scene: &Scene) -> Vec<String> {
    let event = scene.class(5).await;
    let registration = register(&scene.member, &event, 1).await;
    vec![
        "/api/v1/me".to_owned(),
        "/api/v1/clubs/iron-works".to_owned(),
        format!("/api/v1/events/{event}"),
        format!("/api/v1/registrations/{}", registration["id"].as_str().unwrap()),
        "/openapi.json".to_owned(),
        "/api/v1/clubs".to_owned(),
        "/api/v1/clubs/iron-works/members".to_owned(),
        "/api/v1/clubs/iron-works/events".to_owned(),
        "/api/v1/me/api-keys".to_owned(),
        "/api/v1/me/registrations".to_owned(),
        format!("/api/v1/events/{event}/registrations"),
        format!("/api/v1/events/{event}/waitlist"),
    ]
}

#[tokio::test]
async fn what_the_caller_has_is_not_sent_again() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for path in readable(&scene).await {
        let read = scene.owner.get(&path).await.expect(200);
        let tag = read.header("etag");
        assert!(tag.len() > 10 && tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag}");
        for known in
            [tag, "*", &format!("W/{tag}"), &format!("\"other\", {tag}"), &format!("W/\"a,b\",W/{tag}")]
        {
            let answer = get_unless(&scene.owner, &path, known).await.expect(304);
            assert_eq!((&answer.body, answer.header("etag")), (&Value::Null, tag), "{path} {known}");
            assert_eq!(answer.header("content-type"), "");
        }
        for other in ["\"other\"", "", tag.trim_matches('"'), "W/", "\""] {
            assert_eq!(
                get_unless(&scene.owner, &path, other).await.expect(200).body,
                read.body,
                "{path} {other}"
            );
        }
    }
}

#[tokio::test]
async fn several_headers_are_read_as_one() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    let tag = scene.owner.get(path).await.header("etag").to_owned();
    let request = scene.owner.request(Method::GET, path);
    let request = request.header("if-none-match", "\"other\"").header("if-none-match", tag);
    Answer::of(request).await.expect(304);
}

#[tokio::test]
async fn a_registration_changes_what_is_said_of_its_event() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let paths = [
        format!("/api/v1/events/{event}"),
        "/api/v1/clubs/iron-works/events".to_owned(),
        format!("/api/v1/events/{event}/registrations"),
    ];
    let mut before = Vec::new();
    for path in &paths {
        before.push(scene.owner.get(path).await.header("etag").to_owned());
    }
    register(&scene.member, &event, 1).await;
    for (path, before) in paths.iter().zip(&before) {
        let now = get_unless(&scene.owner, path, before).await.expect(200);
        assert_ne!(now.header("etag"), before, "{path}");
    }
    // An edit by somebody who has seen the event with fewer registrations is none of a version that is gone.
    patch_if(&scene.owner, &paths[0], &before[0]).await.expect(200);
}

#[tokio::test]
async fn what_did_not_change_keeps_its_tag() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for path in readable(&scene).await {
        let first = scene.owner.get(&path).await;
        assert_eq!(scene.owner.get(&path).await.header("etag"), first.header("etag"), "{path}");
    }
}

#[tokio::test]
async fn what_differs_by_caller_differs_in_its_tag() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = "/api/v1/clubs/iron-works";
    let (owner, member) = (scene.owner.get(path).await, scene.member.get(path).await);
    assert_ne!(owner.header("etag"), member.header("etag"));
    get_unless(&scene.member, path, owner.header("etag")).await.expect(200);
}

#[tokio::test]
async fn if_match_that_names_no_version_of_ours_fails() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    for path in ["/api/v1/me", "/api/v1/clubs/iron-works", &format!("/api/v1/events/{event}")] {
        let read = scene.owner.get(path).await.expect(200);
        let tag = read.header("etag");
        let garbage =
            ["garbage", "", "\"v1\"", "\"\"", "1", "W/*", "\"v99999999999-AAAAAAAAAAAAAAAA\"", "\"*\""];
        for bad in
            garbage.into_iter().chain([tag.trim_matches('"'), &format!("W/{tag}"), &tag.replace('v', "V")])
        {
            patch_if(&scene.owner, path, bad).await.expect_problem(412, "version_mismatch");
        }
        assert_eq!(scene.owner.get(path).await.body, read.body);
        patch_if(&scene.owner, path, &format!("garbage, {tag}")).await.expect(200);
    }
}

#[tokio::test]
async fn conditions_on_reading_mean_nothing_to_a_change() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let request = scene.owner.request(Method::PATCH, "/api/v1/clubs/iron-works").header("if-none-match", "*");
    let changed = Answer::of(request.json(&json!({"name": "South"}))).await.expect(200);
    assert_eq!(changed.text("name"), "South");
}

#[tokio::test]
async fn a_condition_lets_nobody_in() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let members = "/api/v1/clubs/iron-works/members";
    get_unless(&scene.coach, members, "*").await.expect_problem(403, "role_required");
    get_unless(&scene.owner, "/api/v1/clubs/nowhere", "*").await.expect_problem(404, "not_found");
    patch_if(&scene.coach, "/api/v1/clubs/iron-works", "garbage").await.expect_problem(403, "role_required");
}
