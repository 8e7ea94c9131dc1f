//! Registering under an `Idempotency-Key`: one effect and one answer (rule R10)

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use spotter_domain::vault::AccessClaims;

use crate::support::scene::{Scene, register};
use crate::support::steps::{account_id, announced, claim, claim_keyed, crowd, give_up, id, log, seats};
use crate::support::{Answer, TestApp};

/// What is the same in two answers that are the same.
fn essence(answer: &Answer) -> (u16, &[u8], &str, &str) {
    (answer.status, &answer.bytes, answer.header("location"), answer.header("etag"))
}

#[tokio::test]
async fn the_same_request_has_one_effect_and_one_answer_to_the_byte() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let body = json!({"party_size": 1});
    let first = claim_keyed(&scene.member, &event, body.clone(), "k").await.expect(201);
    assert_eq!(first.body["waitlist_position"], 1);
    let before = announced(&app).await;
    let again = claim_keyed(&scene.member, &event, body.clone(), "k").await;
    assert_eq!(essence(&again), essence(&first));
    assert_eq!(announced(&app).await, before);
    // It is the answer of then, whatever has become of it since.
    give_up(&scene.coach, &seated).await.expect(200);
    app.clock.advance(Duration::from_hours(2));
    assert_eq!(essence(&claim_keyed(&scene.member, &event, body, "k").await), essence(&first));
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
}

#[tokio::test]
async fn a_refusal_stays_a_refusal_after_a_seat_became_free() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(1, json!({"waitlist": {"enabled": false}})).await;
    let seated = register(&scene.coach, &event, 1).await;
    let no = claim_keyed(&scene.member, &event, json!({}), "k").await.expect_problem(409, "waitlist_closed");
    give_up(&scene.coach, &seated).await.expect(200);
    let again = claim_keyed(&scene.member, &event, json!({}), "k").await;
    assert_eq!((again.status, again.redacted()), (409, no.redacted()));
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    claim_keyed(&scene.member, &event, json!({}), "another").await.expect(201);
}

#[tokio::test]
async fn a_key_is_good_for_one_request_alone() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let (event, other) = (scene.class(5).await, scene.class(5).await);
    claim_keyed(&scene.member, &event, json!({"party_size": 1}), "k").await.expect(201);
    let answer = claim_keyed(&scene.member, &event, json!({"party_size": 2}), "k").await.expect(422);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "idempotency_key_reused",
      "detail": "the idempotency key was used for another request",
      "status": 422,
      "title": "Unprocessable Entity",
      "trace_id": "[trace_id]",
      "type": "/problems/idempotency_key_reused"
    }
    "#);
    let elsewhere = claim_keyed(&scene.member, &other, json!({"party_size": 1}), "k").await;
    elsewhere.expect_problem(422, "idempotency_key_reused");
    assert_eq!((seats(&scene.coach, &event).await, seats(&scene.coach, &other).await), ((1, 0), (0, 0)));
}

#[tokio::test]
async fn everybody_has_keys_of_their_own() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let one = claim_keyed(&scene.member, &event, json!({}), "k").await.expect(201).body;
    let other = claim_keyed(&scene.outsider, &event, json!({}), "k").await.expect(201).body;
    assert_eq!((&one["user_id"], &other["user_id"]), (&json!(scene.member.id), &json!(scene.outsider.id)));
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
}

#[tokio::test]
async fn what_never_was_a_request_uses_no_key_up() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    claim_keyed(&scene.member, &event, json!({"party_size": 0}), "k").await.expect(422);
    claim_keyed(&scene.member, &event, json!({"colour": "red"}), "k").await.expect(400);
    claim_keyed(&scene.member, &event, json!({"party_size": 1}), "k").await.expect(201);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let app = TestApp::memory().await;
    let mut scene = Scene::open(&app).await;
    let later = json!({"starts_at": "2027-01-08T13:00:00Z", "ends_at": "2027-01-08T14:00:00Z"});
    let event = scene.class_with(5, later).await;
    let first = claim_keyed(&scene.member, &event, json!({}), "k").await.expect(201);
    let ports = app.spotter.ports();
    app.clock.advance(Duration::from_hours(24) - Duration::from_micros(1));
    let again = claim_keyed(&scene.member, &event, json!({}), "k").await;
    assert_eq!(essence(&again), essence(&first));
    app.clock.advance(Duration::from_micros(1));
    let account = account_id(&scene.member);
    let expires_at = ports.clock.now() + Duration::from_hours(1);
    ports.tokens.issue(AccessClaims { account, expires_at }).expose().clone_into(&mut scene.member.token);
    let forgotten = claim_keyed(&scene.member, &event, json!({}), "k").await;
    forgotten.expect_problem(409, "already_registered");
}

#[tokio::test]
async fn many_at_once_under_one_key_have_one_effect() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let before = announced(&app).await.len();
    let sent = (0..24).map(|_| claim_keyed(&scene.member, &event, json!({"party_size": 2}), "k"));
    let answers = join_all(sent).await;
    let (done, waiting): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert!(!done.is_empty());
    assert!(done.iter().all(|answer| essence(answer) == essence(done[0])));
    for answer in waiting {
        assert_eq!((answer.status, answer.text("code")), (409, "idempotency_key_in_flight"));
    }
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
    assert_eq!(announced(&app).await.len(), before + 1);
    let last = claim_keyed(&scene.member, &event, json!({"party_size": 2}), "k").await;
    assert_eq!(essence(&last), essence(done[0]));
}

#[tokio::test]
async fn giving_up_under_a_key_is_answered_as_it_was() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let people = crowd(&app, 2).await;
    let seated = register(&people[0], &event, 1).await;
    let path = format!("/api/v1/registrations/{}/cancel", id(&seated));
    let cancel = async || {
        let request = people[0].request(reqwest::Method::POST, &path).header("Idempotency-Key", "k");
        Answer::of(request).await
    };
    let first = cancel().await.expect(200);
    let before = announced(&app).await;
    let anew = claim(&people[0], &event, json!({})).await.expect(201).body;
    assert_eq!(essence(&cancel().await), essence(&first));
    assert_eq!(log(&anew), [("confirmed", "seats_available")]);
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
    assert_eq!(announced(&app).await.len(), before.len() + 1);
}
