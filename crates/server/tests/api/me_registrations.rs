//! `GET /api/v1/me/registrations`

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::steps::{crowd, give_up, pages};
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/me/registrations";

fn titles(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["event"]["title"].as_str().unwrap()).collect()
}

/// Registers the member for a class of one hour at each of these hours, whose title is that hour.
async fn classes(scene: &Scene, hours: &[u8]) {
    for hour in hours {
        let fields = json!({
            "title": hour.to_string(),
            "starts_at": format!("2027-01-04T{hour:02}:00:00Z"),
            "ends_at": format!("2027-01-04T{:02}:00:00Z", hour + 1),
        });
        let event = scene.class_with(5, fields).await;
        register(&scene.member, &event, 1).await;
    }
}

#[tokio::test]
async fn everybody_sees_their_own_with_what_it_is_for() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    for person in &crowd(&app, 2).await {
        register(person, &event, 1).await;
    }
    register(&scene.member, &event, 1).await;
    let answer = scene.member.get(PATH).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "items": [
        {
          "event": {
            "club": "iron-works",
            "ends_at": "2027-01-04T14:00:00Z",
            "id": "[id]",
            "starts_at": "2027-01-04T13:00:00Z",
            "status": "published",
            "title": "Barbell Basics"
          },
          "event_id": "[id]",
          "id": "[id]",
          "party_size": 1,
          "passes": 0,
          "queue_number": 3,
          "registered_at": "2027-01-04T12:00:00Z",
          "status": "waitlisted",
          "user_id": "[id]",
          "waitlist_position": 2
        }
      ],
      "next_cursor": null
    }
    "#);
    assert_eq!(answer.body["items"][0]["user_id"], json!(scene.member.id));
    assert_eq!(answer.body["items"][0]["event"]["id"], json!(event));
    assert_eq!(scene.coach.get(PATH).await.expect(200).body, json!({"items": [], "next_cursor": null}));
    app.get(PATH).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn what_is_to_come_and_what_is_past_can_be_asked_for() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    classes(&scene, &[15, 13, 16, 14]).await;
    let at = async |query: &str| scene.member.get(&format!("{PATH}{query}")).await.expect(200);
    assert_eq!(titles(&at("").await), ["13", "14", "15", "16"]);
    assert_eq!(titles(&at("?when=upcoming").await), ["13", "14", "15", "16"]);
    assert_eq!(titles(&at("?when=past").await), [""; 0]);
    // Three o'clock: two are over, the third begins.
    app.clock.advance(Duration::from_hours(3));
    assert_eq!(titles(&at("").await), ["13", "14", "15", "16"]);
    assert_eq!(titles(&at("?when=upcoming").await), ["15", "16"]);
    let past = at("?when=past").await;
    assert_eq!(titles(&past), ["14", "13"]);
    assert_eq!(past.body["items"][0]["event"]["status"], "completed");
}

#[tokio::test]
async fn what_was_given_up_is_listed_too() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let first = register(&scene.member, &event, 1).await;
    give_up(&scene.member, &first).await.expect(200);
    register(&scene.member, &event, 1).await;
    let listed = scene.member.get(PATH).await.expect(200).body;
    let statuses: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, ["cancelled", "confirmed"]);
}

#[tokio::test]
async fn the_pages_hold_every_registration_once_in_either_direction() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    // Two of them at the same time.
    classes(&scene, &[13, 14, 14, 15, 16]).await;
    let walk = async |when: &str| {
        let title = |item: &Value| item["event"]["title"].as_str().unwrap().to_owned();
        let pages = pages(&scene.member, &format!("{PATH}?limit=2{when}")).await;
        pages.iter().map(|page| page.iter().map(title).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(walk("").await, ["13 14", "14 15", "16"]);
    assert_eq!(walk("&when=upcoming").await, ["13 14", "14 15", "16"]);
    app.clock.advance(Duration::from_hours(6));
    assert_eq!(walk("&when=past").await, ["16 15", "14 14", "13"]);
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_direction_alone() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    classes(&scene, &[13, 14]).await;
    let page = scene.member.get(&format!("{PATH}?limit=1")).await.expect(200);
    let other = format!("{PATH}?when=past&cursor={}", page.text("next_cursor"));
    scene.member.get(&other).await.expect_problem(400, "invalid_cursor");
    for query in ["when=soon", "when=", "when=any", "whence=past"] {
        scene.member.get(&format!("{PATH}?{query}")).await.expect_problem(400, "invalid_parameter");
    }
}
