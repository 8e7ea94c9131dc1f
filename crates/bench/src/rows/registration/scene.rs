//! A club with a past, a crowd, and events that nobody has registered for yet.

use std::ops::Range;

use sea_orm::DbBackend;
use uuid::Uuid;

use super::Ids;
use crate::stage::Database;

/// What the club is called in paths.
pub(crate) const CLUB: &str = "ironworks";

/// What the club has had before: so many events with so many registrations each. On tables without rows PostgreSQL
/// would plan, and keep planning, as for tables without rows.
const EARLIER_EVENTS: u64 = 400;
const EARLIER_REGISTRATIONS: u64 = 20;

/// What there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    /// How many people there are: at least as many as come to an event.
    pub(crate) people: u64,
    /// How many turns there may be, each with events of its own.
    pub(crate) turns: u64,
    /// How many events a turn has.
    pub(crate) events: u64,
    /// How many seats an event has.
    pub(crate) capacity: u64,
}

impl Scene {
    /// The numbers of the events of a turn.
    pub(crate) fn events_of(&self, turn: u64) -> Range<u64> {
        turn * self.events..(turn + 1) * self.events
    }

    /// The number of the event of a turn that somebody registers for: any of them, always the same.
    pub(crate) fn event_of(&self, turn: u64, person: u64) -> u64 {
        // The finisher of SplitMix64: neighbours go to events that have nothing to do with each other.
        let mixed = (person + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        turn * self.events + (mixed ^ (mixed >> 31)) % self.events
    }

    /// Everybody's account.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = Uuid> + use<> {
        (0..self.people).map(|person| Ids::ACCOUNTS.id(person))
    }

    /// Brings all of it about. Through HTTP that would take minutes.
    ///
    /// # Errors
    ///
    /// When the schema is not what it is taken for.
    pub(crate) async fn fill(&self, database: &Database) -> anyhow::Result<()> {
        for statement in self.statements(database.backend()) {
            database.execute(&statement).await?;
        }
        database.settle().await
    }

    fn statements(&self, backend: DbBackend) -> Vec<String> {
        const EVENT_COLUMNS: &str = "club_id, id, title, description, location, starts_at, ends_at, status, \
             published_at, waitlist_enabled, capacity, confirmed, waitlisted, next_queue_number, version, created_at";
        const TEXTS: &str = "'Strength and conditioning', 'Barbells, kettlebells and the rower, at your own pace; \
             bring a towel and something to drink.', 'Hall 2'";
        const THEN: &str = "'2026-01-05T08:00:00.000000+00:00'";
        let numbers = |count: u64| {
            format!("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})")
        };
        let club = Ids::CLUBS.literal(backend, 1);
        let (account, event) = (Ids::ACCOUNTS.expression(backend, "i"), Ids::EVENTS.expression(backend, "i"));
        let earlier = Ids::EARLIER_EVENTS.expression(backend, "i");
        let earlier_of = Ids::EARLIER_EVENTS.expression(backend, &format!("i / {EARLIER_REGISTRATIONS}"));
        let registration = Ids::EARLIER_REGISTRATIONS.expression(backend, "i");
        let comer = Ids::ACCOUNTS.expression(backend, &format!("i % {}", self.people));
        let json = if backend == DbBackend::Postgres { "jsonb" } else { "text" };
        let (events, registrations) = (self.turns * self.events, EARLIER_EVENTS * EARLIER_REGISTRATIONS);
        vec![
            format!(
                "{} INSERT INTO accounts (id, email, email_canonical, display_name, password_hash, units, week_start, \
                 is_operator, version, created_at) SELECT {account}, 'somebody' || i || '@ironworks.example', \
                 'somebody' || i || '@ironworks.example', 'Somebody', 'none', 'metric', 'monday', false, 1, {THEN} FROM n",
                numbers(self.people)
            ),
            format!(
                "INSERT INTO clubs (id, slug, name, time_zone, pass_limit, version, created_at) \
                 VALUES ({club}, '{CLUB}', 'Ironworks', 'Europe/Vienna', 3, 1, {THEN})"
            ),
            format!(
                "{} INSERT INTO events ({EVENT_COLUMNS}) SELECT {club}, {earlier}, {TEXTS}, \
                 '2026-02-02T17:00:00.000000+00:00', '2026-02-02T18:00:00.000000+00:00', 'published', {THEN}, true, \
                 {EARLIER_REGISTRATIONS}, {EARLIER_REGISTRATIONS}, 0, {EARLIER_REGISTRATIONS} + 1, 1, {THEN} FROM n",
                numbers(EARLIER_EVENTS)
            ),
            format!(
                "{} INSERT INTO registrations (club_id, id, event_id, account_id, party_size, status, queue_number, \
                 passes, registered_at) SELECT {club}, {registration}, {earlier_of}, {comer}, 1, 'attended', \
                 i % {EARLIER_REGISTRATIONS} + 1, 0, {THEN} FROM n",
                numbers(registrations)
            ),
            format!(
                "{} INSERT INTO registration_decisions (club_id, registration_id, id, at, outcome, reason) \
                 SELECT {club}, {registration}, {registration}, {THEN}, 'confirmed', \
                 CAST('{{\"code\":\"seats_available\",\"free\":1}}' AS {json}) FROM n",
                numbers(registrations)
            ),
            format!(
                "{} INSERT INTO outbox (id, kind, payload, club_id, aggregate_id, created_at, processed_at, \
                 next_attempt_at) SELECT {registration}, 'registration_confirmed', CAST('{{}}' AS {json}), {club}, \
                 {earlier_of}, {THEN}, {THEN}, {THEN} FROM n",
                numbers(registrations)
            ),
            format!(
                "{} INSERT INTO events ({EVENT_COLUMNS}) SELECT {club}, {event}, {TEXTS}, \
                 '2099-03-02T17:00:00.000000+00:00', '2099-03-02T18:00:00.000000+00:00', 'published', {THEN}, true, \
                 {}, 0, 0, 1, 1, {THEN} FROM n",
                numbers(events),
                self.capacity
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_goes_to_some_event_of_the_turn_and_all_are_gone_to() {
        let scene = Scene { people: 10_000, turns: 3, events: 100, capacity: 5 };
        let chosen: Vec<u64> = (0..scene.people).map(|person| scene.event_of(2, person)).collect();
        assert!(chosen.iter().all(|event| scene.events_of(2).contains(event)));
        for event in scene.events_of(2) {
            let comers = chosen.iter().filter(|chosen| **chosen == event).count();
            assert!((50..150).contains(&comers), "{comers} come to event {event}");
        }
    }
}
