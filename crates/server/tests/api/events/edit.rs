//! `PATCH /api/v1/events/{id}`

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, announced_since, give_up, log, look, seats};
use crate::support::{Answer, Person, TestApp};

fn at(event: &str) -> String {
    format!("/api/v1/events/{event}")
}

/// Edits an event if it is in the version of that tag.
async fn edit_if(person: &Person, event: &str, tag: &str, body: Value) -> Answer {
    let request = person.request(Method::PATCH, &at(event)).header("If-Match", tag);
    Answer::of(request.json(&body)).await
}

#[tokio::test]
async fn each_field_is_changed_alone() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(5, json!({"description": "Old", "location": "Old"})).await;
    for (field, value) in [
        ("title", json!("Barbell Masterclass")),
        ("description", json!("New\nlines")),
        ("location", json!("Hall 3")),
        ("starts_at", json!("2027-01-04T13:15:00Z")),
        ("ends_at", json!("2027-01-04T14:15:00Z")),
        ("cutoff_at", json!("2027-01-04T13:00:00Z")),
        ("capacity", json!(7)),
        ("waitlist", json!({"enabled": true, "capacity": 3})),
    ] {
        let mut wanted = app.get(&at(&event)).await.expect(200).body;
        assert_ne!(wanted[field], value);
        wanted[field] = value.clone();
        wanted["version"] = (wanted["version"].as_u64().unwrap() + 1).into();
        if field == "capacity" {
            wanted["spots_left"] = value.clone();
        }
        let answer = scene.manager.patch(&at(&event), &json!({field: value})).await.expect(200);
        assert_eq!(answer.body, wanted, "{field}");
        let seen = app.get(&at(&event)).await.expect(200);
        assert_eq!((seen.header("etag"), &seen.body), (answer.header("etag"), &answer.body), "{field}");
    }
}

#[tokio::test]
async fn null_clears_what_may_be_empty() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let full = json!({"description": "Old", "location": "Old", "cutoff_at": "2027-01-04T12:30:00Z"});
    let event = scene.class_with(5, full).await;
    for field in ["description", "location", "cutoff_at"] {
        let before = app.get(&at(&event)).await.expect(200).body;
        assert!(!before[field].is_null());
        let after = scene.manager.patch(&at(&event), &json!({field: null})).await.expect(200).body;
        assert!(after[field].is_null(), "{field}: {after:#}");
    }
    let everything = json!({
        "title": null, "starts_at": null, "ends_at": null, "capacity": null, "waitlist": null
    });
    let answer = scene.manager.patch(&at(&event), &everything).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.body["errors"], @r#"
    [
      {
        "detail": "must not be null",
        "pointer": "/title"
      },
      {
        "detail": "must not be null",
        "pointer": "/starts_at"
      },
      {
        "detail": "must not be null",
        "pointer": "/ends_at"
      },
      {
        "detail": "must not be null",
        "pointer": "/capacity"
      },
      {
        "detail": "must not be null",
        "pointer": "/waitlist"
      }
    ]
    "#);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_is_changed() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let before = app.get(&at(&event)).await.expect(200).body;
    let wrong = json!({
        "title": "",
        "description": "\u{7}",
        "location": "x".repeat(301),
        "starts_at": "soon",
        "ends_at": "late",
        "cutoff_at": "early",
        "capacity": 100_001,
        "waitlist": {"capacity": 100_001},
    });
    let answer = scene.manager.patch(&at(&event), &wrong).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.body["errors"], @r#"
    [
      {
        "detail": "must have 1 to 200 characters, has 0",
        "pointer": "/title"
      },
      {
        "detail": "must not contain control characters",
        "pointer": "/description"
      },
      {
        "detail": "must have 0 to 300 characters, has 301",
        "pointer": "/location"
      },
      {
        "detail": "must be a time of RFC 3339 such as 2027-01-04T18:00:00Z",
        "pointer": "/starts_at"
      },
      {
        "detail": "must be a time of RFC 3339 such as 2027-01-04T18:00:00Z",
        "pointer": "/ends_at"
      },
      {
        "detail": "must be a time of RFC 3339 such as 2027-01-04T18:00:00Z",
        "pointer": "/cutoff_at"
      },
      {
        "detail": "must be 1 to 100000 seats",
        "pointer": "/capacity"
      },
      {
        "detail": "must be at most 100000 seats",
        "pointer": "/waitlist/capacity"
      }
    ]
    "#);
    let mixed = json!({"title": "Good", "starts_at": "2027-01-04T15:00:00Z"});
    let answer = scene.manager.patch(&at(&event), &mixed).await.expect_problem(422, "invalid_value");
    assert_eq!(answer.body["errors"][0]["pointer"], "/starts_at");
    for (body, pointer) in [
        (json!({"colour": "red"}), "/colour"),
        (json!({"status": "published"}), "/status"),
        (json!({"waitlist": {"colour": "red"}}), "/waitlist/colour"),
    ] {
        let answer = scene.manager.patch(&at(&event), &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    assert_eq!(app.get(&at(&event)).await.expect(200).body, before);
}

#[tokio::test]
async fn a_larger_capacity_promotes_in_the_same_answer() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    register(&scene.coach, &event, 2).await;
    let (first, second) =
        (register(&scene.member, &event, 2).await, register(&scene.outsider, &event, 1).await);
    let third = register(&scene.owner, &event, 1).await;
    let before = announced(&app).await.len();
    let answer = scene.manager.patch(&at(&event), &json!({"capacity": 5})).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 5,
      "club": "iron-works",
      "confirmed": 5,
      "cutoff_at": null,
      "description": null,
      "ends_at": "2027-01-04T14:00:00Z",
      "id": "[id]",
      "location": null,
      "published_at": "2027-01-04T12:00:00Z",
      "spots_left": 0,
      "starts_at": "2027-01-04T13:00:00Z",
      "status": "published",
      "time_zone": "Europe/Berlin",
      "title": "Barbell Basics",
      "version": 3,
      "waitlist": {
        "capacity": null,
        "enabled": true
      },
      "waitlisted": 1
    }
    "#);
    for registration in [&first, &second] {
        let promoted = look(&scene.coach, registration).await;
        assert_eq!(promoted["status"], "confirmed");
        assert_eq!(log(&promoted).last(), Some(&("promoted", "seats_freed")));
    }
    let waiting = look(&scene.coach, &third).await;
    assert_eq!((&waiting["status"], &waiting["waitlist_position"]), (&json!("waitlisted"), &json!(1)));
    let announced = announced_since(&app, before).await;
    let promoted = "registration_promoted";
    let wanted = ["event_changed", "event_capacity_increased", promoted, promoted, "waitlist_moved"];
    assert_eq!(announced, wanted);
}

#[tokio::test]
async fn a_capacity_under_the_confirmed_seats_is_refused_with_how_many_would_have_to_go() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    register(&scene.member, &event, 3).await;
    let before = app.get(&at(&event)).await.expect(200).body;
    let with_another = json!({"title": "Smaller", "capacity": 1});
    let answer = scene.manager.patch(&at(&event), &with_another).await.expect(409);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "capacity_below_confirmed",
      "detail": "3 seats are confirmed: 2 would have to go before the capacity can be 1",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/capacity_below_confirmed"
    }
    "#);
    assert_eq!(app.get(&at(&event)).await.expect(200).body, before);
    let smallest = scene.manager.patch(&at(&event), &json!({"capacity": 3})).await.expect(200).body;
    assert_eq!((&smallest["capacity"], &smallest["spots_left"]), (&json!(3), &json!(0)));
}

#[tokio::test]
async fn a_tag_from_before_a_registration_still_guards_an_edit() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let seen = app.get(&at(&event)).await.expect(200);
    register(&scene.member, &event, 1).await;
    let now = app.get(&at(&event)).await.expect(200);
    assert_ne!(seen.header("etag"), now.header("etag"));
    let answer =
        edit_if(&scene.manager, &event, seen.header("etag"), json!({"title": "One"})).await.expect(200);
    assert_eq!((answer.text("title"), &answer.body["confirmed"]), ("One", &json!(1)));
}

#[tokio::test]
async fn an_edit_of_a_version_that_has_gone_is_refused() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let seen = app.get(&at(&event)).await.expect(200);
    scene.manager.patch(&at(&event), &json!({"title": "One"})).await.expect(200);
    for tag in [seen.header("etag"), "\"nonsense\"", "W/\"v2-AAAAAAAAAAAAAAAA\""] {
        let answer = edit_if(&scene.manager, &event, tag, json!({"title": "Two"})).await;
        answer.expect_problem(412, "version_mismatch");
    }
    let now = app.get(&at(&event)).await.expect(200);
    assert_eq!(now.text("title"), "One");
    let either = format!("{}, {}", seen.header("etag"), now.header("etag"));
    edit_if(&scene.manager, &event, &either, json!({"title": "Three"})).await.expect(200);
    edit_if(&scene.manager, &event, "*", json!({"title": "Four"})).await.expect(200);
}

#[tokio::test]
async fn a_later_cutoff_promotes_whom_the_earlier_one_kept_waiting() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(1, json!({"cutoff_at": "2027-01-04T12:30:00Z"})).await;
    let seated = register(&scene.coach, &event, 1).await;
    let waiting = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_mins(30));
    give_up(&scene.coach, &seated).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (0, 1));
    let answer = scene.manager.patch(&at(&event), &json!({"cutoff_at": null})).await.expect(200).body;
    assert_eq!((&answer["confirmed"], &answer["waitlisted"]), (&json!(1), &json!(0)));
    assert_eq!(look(&scene.member, &waiting).await["status"], "confirmed");
}

#[tokio::test]
async fn closing_the_waitlist_sends_nobody_away() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let waiting = register(&scene.member, &event, 1).await;
    scene.manager.patch(&at(&event), &json!({"waitlist": {"enabled": false}})).await.expect(200);
    assert_eq!(look(&scene.member, &waiting).await["waitlist_position"], 1);
    give_up(&scene.coach, &seated).await.expect(200);
    assert_eq!(look(&scene.member, &waiting).await["status"], "confirmed");
}

#[tokio::test]
async fn an_event_that_was_called_off_is_not_edited() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let cancelled = scene.manager.act(&format!("{}/cancel", at(&event))).await.expect(200).body;
    let answer = scene.manager.patch(&at(&event), &json!({"title": "On again"})).await;
    answer.expect_problem(409, "event_cancelled");
    assert_eq!(app.get(&at(&event)).await.expect(200).body, cancelled);
}
