//! The checks find what they are there for: each way of being wrong is brought about, and told.

use std::time::Duration;

use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::measure::Latencies;

const SCENE: Scene = Scene { people: 20, turns: 2, events: 1, capacity: 2 };

/// The event of the turn that is looked at.
const EVENT: u64 = 1;

/// Somebody's registration, as it was answered.
fn told(number: u64) -> Acknowledged {
    let (id, person) = (Uuid::from_u128(u128::from(number)), number);
    Acknowledged { id, event: EVENT, person, number, waits: number > SCENE.capacity }
}

fn turn() -> Turn {
    let mut latencies = Latencies::new().unwrap();
    latencies.note(Duration::from_millis(1));
    Turn { number: EVENT, per_second: 3.0, latencies, acknowledged: (1..=3).map(told).collect() }
}

/// What Spotter writes of one registration.
fn written(number: u64) -> Vec<String> {
    let sqlite = sea_orm::DbBackend::Sqlite;
    let literal = |ids: Ids, number| ids.literal(sqlite, number);
    let (club, event) = (literal(Ids::CLUBS, 1), literal(Ids::EVENTS, EVENT));
    let (account, id) = (literal(Ids::ACCOUNTS, number), Uuid::from_u128(u128::from(number)));
    let (hex, status) = (id.simple(), if told(number).waits { "waitlisted" } else { "confirmed" });
    vec![
        format!(
            "INSERT INTO registrations (club_id, id, event_id, account_id, party_size, status, queue_number, passes, \
             registered_at) VALUES ({club}, x'{hex}', {event}, {account}, 1, '{status}', {number}, 0, 'now')"
        ),
        format!(
            "INSERT INTO outbox (id, kind, payload, club_id, aggregate_id, created_at, next_attempt_at) VALUES \
             (x'{hex}', 'registration_{status}', '{{\"registration\":\"{id}\"}}', {club}, {event}, 'now', 'now')"
        ),
        format!(
            "INSERT INTO registration_decisions (club_id, registration_id, id, at, outcome, reason) VALUES \
             ({club}, x'{hex}', x'{hex}', 'now', '{status}', '{{}}')"
        ),
    ]
}

/// What the checks say of three registrations, after something was done to the database.
async fn wrong_after(damage: &str) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("spotter.db").display());
    let database = Database::prepare(url).await.unwrap();
    SCENE.fill(&database).await.unwrap();
    for statement in (1..=3).flat_map(written) {
        database.execute(&statement).await.unwrap();
    }
    let event = Ids::EVENTS.literal(sea_orm::DbBackend::Sqlite, EVENT);
    let counted =
        format!("UPDATE events SET confirmed = 2, waitlisted = 1, next_queue_number = 4 WHERE id = {event}");
    database.execute(&counted).await.unwrap();
    database.execute(damage).await.unwrap();
    let mut findings = Findings::default();
    everything(&mut findings, &database, &SCENE, &[turn()]).await.unwrap();
    findings.wrong
}

#[tokio::test]
async fn what_is_as_it_was_told_is_not_wrong() {
    assert_eq!(wrong_after("SELECT 1").await, Vec::<String>::new());
}

#[tokio::test]
async fn every_damage_is_told() {
    let third = "x'00000000000000000000000000000003'";
    let stranger = written(4).swap_remove(0);
    let again = written(3).swap_remove(1).replace("(x'00000000000000000000000000000003'", "(x'09'");
    let damages = [
        (stranger.as_str(), "nobody was told of"),
        ("DELETE FROM outbox WHERE kind = 'registration_waitlisted'", "in the outbox: 2 instead of 3"),
        (again.as_str(), "in the outbox twice"),
        (
            &format!("DELETE FROM registration_decisions WHERE id = {third}"),
            "in the decision log: 2 instead of 3",
        ),
        (
            &format!("UPDATE registration_decisions SET outcome = 'confirmed' WHERE id = {third}"),
            "decision log",
        ),
        (&format!("UPDATE registrations SET queue_number = 7 WHERE id = {third}"), "the queue of event 1"),
        (
            &format!("UPDATE registrations SET queue_number = 7 WHERE id = {third}"),
            "that somebody was told of",
        ),
        (&format!("UPDATE registrations SET status = 'confirmed' WHERE id = {third}"), "the confirmed seats"),
        ("UPDATE events SET confirmed = 1 WHERE confirmed = 2", "an event's counters"),
    ];
    for (damage, told) in damages {
        let wrong = wrong_after(damage).await;
        assert!(wrong.iter().any(|wrong| wrong.contains(told)), "{damage}: {wrong:#?}");
    }
}

#[tokio::test]
async fn a_registration_that_is_gone_is_told() {
    // Without what refers to it.
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("spotter.db").display());
    let database = Database::prepare(url).await.unwrap();
    SCENE.fill(&database).await.unwrap();
    let mut findings = Findings::default();
    everything(&mut findings, &database, &SCENE, &[turn()]).await.unwrap();
    let told = "a registration that somebody was told of: None instead of Some";
    assert_eq!(
        findings.wrong.iter().filter(|wrong| wrong.contains(told)).count(),
        3,
        "{:#?}",
        findings.wrong
    );
}

#[test]
fn an_id_that_is_told_of_twice_is_told() {
    let mut findings = Findings::default();
    told_twice(&mut findings, &[turn(), turn()]);
    assert_eq!(findings.wrong, ["ids that were told of: 3 instead of 6"]);
}
