//! `POST /api/v1/events/{id}/registrations`: registering

mod again;
mod list;
mod parties;
mod refused;

use reqwest::Method;
use serde_json::json;

use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, announced_since, claim, give_up, id, look, seats};
use crate::support::{Answer, TestApp};

#[tokio::test]
async fn who_finds_a_free_seat_has_it_at_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let before = announced(&app).await.len();
    let answer = claim(&scene.member, &event, json!({"party_size": 2})).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "decisions": [
        {
          "at": "2027-01-04T12:00:00Z",
          "detail": "5 seats were free and nobody before was waiting for them",
          "free_seats": 5,
          "outcome": "confirmed",
          "reason": "seats_available"
        }
      ],
      "event_id": "[id]",
      "id": "[id]",
      "party_size": 2,
      "passes": 0,
      "queue_number": 1,
      "registered_at": "2027-01-04T12:00:00Z",
      "status": "confirmed",
      "user_id": "[id]",
      "waitlist_position": null
    }
    "#);
    let registered = &answer.body;
    assert_eq!((&registered["event_id"], &registered["user_id"]), (&json!(event), &json!(scene.member.id)));
    assert_eq!(answer.header("location"), format!("/api/v1/registrations/{}", id(registered)));
    let seen = scene.member.get(answer.header("location")).await.expect(200);
    assert_eq!((&seen.body, seen.header("etag")), (registered, answer.header("etag")));
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
    assert_eq!(announced_since(&app, before).await, ["registration_confirmed"]);
}

#[tokio::test]
async fn who_finds_it_full_waits_and_is_told_their_position() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    register(&scene.coach, &event, 1).await;
    register(&scene.outsider, &event, 1).await;
    let before = announced(&app).await.len();
    let answer = claim(&scene.member, &event, json!({"party_size": 1})).await.expect(201);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "decisions": [
        {
          "at": "2027-01-04T12:00:00Z",
          "detail": "0 seats were free, too few for this party",
          "free_seats": 0,
          "outcome": "waitlisted",
          "reason": "not_enough_seats"
        }
      ],
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
    "#);
    assert_eq!(seats(&scene.coach, &event).await, (1, 2));
    assert_eq!(announced_since(&app, before).await, ["registration_waitlisted"]);
}

#[tokio::test]
async fn saying_nothing_is_asking_for_one_seat_for_oneself() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let path = format!("/api/v1/events/{event}/registrations");
    let bare = scene.member.act(&path).await.expect(201).body;
    let empty = scene.outsider.post(&path, &json!({})).await.expect(201).body;
    let nulls = json!({"party_size": null, "user_id": null});
    let nulls = scene.owner.post(&path, &nulls).await.expect(201).body;
    for (registration, person) in [(bare, &scene.member), (empty, &scene.outsider), (nulls, &scene.owner)] {
        assert_eq!((&registration["party_size"], &registration["user_id"]), (&json!(1), &json!(person.id)));
    }
}

#[tokio::test]
async fn nobody_registers_without_signing_in() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let path = format!("/api/v1/events/{event}/registrations");
    app.post(&path, &json!({})).await.expect_problem(401, "authentication_required");
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
}

#[tokio::test]
async fn staff_register_others() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let for_other = json!({"party_size": 3, "user_id": scene.outsider.id});
    let registration = claim(&scene.coach, &event, for_other).await.expect(201).body;
    assert_eq!(registration["user_id"], json!(scene.outsider.id));
    // It is theirs, as if they had come themselves.
    assert_eq!(look(&scene.outsider, &registration).await, registration);
    claim(&scene.outsider, &event, json!({})).await.expect_problem(409, "already_registered");
    let given_up = give_up(&scene.outsider, &registration).await.expect(200).body;
    assert_eq!(given_up["decisions"][1]["reason"], "cancelled_by_person");
}

#[tokio::test]
async fn members_register_nobody_but_themselves() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    for person in [&scene.member, &scene.outsider] {
        let answer = claim(person, &event, json!({"user_id": scene.coach.id})).await;
        answer.expect_problem(403, "role_required");
    }
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    // Saying who one is, is no more than registering.
    claim(&scene.member, &event, json!({"user_id": scene.member.id})).await.expect(201);
}

#[tokio::test]
async fn somebody_who_is_not_there_is_not_registered() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let unknown = json!({"user_id": "01948b0f-0000-7000-8000-000000000000"});
    let answer = claim(&scene.coach, &event, unknown).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_value",
      "detail": "the request has 1 invalid value",
      "errors": [
        {
          "detail": "must be an existing account",
          "pointer": "/user_id"
        }
      ],
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_value"
    }
    "#);
    let both_wrong = json!({"user_id": "somebody", "party_size": 0});
    let answer = claim(&scene.coach, &event, both_wrong).await.expect_problem(422, "invalid_value");
    insta::assert_json_snapshot!(answer.body["errors"], @r#"
    [
      {
        "detail": "must be 1 to 100 seats",
        "pointer": "/party_size"
      },
      {
        "detail": "must be a UUID",
        "pointer": "/user_id"
      }
    ]
    "#);
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
}

#[tokio::test]
async fn a_party_is_1_to_100_people() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(500).await;
    for bad in [json!(0), json!(101), json!(-1), json!(65_537), json!(1e9)] {
        let answer = claim(&scene.member, &event, json!({"party_size": bad})).await;
        let problem = answer.expect_problem(422, "invalid_value").body;
        let wanted = json!([{"pointer": "/party_size", "detail": "must be 1 to 100 seats"}]);
        assert_eq!(problem["errors"], wanted, "{bad}");
    }
    for no_number in [json!("2"), json!(1.5), json!([1]), json!(true)] {
        let answer = claim(&scene.member, &event, json!({"party_size": no_number})).await;
        let problem = answer.expect_problem(400, "invalid_body").body;
        assert_eq!(problem["errors"][0]["pointer"], "/party_size", "{no_number}");
    }
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    register(&scene.member, &event, 100).await;
    register(&scene.outsider, &event, 1).await;
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_named() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let answer = claim(&scene.member, &event, json!({"seats": 2})).await.expect_problem(400, "invalid_body");
    assert_eq!(answer.body["errors"][0]["pointer"], "/seats");
    let path = format!("/api/v1/events/{event}/registrations");
    let list = scene.member.request(Method::POST, &path).json(&json!([2]));
    Answer::of(list).await.expect_problem(400, "invalid_body");
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
}
