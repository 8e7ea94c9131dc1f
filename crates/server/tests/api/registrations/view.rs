//! `GET /api/v1/registrations/{id}`

use std::time::Duration;

use serde_json::json;

use crate::support::TestApp;
use crate::support::scene::{Scene, register};
use crate::support::steps::{give_up, id, look, record};

#[tokio::test]
async fn a_person_reads_everything_that_was_decided_and_why() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.outsider, &event, 1).await;
    app.clock.advance(Duration::from_mins(1));
    let waiting = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_mins(1));
    give_up(&scene.outsider, &seated).await.expect(200);
    app.clock.advance(Duration::from_hours(1));
    record(&scene.coach, &waiting, true).await.expect(200);
    let path = format!("/api/v1/registrations/{}", id(&waiting));
    let answer = scene.member.get(&path).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "decisions": [
        {
          "at": "2027-01-04T12:01:00Z",
          "detail": "0 seats were free, too few for this party",
          "free_seats": 0,
          "outcome": "waitlisted",
          "reason": "not_enough_seats"
        },
        {
          "at": "2027-01-04T12:02:00Z",
          "detail": "1 seats were free and it was this party's turn",
          "free_seats": 1,
          "outcome": "promoted",
          "reason": "seats_freed"
        },
        {
          "at": "2027-01-04T13:02:00Z",
          "detail": "recorded by the club's staff",
          "outcome": "attended",
          "reason": "attendance_recorded"
        }
      ],
      "event_id": "[id]",
      "id": "[id]",
      "party_size": 1,
      "passes": 0,
      "queue_number": 2,
      "registered_at": "2027-01-04T12:01:00Z",
      "status": "attended",
      "user_id": "[id]",
      "waitlist_position": null
    }
    "#);
    assert_eq!(scene.coach.get(&path).await.expect(200).body, answer.body);
}

#[tokio::test]
async fn a_position_is_told_only_to_those_who_wait() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.owner, &event, 1).await;
    let (first, second) =
        (register(&scene.member, &event, 1).await, register(&scene.outsider, &event, 1).await);
    let position = async |of| look(&scene.coach, of).await["waitlist_position"].clone();
    let positions = [position(&seated).await, position(&first).await, position(&second).await];
    assert_eq!(positions, [json!(null), json!(1), json!(2)]);
    give_up(&scene.member, &first).await.expect(200);
    let positions = [position(&seated).await, position(&first).await, position(&second).await];
    assert_eq!(positions, [json!(null), json!(null), json!(1)]);
}

#[tokio::test]
async fn nobody_learns_of_the_registrations_of_others() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let registration = register(&scene.member, &event, 1).await;
    let path = format!("/api/v1/registrations/{}", id(&registration));
    let hidden = scene.outsider.get(&path).await.expect_problem(404, "not_found");
    let missing = scene.outsider.get("/api/v1/registrations/01948b0f-0000-7000-8000-000000000000").await;
    assert_eq!(hidden.redacted(), missing.redacted());
    scene.member.get("/api/v1/registrations/nonsense").await.expect_problem(404, "not_found");
    app.get(&path).await.expect_problem(401, "authentication_required");
}
