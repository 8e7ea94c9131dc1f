//! `POST /api/v1/clubs/{club}/events`

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::scene::Scene;
use crate::support::steps::{announced, announced_since};

const PATH: &str = "/api/v1/clubs/iron-works/events";

/// A body with nothing in it that could be left out.
fn body() -> Value {
    json!({
        "title": "Barbell Basics",
        "starts_at": "2027-01-04T13:00:00Z",
        "ends_at": "2027-01-04T14:00:00Z",
        "capacity": 12,
    })
}

fn with(fields: Value) -> Value {
    let (Value::Object(mut body), Value::Object(fields)) = (body(), fields) else {
        panic!("fields come in objects");
    };
    body.extend(fields);
    body.into()
}

/// The pointers of the values that a problem names, each with what would be accepted.
fn errors(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap();
    errors.iter().map(|e| (e["pointer"].as_str().unwrap(), e["detail"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn an_event_is_open_and_lets_people_wait_unless_told_otherwise() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let before = announced(&app).await.len();
    let answer = scene.manager.post(PATH, &body()).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 12,
      "club": "iron-works",
      "confirmed": 0,
      "cutoff_at": null,
      "description": null,
      "ends_at": "2027-01-04T14:00:00Z",
      "id": "[id]",
      "location": null,
      "published_at": "2027-01-04T12:00:00Z",
      "spots_left": 12,
      "starts_at": "2027-01-04T13:00:00Z",
      "status": "published",
      "time_zone": "Europe/Berlin",
      "title": "Barbell Basics",
      "version": 2,
      "waitlist": {
        "capacity": null,
        "enabled": true
      },
      "waitlisted": 0
    }
    "#);
    assert_eq!(answer.header("location"), format!("/api/v1/events/{}", answer.text("id")));
    let seen = app.get(answer.header("location")).await.expect(200);
    assert_eq!(
        (seen.body, seen.headers["etag"].clone()),
        (answer.body.clone(), answer.headers["etag"].clone())
    );
    assert_eq!(announced_since(&app, before).await, ["event_created", "event_published"]);
}

#[tokio::test]
async fn everything_about_an_event_can_be_said_at_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let everything = json!({
        "title": "  Früh-Yoga  ",
        "description": "Sun salutation,\nthen breakfast.",
        "location": "Hall 2",
        "starts_at": "2027-01-05T07:00:00.123456789+01:00",
        "ends_at": "2027-01-05T08:00:00+01:00",
        "cutoff_at": "2027-01-04T20:00:00Z",
        "capacity": 100_000,
        "waitlist": {"enabled": true, "capacity": 0},
        "publish": true,
    });
    let answer = scene.manager.post(PATH, &everything).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 100000,
      "club": "iron-works",
      "confirmed": 0,
      "cutoff_at": "2027-01-04T20:00:00Z",
      "description": "Sun salutation,\nthen breakfast.",
      "ends_at": "2027-01-05T07:00:00Z",
      "id": "[id]",
      "location": "Hall 2",
      "published_at": "2027-01-04T12:00:00Z",
      "spots_left": 100000,
      "starts_at": "2027-01-05T06:00:00.123456Z",
      "status": "published",
      "time_zone": "Europe/Berlin",
      "title": "Früh-Yoga",
      "version": 2,
      "waitlist": {
        "capacity": 0,
        "enabled": true
      },
      "waitlisted": 0
    }
    "#);
}

#[tokio::test]
async fn a_draft_is_not_announced_as_open() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let before = announced(&app).await.len();
    let answer = scene.manager.post(PATH, &with(json!({"publish": false}))).await.expect(201);
    assert_eq!((answer.text("status"), &answer.body["published_at"]), ("draft", &json!(null)));
    assert_eq!(announced_since(&app, before).await, ["event_created"]);
}

#[tokio::test]
async fn a_waitlist_can_be_closed_from_the_beginning() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let closed = with(json!({"waitlist": {"enabled": false, "capacity": 5}}));
    let answer = scene.manager.post(PATH, &closed).await.expect(201);
    assert_eq!(answer.body["waitlist"], json!({"enabled": false, "capacity": null}));
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let wrong = json!({
        "title": " ",
        "description": "x".repeat(10_001),
        "location": "Hall\n2",
        "starts_at": "tomorrow",
        "ends_at": "2027-01-04T14:00:00",
        "cutoff_at": "",
        "capacity": 0,
        "waitlist": {"capacity": 100_001},
    });
    let answer = scene.manager.post(PATH, &wrong).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 8 invalid values",
      "errors": [
        {
          "detail": "must have 1 to 200 characters, has 0",
          "pointer": "/title"
        },
        {
          "detail": "must have 0 to 10000 characters, has 10001",
          "pointer": "/description"
        },
        {
          "detail": "must not contain control characters",
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
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);
    assert_eq!(app.get(PATH).await.expect(200).body["items"], json!([]));
}

#[tokio::test]
async fn a_capacity_is_1_to_100000_seats() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for good in [json!(1), json!(100_000), json!(12.0)] {
        scene.manager.post(PATH, &with(json!({"capacity": good}))).await.expect(201);
    }
    for bad in [json!(0), json!(-1), json!(100_001), json!(1e300), json!(u64::MAX)] {
        let answer = scene.manager.post(PATH, &with(json!({"capacity": bad}))).await;
        let problem = answer.expect_problem(422, "invalid_value").body;
        assert_eq!(errors(&problem), [("/capacity", "must be 1 to 100000 seats")], "{bad}");
    }
    for no_number in [json!("12"), json!(null), json!(1.5), json!([12])] {
        let answer = scene.manager.post(PATH, &with(json!({"capacity": no_number}))).await;
        let problem = answer.expect_problem(400, "invalid_body").body;
        assert_eq!(errors(&problem)[0].0, "/capacity", "{no_number}");
    }
}

#[tokio::test]
async fn times_that_contradict_each_other_are_refused() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for (times, detail) in [
        (json!({"ends_at": "2027-01-04T13:00:00Z"}), "must end after it starts"),
        (json!({"ends_at": "2027-01-04T12:00:00Z"}), "must end after it starts"),
        (json!({"ends_at": "2027-02-04T13:00:01Z"}), "must not last over 31 days"),
        (json!({"cutoff_at": "2027-01-04T13:00:01Z"}), "must have its cut-off at its start or before"),
        (
            json!({"starts_at": "1999-12-31T23:00:00Z", "ends_at": "2000-01-01T01:00:00Z"}),
            "must take place in the years 2000 to 2199",
        ),
    ] {
        let answer = scene.manager.post(PATH, &with(times.clone())).await;
        let problem = answer.expect_problem(422, "invalid_value").body;
        assert_eq!(errors(&problem), [("/starts_at", detail)], "{times}");
    }
    let just_so = json!({"ends_at": "2027-02-04T13:00:00Z", "cutoff_at": "2027-01-04T13:00:00Z"});
    scene.manager.post(PATH, &with(just_so)).await.expect(201);
}

#[tokio::test]
async fn fields_that_nobody_knows_or_has_left_out_are_named() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let answer = scene.manager.post(PATH, &with(json!({"colour": "red"}))).await.expect(400);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_body",
      "detail": "unknown field `colour`, expected one of `title`, `description`, `location`, `starts_at`, `ends_at`, `cutoff_at`, `capacity`, `waitlist`, `publish`",
      "errors": [
        {
          "detail": "unknown field `colour`, expected one of `title`, `description`, `location`, `starts_at`, `ends_at`, `cutoff_at`, `capacity`, `waitlist`, `publish`",
          "pointer": "/colour"
        }
      ],
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_body"
    }
    "#);
    for (body, pointer) in [
        (with(json!({"waitlist": {"colour": "red"}})), "/waitlist/colour"),
        (with(json!({"waitlist": [true, 5]})), "/waitlist"),
        (with(json!({"confirmed": 3})), "/confirmed"),
        (with(json!({"title": 7})), "/title"),
        (with(json!({"publish": "yes"})), "/publish"),
        (json!({"title": "x", "starts_at": "x", "capacity": 1}), "/ends_at"),
    ] {
        let problem = scene.manager.post(PATH, &body).await.expect_problem(400, "invalid_body").body;
        assert_eq!(errors(&problem)[0].0, pointer, "{body}");
    }
    assert_eq!(app.get(PATH).await.expect(200).body["items"], json!([]));
}

#[tokio::test]
async fn a_club_that_is_not_there_has_no_events() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for club in ["no-such-club", "No-Club", "x"] {
        let path = format!("/api/v1/clubs/{club}/events");
        let answer = scene.manager.post(&path, &body()).await.expect_problem(404, "not_found");
        assert_eq!(answer.text("detail"), "there is no such club");
    }
}

#[tokio::test]
async fn a_manager_of_another_club_schedules_nothing_here() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.outsider.post(PATH, &body()).await.expect_problem(403, "role_required");
    scene.coach.post(PATH, &body()).await.expect_problem(403, "role_required");
    assert_eq!(app.get(PATH).await.expect(200).body["items"], json!([]));
}
