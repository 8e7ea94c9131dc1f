//! Callers who leave before they are answered

use std::net::{Shutdown, TcpStream};

use futures_util::FutureExt;
use reqwest::Method;
use serde_json::json;
use spotter_domain::registration::RegistrationStatus::Confirmed;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, numbers, until};
use crate::support::faults::At;
use crate::support::scene::Scene;
use crate::support::steps::{claim, seats};
use crate::support::{Answer, Person, TestApp, raw};

async fn who_leaves_before_their_batch_begins_is_not_registered(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 4, 10).await;
    let mut held = counter.faults.hold(At::Begin);
    let mut first = Box::pin(counter.register(0));
    assert!((&mut first).now_or_never().is_none());
    held.reached().await;
    let mut leaving = Box::pin(counter.register_keyed(1, "k", "a seat"));
    let mut staying = Box::pin(counter.register(2));
    assert!((&mut leaving).now_or_never().is_none() && (&mut staying).now_or_never().is_none());
    assert_eq!(counter.numbers().waiting, 2);
    drop(leaving);
    held.open();
    assert_eq!(first.await.unwrap().queue_number.get(), 1);
    assert_eq!(staying.await.unwrap().queue_number.get(), 2);
    assert_eq!(counter.numbers().left, 1);
    assert_eq!(counter.books().await, [(0, Confirmed), (2, Confirmed)]);
    // Their key is theirs again.
    assert_eq!(counter.register_keyed(1, "k", "a seat").await.unwrap().queue_number.get(), 3);
}

async fn who_leaves_while_their_batch_is_at_work_is_registered_and_learns_it_by_asking_again(over: Over) {
    for at in [At::Begin, At::Commit] {
        let counter = Counter::open(over, ONE_SHARD, 2, 10).await;
        let mut held = counter.faults.hold(at);
        let mut leaving = Box::pin(counter.register_keyed(0, "k", "a seat"));
        assert!((&mut leaving).now_or_never().is_none());
        held.reached().await;
        drop(leaving);
        held.open();
        until(|| counter.numbers().batch_size.count == 1).await;
        assert_eq!(counter.books().await, [(0, Confirmed)]);
        assert_eq!(counter.register_keyed(0, "k", "a seat").await.unwrap().queue_number.get(), 1);
        assert_eq!((counter.books().await.len(), counter.numbers().left), (1, 0));
    }
}

async fn a_batch_that_everybody_has_left_is_not_even_begun(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 6, 10).await;
    let mut held = counter.faults.hold(At::Begin);
    let mut first = Box::pin(counter.register(0));
    assert!((&mut first).now_or_never().is_none());
    held.reached().await;
    let mut leaving = Box::pin(counter.register_all(1..5));
    assert!((&mut leaving).now_or_never().is_none());
    drop(leaving);
    let begun = counter.faults.begun();
    held.open();
    first.await.unwrap();
    until(|| counter.numbers().left == 4).await;
    // The held one alone.
    assert_eq!(counter.faults.begun() - begun, 1);
    assert_eq!(counter.register(5).await.unwrap().queue_number.get(), 2);
}

/// Sends a claim and keeps the connection open without reading the answer.
fn send_claim(app: &TestApp, person: &Person, event: &str, key: &str) -> TcpStream {
    let head = format!(
        "POST /api/v1/events/{event}/registrations HTTP/1.1\r\nhost: spotter\r\nauthorization: Bearer {}\r\n\
         idempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}",
        person.token
    );
    raw::begin(app, head)
}

/// Waits until so many requests are being worked on, beside the one that asks.
async fn until_in_flight(operator: &Person, number: u64) {
    loop {
        let metrics = operator.get("/api/performance/metrics").await.expect(200);
        if metrics.body["requests"]["in_flight"] == json!(number + 1) {
            return;
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_closed_before_the_batch_begins_takes_its_order_along() {
    let (app, faults) = TestApp::with_desks(Over::Memory, ONE_SHARD).await;
    let scene = Scene::open(&app).await;
    let (event, operator) = (scene.class(5).await, app.operator("Ophelia").await);
    let path = format!("/api/v1/events/{event}/registrations");
    let mut held = faults.hold(At::Begin);
    let first = tokio::spawn(Answer::of(scene.member.request(Method::POST, &path).json(&json!({}))));
    held.reached().await;
    let connection = send_claim(&app, &scene.outsider, &event, "k");
    until(|| numbers(&app.spotter).waiting == 1).await;
    connection.shutdown(Shutdown::Both).unwrap();
    drop(connection);
    until_in_flight(&operator, 1).await;
    held.open();
    first.await.unwrap().expect(201);
    until(|| numbers(&app.spotter).waiting == 0).await;
    claim(&scene.coach, &event, json!({})).await.expect(201);
    assert_eq!(numbers(&app.spotter).left, 1);
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
}

#[tokio::test]
async fn a_connection_that_is_closed_while_the_batch_is_at_work_leaves_a_registration_behind() {
    let (app, faults) = TestApp::with_desks(Over::Memory, ONE_SHARD).await;
    let scene = Scene::open(&app).await;
    let (event, operator) = (scene.class(5).await, app.operator("Ophelia").await);
    let mut held = faults.hold(At::Begin);
    let connection = send_claim(&app, &scene.outsider, &event, "k");
    held.reached().await;
    drop(connection);
    until_in_flight(&operator, 0).await;
    held.open();
    until(|| numbers(&app.spotter).batch_size.count == 1).await;
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
    claim(&scene.outsider, &event, json!({})).await.expect_problem(409, "already_registered");
    let path = format!("/api/v1/events/{event}/registrations");
    let again = scene.outsider.request(Method::POST, &path).header("idempotency-key", "k").json(&json!({}));
    let again = Answer::of(again).await.expect(201);
    assert_eq!((&again.body["queue_number"], &again.body["status"]), (&json!(1), &json!("confirmed")));
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
}

on_each!(
    who_leaves_before_their_batch_begins_is_not_registered,
    who_leaves_while_their_batch_is_at_work_is_registered_and_learns_it_by_asking_again,
    a_batch_that_everybody_has_left_is_not_even_begun,
);
