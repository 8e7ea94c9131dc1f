//! `POST /api/v1/registrations/{id}/attendance`

use std::time::Duration;

use serde_json::json;

use crate::support::TestApp;
use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, announced_since, give_up, id, log, look, record, seats};

#[tokio::test]
async fn coaches_record_who_came_from_the_start_on() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let registration = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_hours(1) - Duration::from_micros(1));
    let early = record(&scene.coach, &registration, true).await.expect(409);
    insta::assert_json_snapshot!(early.redacted(), @r#"
    {
      "code": "event_not_started",
      "detail": "attendance can be recorded from the start of the event on",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/event_not_started"
    }
    "#);
    app.clock.advance(Duration::from_micros(1));
    let before = announced(&app).await.len();
    let answer = record(&scene.coach, &registration, true).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "decisions": [
        {
          "at": "2027-01-04T12:00:00Z",
          "detail": "5 seats were free and nobody before was waiting for them",
          "free_seats": 5,
          "outcome": "confirmed",
          "reason": "seats_available"
        },
        {
          "at": "2027-01-04T13:00:00Z",
          "detail": "recorded by the club's staff",
          "outcome": "attended",
          "reason": "attendance_recorded"
        }
      ],
      "event_id": "[id]",
      "id": "[id]",
      "party_size": 1,
      "passes": 0,
      "queue_number": 1,
      "registered_at": "2027-01-04T12:00:00Z",
      "status": "attended",
      "user_id": "[id]",
      "waitlist_position": null
    }
    "#);
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
    assert_eq!(announced_since(&app, before).await, ["attendance_recorded"]);
}

#[tokio::test]
async fn a_mistake_can_be_put_right_and_saying_it_twice_is_saying_it_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let registration = register(&scene.member, &event, 1).await;
    // After the end too.
    app.clock.advance(Duration::from_hours(3));
    let before = announced(&app).await.len();
    for (attended, status) in [(false, "no_show"), (false, "no_show"), (true, "attended"), (false, "no_show")]
    {
        let answer = record(&scene.coach, &registration, attended).await.expect(200);
        assert_eq!(answer.text("status"), status);
    }
    let recorded = look(&scene.member, &registration).await;
    let reason = "attendance_recorded";
    let wanted = [("no_show", reason), ("attended", reason), ("no_show", reason)];
    assert_eq!(log(&recorded)[1..], wanted);
    assert_eq!(announced_since(&app, before).await, [reason; 3]);
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
}

#[tokio::test]
async fn who_has_no_seat_has_nothing_to_come_to() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let given_up = register(&scene.coach, &event, 1).await;
    let seated = register(&scene.member, &event, 1).await;
    let waiting = register(&scene.outsider, &event, 1).await;
    give_up(&scene.coach, &given_up).await.expect(200);
    app.clock.advance(Duration::from_hours(1));
    for registration in [&given_up, &waiting] {
        for attended in [true, false] {
            let answer = record(&scene.coach, registration, attended).await;
            answer.expect_problem(409, "not_confirmed");
        }
    }
    record(&scene.coach, &seated, true).await.expect(200);
}

#[tokio::test]
async fn nobody_records_their_own() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let registration = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_hours(1));
    record(&scene.member, &registration, true).await.expect_problem(403, "role_required");
    record(&scene.outsider, &registration, true).await.expect_problem(404, "not_found");
    assert_eq!(look(&scene.member, &registration).await, registration);
}

#[tokio::test]
async fn it_has_to_be_said_whether_they_came() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let registration = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_hours(1));
    let path = format!("/api/v1/registrations/{}/attendance", id(&registration));
    for (body, pointer) in [
        (json!({}), "/attended"),
        (json!({"attended": null}), "/attended"),
        (json!({"attended": "yes"}), "/attended"),
        (json!({"attended": true, "late": true}), "/late"),
    ] {
        let answer = scene.coach.post(&path, &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{body}");
    }
    assert_eq!(look(&scene.member, &registration).await, registration);
}
