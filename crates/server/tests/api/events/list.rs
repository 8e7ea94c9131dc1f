//! `GET /api/v1/clubs/{club}/events`

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::scene::Scene;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/clubs/iron-works/events";

fn titles(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["title"].as_str().unwrap()).collect()
}

/// A class of an hour's length that begins at that hour of the first day.
async fn class_at(scene: &Scene, title: &str, hour: u8, more: Value) -> String {
    let mut fields = json!({
        "title": title,
        "starts_at": format!("2027-01-04T{hour:02}:00:00Z"),
        "ends_at": format!("2027-01-04T{:02}:00:00Z", hour + 1),
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    scene.class_with(5, fields).await
}

#[tokio::test]
async fn anybody_sees_the_events_of_a_club_by_their_start() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    class_at(&scene, "Late", 18, json!({})).await;
    class_at(&scene, "Early", 13, json!({})).await;
    let elsewhere = json!({
        "title": "Elsewhere", "starts_at": "2027-01-04T13:00:00Z", "ends_at": "2027-01-04T14:00:00Z", "capacity": 5
    });
    scene.outsider.post("/api/v1/clubs/other-club/events", &elsewhere).await.expect(201);
    let answer = app.get(PATH).await.expect(200);
    assert_eq!(titles(&answer), ["Early", "Late"]);
    assert_eq!(answer.header("link"), "");
    let one = app.get("/api/v1/clubs/other-club/events").await.expect(200);
    insta::assert_json_snapshot!(one.redacted(), @r#"
    {
      "items": [
        {
          "capacity": 5,
          "club": "other-club",
          "confirmed": 0,
          "cutoff_at": null,
          "description": null,
          "ends_at": "2027-01-04T14:00:00Z",
          "id": "[id]",
          "location": null,
          "published_at": "2027-01-04T12:00:00Z",
          "spots_left": 5,
          "starts_at": "2027-01-04T13:00:00Z",
          "status": "published",
          "time_zone": "Europe/Berlin",
          "title": "Elsewhere",
          "version": 2,
          "waitlist": {
            "capacity": null,
            "enabled": true
          },
          "waitlisted": 0
        }
      ],
      "next_cursor": null
    }
    "#);
}

#[tokio::test]
async fn a_span_of_time_shows_what_takes_place_in_it() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (title, hour) in [("One", 13), ("Two", 14), ("Three", 15)] {
        class_at(&scene, title, hour, json!({})).await;
    }
    for (query, wanted) in [
        ("", vec!["One", "Two", "Three"]),
        // What ends at that very moment is over, what starts at that very moment is not in it.
        ("?from=2027-01-04T14:00:00Z", vec!["Two", "Three"]),
        ("?from=2027-01-04T13:59:59.999999Z", vec!["One", "Two", "Three"]),
        ("?to=2027-01-04T14:00:00Z", vec!["One"]),
        ("?to=2027-01-04T14:00:00.000001Z", vec!["One", "Two"]),
        ("?from=2027-01-04T14:30:00Z&to=2027-01-04T14:40:00Z", vec!["Two"]),
        ("?from=2027-01-04T15:30:00%2B01:00&to=2027-01-04T15:00:00Z", vec!["Two"]),
        ("?from=2027-01-05T00:00:00Z", vec![]),
        ("?from=2027-01-04T15:00:00Z&to=2027-01-04T13:00:00Z", vec![]),
    ] {
        assert_eq!(titles(&app.get(&format!("{PATH}{query}")).await.expect(200)), wanted, "{query}");
    }
}

/// One event in each state, at an hour when one is over.
async fn one_of_each(app: &TestApp) -> Scene {
    let scene = Scene::open(app).await;
    class_at(&scene, "Over", 12, json!({})).await;
    class_at(&scene, "Open", 15, json!({})).await;
    class_at(&scene, "Draft", 16, json!({"publish": false})).await;
    for (title, publish) in [("Called off", true), ("Given up", false)] {
        let event = class_at(&scene, title, 17, json!({"publish": publish})).await;
        scene.manager.act(&format!("/api/v1/events/{event}/cancel")).await.expect(200);
    }
    app.clock.advance(Duration::from_mins(90));
    scene
}

#[tokio::test]
async fn a_state_can_be_asked_for() {
    let app = TestApp::memory().await;
    let scene = one_of_each(&app).await;
    for (query, public, staff) in [
        ("", vec!["Over", "Open", "Called off"], vec!["Over", "Open", "Draft", "Called off", "Given up"]),
        ("?status=published", vec!["Open"], vec!["Open"]),
        ("?status=completed", vec!["Over"], vec!["Over"]),
        ("?status=cancelled", vec!["Called off"], vec!["Called off", "Given up"]),
        ("?status=published&to=2027-01-04T15:00:00Z", vec![], vec![]),
    ] {
        let path = format!("{PATH}{query}");
        assert_eq!(titles(&app.get(&path).await.expect(200)), public, "{query}");
        assert_eq!(titles(&scene.member.get(&path).await.expect(200)), public, "{query}");
        assert_eq!(titles(&scene.outsider.get(&path).await.expect(200)), public, "{query}");
        assert_eq!(titles(&scene.coach.get(&path).await.expect(200)), staff, "{query}");
    }
}

#[tokio::test]
async fn drafts_are_for_staff() {
    let app = TestApp::memory().await;
    let scene = one_of_each(&app).await;
    let path = format!("{PATH}?status=draft");
    app.get(&path).await.expect_problem(403, "role_required");
    scene.member.get(&path).await.expect_problem(403, "role_required");
    scene.outsider.get(&path).await.expect_problem(403, "role_required");
    assert_eq!(titles(&scene.coach.get(&path).await.expect(200)), ["Draft"]);
}

#[tokio::test]
async fn the_pages_hold_every_event_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    // Three of them at the same time: their order is the same on every page.
    for (title, hour) in [("a", 15), ("b", 13), ("c", 14), ("d", 14), ("e", 14)] {
        class_at(&scene, title, hour, json!({})).await;
    }
    class_at(&scene, "too early", 12, json!({})).await;
    let mut path = format!("{PATH}?limit=2&from=2027-01-04T14:00:00%2B01:00");
    let mut pages = Vec::new();
    loop {
        let answer = app.get(&path).await.expect(200);
        pages.push(titles(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>());
        let Some(cursor) = answer.body["next_cursor"].as_str() else {
            assert_eq!(answer.header("link"), "");
            break;
        };
        let next = format!("{PATH}?limit=2&from=2027-01-04T14%3A00%3A00%2B01%3A00&cursor={cursor}");
        assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
        path = next;
    }
    assert_eq!(pages, [vec!["b", "c"], vec!["d", "e"], vec!["a"]]);
}

#[tokio::test]
async fn what_is_no_filter_is_refused() {
    let app = TestApp::memory().await;
    Scene::open(&app).await;
    for (query, pointer) in [
        ("from=yesterday", "from"),
        ("to=2027-01-04", "to"),
        ("status=open", "status"),
        ("status=", "status"),
        ("state=draft", "state"),
        ("status=draft&status=cancelled", "status"),
    ] {
        let answer = app.get(&format!("{PATH}?{query}")).await.expect_problem(400, "invalid_parameter");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{query}");
    }
    app.get(&format!("{PATH}?cursor=nonsense")).await.expect_problem(400, "invalid_cursor");
}

#[tokio::test]
async fn a_club_that_is_not_there_has_no_list() {
    let app = TestApp::memory().await;
    app.get("/api/v1/clubs/no-such-club/events").await.expect_problem(404, "not_found");
}
