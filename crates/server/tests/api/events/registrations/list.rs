//! `GET /api/v1/events/{id}/registrations`

use std::time::Duration;

use crate::support::scene::{Scene, register};
use crate::support::steps::{crowd, give_up, id, pages, record};
use crate::support::{Answer, TestApp};

fn ids(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn coaches_see_who_is_registered_in_the_order_of_arrival() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_mins(1));
    register(&scene.outsider, &event, 1).await;
    let path = format!("/api/v1/events/{event}/registrations");
    let answer = scene.coach.get(&path).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "items": [
        {
          "display_name": "Mira",
          "event_id": "[id]",
          "id": "[id]",
          "party_size": 1,
          "passes": 0,
          "queue_number": 1,
          "registered_at": "2027-01-04T12:00:00Z",
          "status": "confirmed",
          "user_id": "[id]",
          "waitlist_position": null
        },
        {
          "display_name": "Otto",
          "event_id": "[id]",
          "id": "[id]",
          "party_size": 1,
          "passes": 0,
          "queue_number": 2,
          "registered_at": "2027-01-04T12:01:00Z",
          "status": "waitlisted",
          "user_id": "[id]",
          "waitlist_position": 1
        }
      ],
      "next_cursor": null
    }
    "#);
    scene.member.get(&path).await.expect_problem(403, "role_required");
    app.get(&path).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn a_status_can_be_asked_for() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let people = crowd(&app, 5).await;
    let mut all = Vec::new();
    for person in &people {
        all.push(register(person, &event, 1).await);
    }
    let path = format!("/api/v1/events/{event}/registrations");
    let of = async |query: &str| scene.coach.get(&format!("{path}{query}")).await.expect(200);
    assert_eq!(ids(&of("?status=confirmed").await), [id(&all[0]), id(&all[1]), id(&all[2])]);
    assert_eq!(ids(&of("?status=waitlisted").await), [id(&all[3]), id(&all[4])]);
    give_up(&people[4], &all[4]).await.expect(200);
    app.clock.advance(Duration::from_hours(1));
    record(&scene.coach, &all[0], true).await.expect(200);
    record(&scene.coach, &all[1], false).await.expect(200);
    let statuses = ["attended", "no_show", "confirmed", "waitlisted", "cancelled"];
    for (status, registration) in statuses.into_iter().zip(&all) {
        let answer = of(&format!("?status={status}")).await;
        assert_eq!(ids(&answer), [id(registration)], "{status}");
        assert_eq!(answer.body["items"][0]["status"], status);
    }
    assert_eq!(ids(&of("").await), all.iter().map(id).collect::<Vec<_>>());
    let answer =
        scene.coach.get(&format!("{path}?status=gone")).await.expect_problem(400, "invalid_parameter");
    assert_eq!(answer.body["errors"][0]["pointer"], "status");
}

#[tokio::test]
async fn the_pages_hold_every_registration_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let mut all = Vec::new();
    for person in &crowd(&app, 7).await {
        all.push(register(person, &event, 1).await);
    }
    let first = format!("/api/v1/events/{event}/registrations?limit=2&status=waitlisted");
    let pages = pages(&scene.coach, &first).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    let items = pages.iter().flatten();
    assert_eq!(items.clone().map(id).collect::<Vec<_>>(), all[2..].iter().map(id).collect::<Vec<_>>());
    let positions: Vec<_> = items.map(|item| &item["waitlist_position"]).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    let cursor = scene.coach.get(&format!("/api/v1/events/{event}/registrations?limit=1")).await.expect(200);
    let elsewhere = format!("/api/v1/events/{event}/waitlist?cursor={}", cursor.text("next_cursor"));
    scene.coach.get(&elsewhere).await.expect_problem(400, "invalid_cursor");
}
