//! The rows that a database has of one event.

use std::collections::HashMap;

use sea_orm::{DatabaseConnection, DbBackend};
use serde_json::Value;
use uuid::Uuid;

use crate::support::rows::{self, get};

/// A registration as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Uuid,
    pub(crate) account: Uuid,
    pub(crate) party: i32,
    pub(crate) status: String,
    pub(crate) number: i64,
    pub(crate) passes: i32,
    /// The lines of its log in their order.
    pub(crate) log: Vec<Line>,
}

/// A line of a decision log.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) outcome: String,
    pub(crate) reason: Value,
}

/// An announcement.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) kind: String,
    pub(crate) payload: Value,
}

/// Everything.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) capacity: i32,
    pub(crate) confirmed: i32,
    pub(crate) waitlisted: i32,
    pub(crate) next_number: i64,
    pub(crate) pass_limit: i32,
    /// In the order of their queue numbers.
    pub(crate) entries: Vec<Entry>,
    pub(crate) messages: Vec<Message>,
}

impl Books {
    /// Of the only event of a database.
    pub(crate) async fn read(url: &str) -> Self {
        let database = rows::connect(url).await;
        let events = rows::all(&database, "SELECT id FROM events").await;
        let [event] = events.as_slice() else { panic!("not one event: {events:?}") };
        let books = Self::of(&database, get(event, "id")).await;
        database.close().await.unwrap();
        books
    }

    /// Of one event of several.
    pub(crate) async fn of(database: &DatabaseConnection, event: Uuid) -> Self {
        let name = match database.get_database_backend() {
            DbBackend::Sqlite => format!("x'{}'", event.simple()),
            _ => format!("'{event}'"),
        };
        let counters = rows::all(
            database,
            &format!(
                "SELECT e.capacity, e.confirmed, e.waitlisted, e.next_queue_number, c.pass_limit \
                 FROM events e JOIN clubs c ON c.id = e.club_id WHERE e.id = {name}"
            ),
        )
        .await;
        let counters = &counters[0];
        let outbox = rows::all(
            database,
            &format!(
                "SELECT kind, CAST(payload AS TEXT) AS payload FROM outbox WHERE payload ->> 'event' = '{event}'"
            ),
        )
        .await;
        let messages = outbox
            .iter()
            .map(|row| Message { kind: get(row, "kind"), payload: json(&get::<String>(row, "payload")) });
        Self {
            capacity: get(counters, "capacity"),
            confirmed: get(counters, "confirmed"),
            waitlisted: get(counters, "waitlisted"),
            next_number: get(counters, "next_queue_number"),
            pass_limit: get(counters, "pass_limit"),
            entries: entries(database, &name).await,
            messages: messages.collect(),
        }
    }

    /// The entries of that status, in the order of their numbers.
    pub(crate) fn of_status<'a>(&'a self, status: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.status == status)
    }

    /// The seats of the entries of that status.
    pub(crate) fn seats(&self, status: &str) -> i32 {
        self.of_status(status).map(|entry| entry.party).sum()
    }

    /// How things stand, in one line.
    pub(crate) fn summary(&self) -> String {
        let count = |status| self.of_status(status).count();
        let outcome = |outcome| self.entries.iter().map(|entry| entry.lines(outcome).count()).sum::<usize>();
        format!(
            "{} of {} seats taken; {} registrations: {} confirmed, {} waitlisted, {} cancelled; \
             {} promotions, {} passes, {} passed as often as may be",
            self.confirmed,
            self.capacity,
            self.entries.len(),
            count("confirmed"),
            count("waitlisted"),
            count("cancelled"),
            outcome("promoted"),
            outcome("passed_over"),
            self.entries.iter().filter(|entry| entry.passes == self.pass_limit).count(),
        )
    }
}

impl Entry {
    /// The lines of its log with that outcome.
    pub(crate) fn lines<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Line> {
        self.log.iter().filter(move |line| line.outcome == outcome)
    }

    pub(crate) fn has(&self, outcome: &str) -> bool {
        self.lines(outcome).next().is_some()
    }

    /// Whether it ever had seats.
    pub(crate) fn was_seated(&self) -> bool {
        self.has("confirmed") || self.has("promoted")
    }
}

/// The registrations of an event, in the order of their numbers, each with its log.
async fn entries(database: &DatabaseConnection, event: &str) -> Vec<Entry> {
    let decisions = rows::all(
        database,
        &format!(
            "SELECT registration_id, outcome, CAST(reason AS TEXT) AS reason FROM registration_decisions \
             WHERE registration_id IN (SELECT id FROM registrations WHERE event_id = {event}) ORDER BY id"
        ),
    )
    .await;
    let mut logs: HashMap<Uuid, Vec<Line>> = HashMap::new();
    for row in &decisions {
        let line = Line { outcome: get(row, "outcome"), reason: json(&get::<String>(row, "reason")) };
        logs.entry(get(row, "registration_id")).or_default().push(line);
    }
    let sql = format!("SELECT * FROM registrations WHERE event_id = {event} ORDER BY queue_number");
    let entries = rows::all(database, &sql).await;
    let entries = entries.iter().map(|row| Entry {
        id: get(row, "id"),
        account: get(row, "account_id"),
        party: get(row, "party_size"),
        status: get(row, "status"),
        number: get(row, "queue_number"),
        passes: get(row, "passes"),
        log: logs.remove(&get(row, "id")).unwrap_or_default(),
    });
    entries.collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
