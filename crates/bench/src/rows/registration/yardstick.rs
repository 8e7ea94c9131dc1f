//! The yardstick: one statement a registration, by `pgbench`, which ends as Spotter's way does.

use std::time::Duration;

use anyhow::ensure;
use sea_orm::DbBackend;

use super::{Ids, Scene};
use crate::rows::Findings;
use crate::stage::{Database, Script};

/// A script on a copy of the database.
#[derive(Debug)]
pub(crate) struct Yardstick {
    database: Database,
    scene: Scene,
    script: Script,
    turns: u64,
    transactions: u64,
}

impl Yardstick {
    /// # Errors
    ///
    /// When this machine has no `pgbench`, or the database can't be prepared.
    pub(crate) async fn prepare(database: Database, scene: Scene) -> anyhow::Result<Self> {
        database.execute("CREATE SEQUENCE yardstick_person MINVALUE 0").await?;
        database.execute("CHECKPOINT").await?;
        let script = Script::new(&script())?;
        Ok(Self { database, scene, script, turns: 0, transactions: 0 })
    }

    /// Registers for that long. Answers how many registrations a second that were.
    ///
    /// # Errors
    ///
    /// When a registration fails.
    pub(crate) async fn run(&mut self, connections: usize, time: Duration) -> anyhow::Result<f64> {
        ensure!(self.turns < self.scene.turns, "there are no events for another turn");
        self.database.execute("ALTER SEQUENCE yardstick_person RESTART").await?;
        let events = self.scene.events_of(self.turns);
        let variables = [("first", events.start), ("last", events.end - 1), ("turn", self.turns)];
        self.turns += 1;
        let turn = self.script.run(self.database.url(), connections, time, &variables).await?;
        self.transactions += turn.transactions;
        Ok(turn.per_second)
    }

    /// At how many connections it does most.
    ///
    /// # Errors
    ///
    /// When a registration fails.
    pub(crate) async fn best_of(&mut self, choices: &[usize], time: Duration) -> anyhow::Result<usize> {
        let mut best = (1, 0.0);
        for connections in choices {
            let per_second = self.run(*connections, time).await?;
            if per_second > best.1 {
                best = (*connections, per_second);
            }
        }
        Ok(best.0)
    }

    /// Whether it did what it says: a yardstick that is too short makes everything look tall.
    ///
    /// # Errors
    ///
    /// When the database can't be asked.
    pub(crate) async fn check(&self, findings: &mut Findings) -> anyhow::Result<()> {
        let first = Ids::EVENTS.literal(DbBackend::Postgres, 0);
        let last = Ids::EVENTS.literal(DbBackend::Postgres, u64::from(u32::MAX));
        let counted = format!(
            "SELECT (SELECT COUNT(*) FROM registrations WHERE event_id BETWEEN {first} AND {last}) AS registered, \
             (SELECT COUNT(*) FROM outbox WHERE aggregate_id BETWEEN {first} AND {last}) AS announced, \
             (SELECT CAST(SUM(confirmed + waitlisted) AS bigint) FROM events \
              WHERE id BETWEEN {first} AND {last}) AS seats, \
             (SELECT COUNT(*) FROM events e WHERE id BETWEEN {first} AND {last} AND confirmed <> (SELECT COUNT(*) \
              FROM registrations r WHERE r.club_id = e.club_id AND r.event_id = e.id AND r.status = 'confirmed')) AS wrong"
        );
        let rows = self.database.rows(&counted).await?;
        for what in ["registered", "announced", "seats"] {
            let count: i64 = rows[0].try_get("", what)?;
            findings.equal(&format!("the yardstick: {what}"), &count.unsigned_abs(), &self.transactions);
        }
        findings.equal("the yardstick: events miscounted", &rows[0].try_get::<i64>("", "wrong")?, &0);
        Ok(())
    }
}

/// Ids of registrations come after those before them, as Spotter's do.
fn script() -> String {
    let club = Ids::CLUBS.literal(DbBackend::Postgres, 1);
    let event = Ids::EVENTS.expression(DbBackend::Postgres, ":event::bigint");
    let account = Ids::ACCOUNTS.expression(DbBackend::Postgres, "person");
    let id =
        "(lpad(to_hex(:turn::bigint), 8, '0') || lpad(to_hex(person), 8, '0') || '8000000000000000')::uuid";
    format!(
        "\\set event random(:first, :last)\n\
         WITH comer AS (SELECT nextval('yardstick_person') AS person), \
         counted AS (UPDATE events SET confirmed = confirmed + (confirmed < capacity)::int, \
         waitlisted = waitlisted + (confirmed >= capacity)::int, next_queue_number = next_queue_number + 1 \
         WHERE club_id = {club} AND id = {event} \
         RETURNING club_id, id, next_queue_number - 1 AS number, \
         CASE WHEN waitlisted > 0 THEN 'waitlisted' ELSE 'confirmed' END AS status), \
         registered AS (INSERT INTO registrations (club_id, id, event_id, account_id, party_size, status, \
         queue_number, passes, registered_at) \
         SELECT club_id, {id}, id, {account}, 1, status, number, 0, now() FROM counted, comer RETURNING *) \
         INSERT INTO outbox (id, kind, payload, club_id, aggregate_id, created_at, next_attempt_at) \
         SELECT id, 'registration_' || status, jsonb_build_object('kind', 'registration_' || status, \
         'club', club_id, 'event', event_id, 'registration', id, 'account', account_id, \
         'party_size', party_size, 'queue_number', queue_number), club_id, event_id, now(), now() \
         FROM registered;\n"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_registration_is_one_statement() {
        let script = super::script();
        assert_eq!(script.lines().count(), 2, "{script}");
        assert_eq!(script.matches("INSERT INTO").count(), 2);
        assert_eq!(script.matches("UPDATE events").count(), 1);
    }
}
