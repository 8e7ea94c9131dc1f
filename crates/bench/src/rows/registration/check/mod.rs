//! Whether everybody who was told so is registered, once, as they were told, and nobody else.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use uuid::Uuid;

use super::load::{Acknowledged, Turn};
use super::{Ids, Scene};
use crate::rows::Findings;
use crate::stage::Database;

/// A registration as it is stored, but for its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stored {
    event: Option<u64>,
    person: Option<u64>,
    number: u64,
    waits: bool,
}

/// Holds the turns against the database.
///
/// # Errors
///
/// When it can't be asked.
pub(crate) async fn everything(
    findings: &mut Findings,
    database: &Database,
    scene: &Scene,
    turns: &[Turn],
) -> anyhow::Result<()> {
    for turn in turns {
        let (events, told) = (scene.events_of(turn.number), &turn.acknowledged);
        let range = |column: &str| {
            let literal = |number| Ids::EVENTS.literal(database.backend(), number);
            format!("{column} BETWEEN {} AND {}", literal(events.start), literal(events.end - 1))
        };
        let mut stored = registrations(database, &range("event_id")).await?;
        let ids: Vec<Uuid> = stored.keys().copied().collect();
        queues(findings, scene, &events, &stored);
        seats(findings, database, &range("id"), &stored).await?;
        for Acknowledged { id, event, person, number, waits } in told {
            let wanted =
                Stored { event: Some(*event), person: Some(*person), number: *number, waits: *waits };
            findings.equal("a registration that somebody was told of", &stored.remove(id), &Some(wanted));
        }
        findings.equal("registrations that nobody was told of", &stored.len(), &0);
        let waits: HashMap<Uuid, bool> = told.iter().map(|told| (told.id, told.waits)).collect();
        let announced = announcements(database, &range("aggregate_id")).await?;
        let decided = decisions(database, &range("r.event_id")).await?;
        for (what, rows) in [("the outbox", announced), ("the decision log", decided)] {
            let count = once_each(findings, what, rows, &waits);
            findings.equal(&format!("registrations in {what}"), &count, &ids.len());
        }
    }
    Ok(())
}

/// Two turns of one program must not have been told of the same registration.
pub(crate) fn told_twice(findings: &mut Findings, turns: &[Turn]) {
    let mut ids: Vec<Uuid> =
        turns.iter().flat_map(|turn| turn.acknowledged.iter().map(|told| told.id)).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    findings.equal("ids that were told of", &ids.len(), &all);
}

async fn registrations(database: &Database, of: &str) -> anyhow::Result<HashMap<Uuid, Stored>> {
    let sql = format!("SELECT id, event_id, account_id, queue_number, status FROM registrations WHERE {of}");
    let mut stored = HashMap::new();
    for row in database.rows(&sql).await? {
        let number: i64 = row.try_get("", "queue_number")?;
        let status: String = row.try_get("", "status")?;
        let event = Ids::EVENTS.number(row.try_get("", "event_id")?);
        let person = Ids::ACCOUNTS.number(row.try_get("", "account_id")?);
        let registration =
            Stored { event, person, number: number.unsigned_abs(), waits: status != "confirmed" };
        stored.insert(row.try_get("", "id")?, registration);
    }
    Ok(stored)
}

/// Queue numbers have no gap, and the seats are theirs who came first.
fn queues(
    findings: &mut Findings,
    scene: &Scene,
    events: &std::ops::Range<u64>,
    stored: &HashMap<Uuid, Stored>,
) {
    let mut queues: HashMap<u64, Vec<(u64, bool)>> = HashMap::new();
    for registration in stored.values() {
        if let Some(event) = registration.event {
            queues.entry(event).or_default().push((registration.number, registration.waits));
        }
    }
    for event in events.clone() {
        let mut queue = queues.remove(&event).unwrap_or_default();
        queue.sort_unstable();
        let wanted = (1..=queue.len() as u64).map(|number| (number, number > scene.capacity));
        let wrong = queue.iter().zip(wanted).find(|(found, wanted)| *found != wanted);
        findings.equal(&format!("the queue of event {event} (number, waits)"), &wrong, &None);
    }
}

/// What events say about themselves is what is registered.
async fn seats(
    findings: &mut Findings,
    database: &Database,
    of: &str,
    stored: &HashMap<Uuid, Stored>,
) -> anyhow::Result<()> {
    let sql = format!("SELECT id, capacity, confirmed, waitlisted, next_queue_number FROM events WHERE {of}");
    let mut counts: HashMap<Option<u64>, (i64, i64)> = HashMap::new();
    for registration in stored.values() {
        let (confirmed, waits) = counts.entry(registration.event).or_default();
        *(if registration.waits { waits } else { confirmed }) += 1;
    }
    for row in database.rows(&sql).await? {
        let event = Ids::EVENTS.number(row.try_get("", "id")?);
        let (confirmed, waits) = counts.remove(&event).unwrap_or_default();
        let number = |column: &str| row.try_get::<i32>("", column).map(i64::from);
        let found =
            (number("confirmed")?, number("waitlisted")?, row.try_get::<i64>("", "next_queue_number")?);
        findings.equal("an event's counters", &found, &(confirmed, waits, confirmed + waits + 1));
        let seats = number("capacity")?.min(confirmed + waits);
        findings.equal("the confirmed seats of an event", &confirmed, &seats);
    }
    Ok(())
}

/// Of which registrations the outbox has something, and whether it says that they wait.
async fn announcements(database: &Database, of: &str) -> anyhow::Result<Vec<(Uuid, bool)>> {
    let sql = format!("SELECT payload ->> 'registration' AS registration, kind FROM outbox WHERE {of}");
    let mut announced = Vec::new();
    for row in database.rows(&sql).await? {
        let (id, kind): (String, String) = (row.try_get("", "registration")?, row.try_get("", "kind")?);
        announced.push((id.parse()?, kind != "registration_confirmed"));
    }
    Ok(announced)
}

/// Of which registrations the decision log has something, and whether it says that they wait.
async fn decisions(database: &Database, of: &str) -> anyhow::Result<Vec<(Uuid, bool)>> {
    let sql = format!(
        "SELECT d.registration_id AS registration, d.outcome AS outcome FROM registration_decisions d \
         JOIN registrations r ON r.club_id = d.club_id AND r.id = d.registration_id WHERE {of}"
    );
    let mut decided = Vec::new();
    for row in database.rows(&sql).await? {
        let (id, outcome): (Uuid, String) = (row.try_get("", "registration")?, row.try_get("", "outcome")?);
        decided.push((id, outcome != "confirmed"));
    }
    Ok(decided)
}

/// How many registrations are told of in a place, if none is twice and each is told of rightly.
fn once_each(
    findings: &mut Findings,
    place: &str,
    rows: Vec<(Uuid, bool)>,
    wanted: &HashMap<Uuid, bool>,
) -> usize {
    let mut seen: HashMap<Uuid, bool> = HashMap::new();
    for (id, waits) in rows {
        findings.equal(&format!("whether {id} waits, in {place}"), &Some(&waits), &wanted.get(&id));
        if seen.insert(id, waits).is_some() {
            findings.note(format!("{id} is in {place} twice"));
        }
    }
    seen.len()
}
