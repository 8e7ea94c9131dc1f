//! `POST /api/v1/registrations/{id}/cancel`

use std::time::Duration;

use serde_json::json;

use crate::support::TestApp;
use crate::support::scene::{Scene, register};
use crate::support::steps::{
    announced, announced_since, cancellations, give_up, id, log, look, record, seats, statuses,
};

#[tokio::test]
async fn who_gives_a_seat_up_has_none() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let registration = register(&scene.member, &event, 2).await;
    app.clock.advance(Duration::from_mins(1));
    let before = announced(&app).await.len();
    let answer = give_up(&scene.member, &registration).await.expect(200);
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
          "at": "2027-01-04T12:01:00Z",
          "detail": "cancelled by the person",
          "outcome": "cancelled",
          "reason": "cancelled_by_person"
        }
      ],
      "event_id": "[id]",
      "id": "[id]",
      "party_size": 2,
      "passes": 0,
      "queue_number": 1,
      "registered_at": "2027-01-04T12:00:00Z",
      "status": "cancelled",
      "user_id": "[id]",
      "waitlist_position": null
    }
    "#);
    assert_eq!(look(&scene.member, &registration).await, answer.body);
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    assert_eq!(announced_since(&app, before).await, ["registration_cancelled"]);
}

#[tokio::test]
async fn the_seat_goes_to_the_next_in_the_same_moment() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let next = register(&scene.member, &event, 1).await;
    let last = register(&scene.outsider, &event, 1).await;
    app.clock.advance(Duration::from_mins(1));
    let before = announced(&app).await.len();
    give_up(&scene.coach, &seated).await.expect(200);
    let promoted = look(&scene.member, &next).await;
    assert_eq!((&promoted["status"], &promoted["waitlist_position"]), (&json!("confirmed"), &json!(null)));
    insta::assert_json_snapshot!(promoted["decisions"], @r#"
    [
      {
        "at": "2027-01-04T12:00:00Z",
        "detail": "0 seats were free, too few for this party",
        "free_seats": 0,
        "outcome": "waitlisted",
        "reason": "not_enough_seats"
      },
      {
        "at": "2027-01-04T12:01:00Z",
        "detail": "1 seats were free and it was this party's turn",
        "free_seats": 1,
        "outcome": "promoted",
        "reason": "seats_freed"
      }
    ]
    "#);
    assert_eq!(look(&scene.outsider, &last).await["waitlist_position"], 1);
    let wanted = ["registration_cancelled", "registration_promoted", "waitlist_moved"];
    assert_eq!(announced_since(&app, before).await, wanted);
}

#[tokio::test]
async fn giving_up_twice_is_giving_up_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let waiting = [register(&scene.member, &event, 1).await, register(&scene.outsider, &event, 1).await];
    let first = give_up(&scene.coach, &seated).await.expect(200);
    let before = announced(&app).await;
    app.clock.advance(Duration::from_mins(1));
    let second = give_up(&scene.coach, &seated).await.expect(200);
    // By somebody else too.
    let third = give_up(&scene.manager, &seated).await.expect(200);
    assert_eq!((&first.body, &first.body), (&second.body, &third.body));
    assert_eq!(announced(&app).await, before);
    assert_eq!(cancellations(&app).await.len(), 1);
    assert_eq!(statuses(&scene.coach, &[&waiting[0], &waiting[1]]).await, ["confirmed", "waitlisted"]);
}

#[tokio::test]
async fn who_waits_can_leave_the_queue() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    register(&scene.coach, &event, 1).await;
    let (first, second) =
        (register(&scene.member, &event, 1).await, register(&scene.outsider, &event, 1).await);
    let before = announced(&app).await.len();
    let left = give_up(&scene.member, &first).await.expect(200).body;
    assert_eq!((&left["status"], &left["waitlist_position"]), (&json!("cancelled"), &json!(null)));
    assert_eq!(look(&scene.outsider, &second).await["waitlist_position"], 1);
    assert_eq!(seats(&scene.coach, &event).await, (1, 1));
    assert_eq!(announced_since(&app, before).await, ["registration_cancelled", "waitlist_moved"]);
}

#[tokio::test]
async fn a_party_for_which_seats_were_held_lets_them_go_by_leaving() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 0})).await.expect(200);
    let event = scene.class(3).await;
    register(&scene.coach, &event, 2).await;
    let pair = register(&scene.member, &event, 2).await;
    let single = register(&scene.outsider, &event, 1).await;
    assert_eq!(single["status"], "waitlisted");
    give_up(&scene.member, &pair).await.expect(200);
    assert_eq!(look(&scene.outsider, &single).await["status"], "confirmed");
}

#[tokio::test]
async fn staff_take_others_off_and_the_log_says_so() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let registration = register(&scene.member, &event, 1).await;
    let path = format!("/api/v1/registrations/{}/cancel", id(&registration));
    scene.outsider.act(&path).await.expect_problem(404, "not_found");
    app.post(&path, &json!({})).await.expect_problem(401, "authentication_required");
    assert_eq!(look(&scene.member, &registration).await, registration);
    give_up(&scene.coach, &registration).await.expect(200);
    let told = look(&scene.member, &registration).await;
    assert_eq!(log(&told)[1], ("cancelled", "cancelled_by_staff"));
}

#[tokio::test]
async fn what_has_been_attended_or_missed_is_not_given_up() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let registrations =
        [register(&scene.member, &event, 1).await, register(&scene.outsider, &event, 1).await];
    app.clock.advance(Duration::from_hours(1));
    for (registration, attended) in registrations.iter().zip([true, false]) {
        record(&scene.coach, registration, attended).await.expect(200);
        let before = look(&scene.coach, registration).await;
        let answer = give_up(&scene.coach, registration).await.expect_problem(409, "attendance_recorded");
        assert_eq!(answer.text("detail"), "attendance has been recorded");
        assert_eq!(look(&scene.coach, registration).await, before);
    }
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
}

#[tokio::test]
async fn an_action_takes_no_body() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let registration = register(&scene.member, &event, 1).await;
    let path = format!("/api/v1/registrations/{}/cancel", id(&registration));
    scene.member.post(&path, &json!({"reason": "rain"})).await.expect_problem(400, "invalid_body");
    assert_eq!(look(&scene.member, &registration).await, registration);
    scene.member.post(&path, &json!({})).await.expect(200);
}
