//! Many requests at the same moment, to two nodes over one PostgreSQL database

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::scene::{Scene, register};
use crate::support::steps::{announced, claim, claim_keyed, crowd, give_up, look, seats};
use crate::support::{Person, TestApp};

const CROWD: u64 = 32;
const SEATS: u32 = 10;

/// The crowd, every second of whom talks to the other node.
async fn spread(app: &TestApp, other: &TestApp) -> Vec<Person> {
    let people = crowd(app, usize::try_from(CROWD).unwrap()).await;
    let node = |n: usize| if n.is_multiple_of(2) { app } else { other };
    people.iter().enumerate().map(|(n, person)| person.at(node(n))).collect()
}

fn number(registration: &Value, field: &str) -> u64 {
    registration[field].as_u64().unwrap()
}

#[tokio::test]
async fn concurrent_claims_are_given_every_seat_once_and_every_number_once() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(SEATS).await;
    let people = spread(&app, &other).await;
    let answers = join_all(people.iter().map(|person| claim(person, &event, json!({})))).await;
    let registrations: Vec<_> = answers.into_iter().map(|answer| answer.expect(201).body).collect();

    let numbers: BTreeSet<_> = registrations.iter().map(|of| number(of, "queue_number")).collect();
    assert_eq!(numbers, (1..=CROWD).collect());
    for registration in &registrations {
        let place = number(registration, "queue_number");
        let confirmed = place <= u64::from(SEATS);
        assert_eq!(registration["status"], if confirmed { "confirmed" } else { "waitlisted" });
        let position = (!confirmed).then(|| place - u64::from(SEATS));
        assert_eq!(registration["waitlist_position"].as_u64(), position);
    }
    assert_eq!(seats(&scene.coach, &event).await, (SEATS.into(), CROWD - u64::from(SEATS)));
}

#[tokio::test]
async fn concurrent_cancellations_promote_as_many_as_they_free() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(SEATS).await;
    let people = spread(&app, &other).await;
    let mut registrations = Vec::new();
    for person in &people {
        registrations.push(register(person, &event, 1).await);
    }
    // Everybody with a seat gives it up, and says so twice.
    let with_seats = || people.iter().zip(&registrations).take(SEATS as usize);
    let twice = with_seats().chain(with_seats());
    let answers = join_all(twice.map(|(person, registration)| give_up(person, registration))).await;
    for answer in answers {
        answer.expect(200);
    }
    assert_eq!(seats(&scene.coach, &event).await, (SEATS.into(), CROWD - 2 * u64::from(SEATS)));
    for registration in &registrations {
        let place = number(registration, "queue_number");
        let wanted = match place {
            1..=10 => "cancelled",
            11..=20 => "confirmed",
            _ => "waitlisted",
        };
        assert_eq!(look(&scene.coach, registration).await["status"], wanted, "number {place}");
    }
    let kinds: Vec<_> =
        announced(&app).await.iter().map(spotter_domain::domain_event::DomainEvent::kind).collect();
    for kind in ["registration_cancelled", "registration_promoted"] {
        assert_eq!(kinds.iter().filter(|told| **told == kind).count(), SEATS as usize, "{kind}");
    }
}

#[tokio::test]
async fn concurrent_requests_under_one_key_have_one_effect() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(SEATS).await;
    let (here, there) = (&scene.member, scene.member.at(&other));
    let sent = (0..CROWD).map(|n| {
        let person = if n.is_multiple_of(2) { here } else { &there };
        claim_keyed(person, &event, json!({"party_size": 2}), "k")
    });
    let answers = join_all(sent).await;
    let (done, waiting): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert!(!done.is_empty());
    assert!(done.iter().all(|answer| answer.bytes == done[0].bytes));
    for answer in waiting {
        assert_eq!((answer.status, answer.text("code")), (409, "idempotency_key_in_flight"));
    }
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
}

#[tokio::test]
async fn concurrent_claims_of_one_person_are_one_registration() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(SEATS).await;
    let (here, there) = (&scene.member, scene.member.at(&other));
    let sent = (0..CROWD).map(|n| claim(if n.is_multiple_of(2) { here } else { &there }, &event, json!({})));
    let (done, refused): (Vec<_>, Vec<_>) =
        join_all(sent).await.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(done.len(), 1);
    for answer in refused {
        answer.expect_problem(409, "already_registered");
    }
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
}
