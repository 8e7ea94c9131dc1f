//! The order in which the database let the transactions of an event have their turns.
//!
//! Neither the time of a decision nor its identifier tells it: the one is read before the event's lock is had, the
//! other is made by one node of several. So the database itself writes it down, under the lock.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use crate::support::rows::{self, get};

/// Writes a line whenever an event changes and whenever something is decided. The lines of a transaction that is
/// undone go with it.
const WRITE_DOWN: &str = "
    CREATE SCHEMA chaos;
    CREATE TABLE chaos.turns (
        place bigserial PRIMARY KEY,
        transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
        event uuid NOT NULL,
        decision uuid,
        capacity int, confirmed int, waitlisted int, next_number bigint, version int
    );
    CREATE INDEX ON chaos.turns (event, place);
    CREATE FUNCTION chaos.changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO chaos.turns (event, capacity, confirmed, waitlisted, next_number, version) VALUES
            (NEW.id, NEW.capacity, NEW.confirmed, NEW.waitlisted, NEW.next_queue_number, NEW.version);
        RETURN NULL;
    END $$;
    CREATE FUNCTION chaos.decided() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO chaos.turns (event, decision)
            SELECT r.event_id, NEW.id FROM public.registrations r WHERE r.id = NEW.registration_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER changed AFTER INSERT OR UPDATE ON public.events
        FOR EACH ROW EXECUTE FUNCTION chaos.changed();
    CREATE TRIGGER decided AFTER INSERT ON public.registration_decisions
        FOR EACH ROW EXECUTE FUNCTION chaos.decided()";

/// What one transaction did to one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn {
    /// The event as the transaction left it, if it wrote it.
    pub(crate) roster: Option<Counters>,
    /// What it decided, in its own order.
    pub(crate) lines: Vec<Decided>,
}

/// What an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counters {
    pub(crate) capacity: i32,
    pub(crate) confirmed: i32,
    pub(crate) waitlisted: i32,
    pub(crate) next_number: i64,
    pub(crate) version: i32,
}

/// A line of a decision log, and whose.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) id: Uuid,
    pub(crate) number: i64,
    pub(crate) account: Uuid,
    pub(crate) party: i32,
    pub(crate) outcome: String,
    pub(crate) reason: Value,
}

/// Has the database write the order down, from now on.
pub(crate) async fn write_down(database_url: &str) {
    let database = rows::connect(database_url).await;
    database.execute_unprepared(WRITE_DOWN).await.unwrap();
    database.close().await.unwrap();
}

/// The turns of an event in their order. The first one made the event.
pub(crate) async fn of(database: &impl ConnectionTrait, event: &str) -> Vec<Turn> {
    let sql = format!(
        "SELECT t.transaction::text AS transaction, t.decision, t.capacity, t.confirmed, t.waitlisted, \
         t.next_number, t.version, r.queue_number, r.account_id, r.party_size, d.outcome, \
         d.reason::text AS reason FROM chaos.turns t \
         LEFT JOIN registration_decisions d ON d.id = t.decision \
         LEFT JOIN registrations r ON r.id = d.registration_id \
         WHERE t.event = '{event}' ORDER BY t.place"
    );
    let (mut turns, mut before, mut seen) = (Vec::<Turn>::new(), String::new(), HashSet::new());
    for row in &rows::all(database, &sql).await {
        let transaction: String = get(row, "transaction");
        if transaction != before {
            assert!(seen.insert(transaction.clone()), "two transactions had the same event at the same time");
            turns.push(Turn::default());
            before = transaction;
        }
        let turn = turns.last_mut().unwrap();
        match get::<Option<Uuid>>(row, "decision") {
            Some(id) => turn.lines.push(Decided::read(id, row)),
            None => turn.roster = Some(Counters::read(row)),
        }
    }
    for turn in &mut turns {
        // Identifiers of one node grow.
        turn.lines.sort_by_key(|line| line.id);
    }
    turns
}

impl Counters {
    fn read(row: &QueryResult) -> Self {
        Self {
            capacity: get(row, "capacity"),
            confirmed: get(row, "confirmed"),
            waitlisted: get(row, "waitlisted"),
            next_number: get(row, "next_number"),
            version: get(row, "version"),
        }
    }
}

impl Decided {
    fn read(id: Uuid, row: &QueryResult) -> Self {
        Self {
            id,
            number: get(row, "queue_number"),
            account: get(row, "account_id"),
            party: get(row, "party_size"),
            outcome: get(row, "outcome"),
            reason: serde_json::from_str(&get::<String>(row, "reason")).unwrap(),
        }
    }
}
