//! Registering in vain: every refusal, and that it leaves no trace

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, claim, give_up, record};
use crate::support::{Answer, Person, TestApp};

/// Claims something, is refused, and finds the event and the outbox as they were before.
async fn refused(app: &TestApp, scene: &Scene, person: &Person, event: &str, body: Value) -> Answer {
    let path = format!("/api/v1/events/{event}");
    let before = (scene.coach.get(&path).await.expect(200).body, announced(app).await);
    let answer = claim(person, event, body).await.expect(409);
    let after = (scene.coach.get(&path).await.expect(200).body, announced(app).await);
    assert_eq!(before, after);
    answer
}

#[tokio::test]
async fn who_is_registered_already() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.member, &event, 1).await;
    let waiting = register(&scene.outsider, &event, 1).await;
    let answer = refused(&app, &scene, &scene.member, &event, json!({})).await;
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "already_registered",
      "detail": "this person has an active registration of this event",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/already_registered"
    }
    "#);
    let answer = refused(&app, &scene, &scene.outsider, &event, json!({})).await;
    answer.expect_problem(409, "already_registered");
    let for_other = json!({"user_id": scene.member.id});
    let answer = refused(&app, &scene, &scene.coach, &event, for_other).await;
    answer.expect_problem(409, "already_registered");
    give_up(&scene.outsider, &waiting).await.expect(200);
    app.clock.advance(Duration::from_hours(1));
    record(&scene.coach, &seated, false).await.expect(200);
    let answer = refused(&app, &scene, &scene.member, &event, json!({})).await;
    answer.expect_problem(409, "already_registered");
}

#[tokio::test]
async fn who_finds_the_waitlist_full_too() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(2, json!({"waitlist": {"capacity": 3}})).await;
    register(&scene.coach, &event, 2).await;
    register(&scene.member, &event, 2).await;
    // It is seats that are counted, not people.
    let answer = refused(&app, &scene, &scene.outsider, &event, json!({"party_size": 2})).await;
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "waitlist_full",
      "detail": "2 of at most 3 seats are waited for: no room on the waitlist for a party of 2",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/waitlist_full"
    }
    "#);
    register(&scene.outsider, &event, 1).await;
    let answer = refused(&app, &scene, &scene.owner, &event, json!({})).await;
    answer.expect_problem(409, "waitlist_full");
}

#[tokio::test]
async fn who_finds_the_waitlist_closed() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(2, json!({"waitlist": {"enabled": false}})).await;
    register(&scene.coach, &event, 1).await;
    let answer = refused(&app, &scene, &scene.member, &event, json!({"party_size": 2})).await;
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "waitlist_closed",
      "detail": "1 seats are free for a party of 2, and the waitlist is closed",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/waitlist_closed"
    }
    "#);
    register(&scene.member, &event, 1).await;
    let answer = refused(&app, &scene, &scene.outsider, &event, json!({})).await;
    answer.expect_problem(409, "waitlist_closed");
}

#[tokio::test]
async fn who_brings_more_than_there_are_seats() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let answer = refused(&app, &scene, &scene.member, &event, json!({"party_size": 4})).await;
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "party_too_large",
      "detail": "a party of 4 is larger than the 3 seats of the event",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/party_too_large"
    }
    "#);
    register(&scene.member, &event, 3).await;
}

#[tokio::test]
async fn who_comes_when_it_is_not_open() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let draft = scene.class_with(3, json!({"publish": false})).await;
    let answer = refused(&app, &scene, &scene.coach, &draft, json!({})).await;
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "event_closed",
      "detail": "the event takes no registrations: it is not published, has started or is cancelled",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/event_closed"
    }
    "#);
    for person in [&scene.member, &scene.outsider] {
        claim(person, &draft, json!({})).await.expect_problem(404, "not_found");
    }
    let cancelled = scene.class(3).await;
    scene.manager.act(&format!("/api/v1/events/{cancelled}/cancel")).await.expect(200);
    let answer = refused(&app, &scene, &scene.member, &cancelled, json!({})).await;
    answer.expect_problem(409, "event_closed");
}

#[tokio::test]
async fn who_comes_when_it_has_begun() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    app.clock.advance(Duration::from_hours(1) - Duration::from_micros(1));
    register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_micros(1));
    for person in [&scene.outsider, &scene.coach] {
        let answer = refused(&app, &scene, person, &event, json!({})).await;
        answer.expect_problem(409, "event_closed");
    }
    app.clock.advance(Duration::from_hours(1));
    let answer = refused(&app, &scene, &scene.outsider, &event, json!({})).await;
    answer.expect_problem(409, "event_closed");
}

#[tokio::test]
async fn who_asks_for_an_event_that_is_not_there() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for event in ["01948b0f-0000-7000-8000-000000000000", "nonsense"] {
        let answer = claim(&scene.member, event, json!({})).await.expect_problem(404, "not_found");
        assert_eq!(answer.text("detail"), "there is no such event");
    }
}
