//! `GET /api/v1/events/{id}`

mod cancel;
mod create;
mod edit;
mod list;
mod publish;
mod registrations;
mod waitlist;

use std::time::Duration;

use serde_json::json;

use crate::support::scene::{Scene, register};
use crate::support::{Answer, TestApp};

const NOBODYS: &str = "01948b0f-0000-7000-8000-000000000000";

#[tokio::test]
async fn anybody_sees_a_published_event() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let fields = json!({
        "description": "Squat, press, pull.\nBring shoes.",
        "location": "Hall 2",
        "cutoff_at": "2027-01-04T12:30:00Z",
        "waitlist": {"capacity": 6},
    });
    let event = scene.class_with(3, fields).await;
    register(&scene.member, &event, 2).await;
    register(&scene.outsider, &event, 2).await;
    let answer = app.get(&format!("/api/v1/events/{event}")).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 3,
      "club": "iron-works",
      "confirmed": 2,
      "cutoff_at": "2027-01-04T12:30:00Z",
      "description": "Squat, press, pull.\nBring shoes.",
      "ends_at": "2027-01-04T14:00:00Z",
      "id": "[id]",
      "location": "Hall 2",
      "published_at": "2027-01-04T12:00:00Z",
      "spots_left": 1,
      "starts_at": "2027-01-04T13:00:00Z",
      "status": "published",
      "time_zone": "Europe/Berlin",
      "title": "Barbell Basics",
      "version": 2,
      "waitlist": {
        "capacity": 6,
        "enabled": true
      },
      "waitlisted": 2
    }
    "#);
}

#[tokio::test]
async fn a_draft_is_seen_by_staff_alone() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(3, json!({"publish": false})).await;
    let path = format!("/api/v1/events/{event}");
    app.get(&path).await.expect_problem(404, "not_found");
    scene.member.get(&path).await.expect_problem(404, "not_found");
    scene.outsider.get(&path).await.expect_problem(404, "not_found");
    for staff in [&scene.coach, &scene.manager, &scene.owner] {
        let seen = staff.get(&path).await.expect(200).body;
        assert_eq!((&seen["status"], &seen["published_at"]), (&json!("draft"), &json!(null)));
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_whatever_it_is_called() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for id in [NOBODYS, "nonsense", "%00"] {
        for action in ["", "/registrations", "/waitlist"] {
            let answer = scene.manager.get(&format!("/api/v1/events/{id}{action}")).await;
            let detail = answer.expect_problem(404, "not_found").text("detail").to_owned();
            assert_eq!(detail, "there is no such event", "{id}{action}");
        }
    }
}

#[tokio::test]
async fn a_published_event_is_completed_once_it_is_over() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let path = format!("/api/v1/events/{}", scene.class(3).await);
    let draft = format!("/api/v1/events/{}", scene.class_with(3, json!({"publish": false})).await);
    // It ends at two o'clock.
    app.clock.advance(Duration::from_hours(2) - Duration::from_micros(1));
    assert_eq!(app.get(&path).await.text("status"), "published");
    app.clock.advance(Duration::from_micros(1));
    assert_eq!(app.get(&path).await.text("status"), "completed");
    assert_eq!(scene.coach.get(&draft).await.text("status"), "draft");
}

#[tokio::test]
async fn a_registration_makes_another_representation_of_the_same_version() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let path = format!("/api/v1/events/{event}");
    let before = app.get(&path).await.expect(200);
    let unless = |answer: &Answer| {
        let request = app.request(reqwest::Method::GET, &path);
        request.header("If-None-Match", answer.header("etag"))
    };
    Answer::of(unless(&before)).await.expect(304);
    register(&scene.member, &event, 1).await;
    let after = Answer::of(unless(&before)).await.expect(200);
    assert_eq!((&before.body["confirmed"], &after.body["confirmed"]), (&json!(0), &json!(1)));
    assert_eq!((&before.body["spots_left"], &after.body["spots_left"]), (&json!(3), &json!(2)));
    assert_eq!(before.body["version"], after.body["version"]);
}
