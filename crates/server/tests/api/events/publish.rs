//! `POST /api/v1/events/{id}/publish` and `/unpublish`

use std::time::Duration;

use serde_json::json;

use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, announced_since, give_up};
use crate::support::{Answer, TestApp};

async fn publish(scene: &Scene, event: &str) -> Answer {
    scene.manager.act(&format!("/api/v1/events/{event}/publish")).await
}

async fn unpublish(scene: &Scene, event: &str) -> Answer {
    scene.manager.act(&format!("/api/v1/events/{event}/unpublish")).await
}

#[tokio::test]
async fn a_draft_opens_to_everybody() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(3, json!({"publish": false})).await;
    app.clock.advance(Duration::from_mins(10));
    let answer = publish(&scene, &event).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 3,
      "club": "iron-works",
      "confirmed": 0,
      "cutoff_at": null,
      "description": null,
      "ends_at": "2027-01-04T14:00:00Z",
      "id": "[id]",
      "location": null,
      "published_at": "2027-01-04T12:10:00Z",
      "spots_left": 3,
      "starts_at": "2027-01-04T13:00:00Z",
      "status": "published",
      "time_zone": "Europe/Berlin",
      "title": "Barbell Basics",
      "version": 2,
      "waitlist": {
        "capacity": null,
        "enabled": true
      },
      "waitlisted": 0
    }
    "#);
    assert_eq!(app.get(&format!("/api/v1/events/{event}")).await.expect(200).body, answer.body);
    register(&scene.member, &event, 1).await;
}

#[tokio::test]
async fn publishing_twice_is_publishing_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(3, json!({"publish": false})).await;
    let before = announced(&app).await.len();
    let first = publish(&scene, &event).await.expect(200);
    app.clock.advance(Duration::from_mins(1));
    let second = publish(&scene, &event).await.expect(200);
    assert_eq!((&first.body, first.header("etag")), (&second.body, second.header("etag")));
    assert_eq!(announced_since(&app, before).await, ["event_published"]);
}

#[tokio::test]
async fn an_event_goes_back_into_preparation_and_is_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let before = announced(&app).await.len();
    let first = unpublish(&scene, &event).await.expect(200);
    assert_eq!((first.text("status"), &first.body["published_at"]), ("draft", &json!(null)));
    app.get(&format!("/api/v1/events/{event}")).await.expect_problem(404, "not_found");
    let second = unpublish(&scene, &event).await.expect(200);
    assert_eq!((&first.body, first.header("etag")), (&second.body, second.header("etag")));
    assert_eq!(announced_since(&app, before).await, ["event_unpublished"]);
    app.clock.advance(Duration::from_mins(5));
    let again = publish(&scene, &event).await.expect(200);
    assert_eq!(again.text("published_at"), "2027-01-04T12:05:00Z");
    let version = |answer: &Answer| answer.body["version"].as_u64().unwrap();
    assert_eq!(version(&again), version(&first) + 1);
}

#[tokio::test]
async fn an_event_that_people_are_registered_for_is_not_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let (seated, waiting) =
        (register(&scene.member, &event, 1).await, register(&scene.coach, &event, 1).await);
    let answer = unpublish(&scene, &event).await.expect(409);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "event_has_registrations",
      "detail": "people are registered: cancel the event instead of unpublishing it",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/event_has_registrations"
    }
    "#);
    give_up(&scene.coach, &waiting).await.expect(200);
    unpublish(&scene, &event).await.expect_problem(409, "event_has_registrations");
    give_up(&scene.member, &seated).await.expect(200);
    unpublish(&scene, &event).await.expect(200);
}

#[tokio::test]
async fn an_event_that_somebody_waits_for_is_not_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(1, json!({"cutoff_at": "2027-01-04T12:30:00Z"})).await;
    let seated = register(&scene.member, &event, 1).await;
    let waiting = register(&scene.coach, &event, 1).await;
    app.clock.advance(Duration::from_mins(30));
    give_up(&scene.member, &seated).await.expect(200);
    unpublish(&scene, &event).await.expect_problem(409, "event_has_registrations");
    give_up(&scene.coach, &waiting).await.expect(200);
    unpublish(&scene, &event).await.expect(200);
}

#[tokio::test]
async fn what_was_called_off_is_neither_opened_nor_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    scene.manager.act(&format!("/api/v1/events/{event}/cancel")).await.expect(200);
    publish(&scene, &event).await.expect_problem(409, "event_cancelled");
    unpublish(&scene, &event).await.expect_problem(409, "event_cancelled");
}

#[tokio::test]
async fn what_is_over_is_not_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    app.clock.advance(Duration::from_hours(2));
    let before = scene.coach.get(&format!("/api/v1/events/{event}")).await.expect(200).body;
    unpublish(&scene, &event).await.expect_problem(409, "event_completed");
    assert_eq!(publish(&scene, &event).await.expect(200).body, before);
    assert_eq!(before["status"], "completed");
}

#[tokio::test]
async fn coaches_neither_open_nor_hide() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    for action in ["publish", "unpublish"] {
        let answer = scene.coach.act(&format!("/api/v1/events/{event}/{action}")).await;
        answer.expect_problem(403, "role_required");
    }
}
