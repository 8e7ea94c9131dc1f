//! `GET /api/v1/events/{id}/waitlist`

use std::time::Duration;

use serde_json::json;

use crate::support::scene::{Scene, register};
use crate::support::steps::{crowd, give_up};
use crate::support::{Answer, TestApp};

/// The queue numbers of the entries, each with its position.
fn places(answer: &Answer) -> Vec<(u64, u64)> {
    let number = |entry: &serde_json::Value, field: &str| entry[field].as_u64().unwrap();
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|entry| (number(entry, "queue_number"), number(entry, "position"))).collect()
}

#[tokio::test]
async fn coaches_see_who_waits_in_order_with_positions_and_passes() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let seated = register(&scene.coach, &event, 1).await;
    register(&scene.manager, &event, 1).await;
    register(&scene.member, &event, 2).await;
    app.clock.advance(Duration::from_mins(1));
    register(&scene.outsider, &event, 1).await;
    register(&scene.owner, &event, 1).await;
    // One seat: too few for the two who come first.
    give_up(&scene.coach, &seated).await.expect(200);
    let path = format!("/api/v1/events/{event}/waitlist");
    let answer = scene.coach.get(&path).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "items": [
        {
          "display_name": "Mira",
          "party_size": 2,
          "passes": 1,
          "position": 1,
          "queue_number": 3,
          "registered_at": "2027-01-04T12:00:00Z",
          "registration_id": "[id]",
          "user_id": "[id]"
        },
        {
          "display_name": "Olga",
          "party_size": 1,
          "passes": 0,
          "position": 2,
          "queue_number": 5,
          "registered_at": "2027-01-04T12:01:00Z",
          "registration_id": "[id]",
          "user_id": "[id]"
        }
      ],
      "next_cursor": null
    }
    "#);
    scene.member.get(&path).await.expect_problem(403, "role_required");
    app.get(&path).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn an_event_that_nobody_waits_for_has_an_empty_waitlist() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    register(&scene.member, &event, 1).await;
    let answer = scene.coach.get(&format!("/api/v1/events/{event}/waitlist")).await.expect(200);
    assert_eq!(answer.body, json!({"items": [], "next_cursor": null}));
}

#[tokio::test]
async fn positions_close_up_and_queue_numbers_never_change() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    register(&scene.coach, &event, 1).await;
    let people = crowd(&app, 4).await;
    let mut all = Vec::new();
    for person in &people {
        all.push(register(person, &event, 1).await);
    }
    let path = format!("/api/v1/events/{event}/waitlist");
    assert_eq!(places(&scene.coach.get(&path).await), [(2, 1), (3, 2), (4, 3), (5, 4)]);
    give_up(&people[1], &all[1]).await.expect(200);
    assert_eq!(places(&scene.coach.get(&path).await), [(2, 1), (4, 2), (5, 3)]);
    give_up(&people[0], &all[0]).await.expect(200);
    assert_eq!(places(&scene.coach.get(&path).await), [(4, 1), (5, 2)]);
}

#[tokio::test]
async fn positions_count_on_from_page_to_page() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    for person in &crowd(&app, 6).await {
        register(person, &event, 1).await;
    }
    let path = format!("/api/v1/events/{event}/waitlist?limit=2");
    let first = scene.coach.get(&path).await.expect(200);
    let second = scene.coach.get(&format!("{path}&cursor={}", first.text("next_cursor"))).await.expect(200);
    let third = scene.coach.get(&format!("{path}&cursor={}", second.text("next_cursor"))).await.expect(200);
    assert_eq!(places(&first), [(2, 1), (3, 2)]);
    assert_eq!(places(&second), [(4, 3), (5, 4)]);
    assert_eq!(places(&third), [(6, 5)]);
    assert_eq!(third.body["next_cursor"], json!(null));
}
