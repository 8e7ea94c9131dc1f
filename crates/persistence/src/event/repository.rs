//! Writing events.

use async_trait::async_trait;
use spotter_domain::event::{Event, EventRepository, KnownPerson, LockedEvent, PeopleRequest};
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::text::{Description, Location};
use spotter_domain::waitlist::Roster;
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use super::lock::{lock, lock_with_people, read_with_people};
use crate::Backend;
use crate::columns::Columns;
use crate::row;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

pub(crate) fn with_held_seats(
    backend: Backend,
    club: ClubId,
    now: Timestamp,
    after: Option<EventId>,
    limit: u16,
) -> Sql {
    let text = "SELECT id FROM events WHERE club_id = $1 AND starts_at > $2 AND status = 'published' \
                AND waitlisted > 0 AND confirmed < capacity AND id > $3 ORDER BY id LIMIT $4";
    Sql::new(backend, "events", "with_held_seats", text)
        .uuid(club.uuid())
        .time(now)
        .uuid(after.map_or(Uuid::nil(), EventId::uuid))
        .int(limit)
}

fn insert(backend: Backend, event: &Event) -> Sql {
    let text = "INSERT INTO events (club_id, id, title, description, location, starts_at, ends_at, \
                cutoff_at, status, published_at, waitlist_enabled, waitlist_capacity, capacity, confirmed, \
                waitlisted, waiting_parties, next_queue_number, version, created_at) VALUES ($1, $2, $3, $4, \
                $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    with_columns(Sql::new(backend, "events", "insert", text), event).time(event.created_at)
}

fn update(backend: Backend, event: &Event) -> Sql {
    let text = "UPDATE events SET title = $3, description = $4, location = $5, starts_at = $6, ends_at = \
                $7, cutoff_at = $8, status = $9, published_at = $10, waitlist_enabled = $11, \
                waitlist_capacity = $12, capacity = $13, confirmed = $14, waitlisted = $15, \
                waiting_parties = $16, next_queue_number = $17, version = $18 WHERE club_id = $1 AND id = $2";
    with_columns(Sql::new(backend, "events", "update", text), event)
}

/// Parameters 1 to 18.
fn with_columns(sql: Sql, event: &Event) -> Sql {
    sql.uuid(event.club.uuid())
        .uuid(event.id.uuid())
        .text(event.title.as_str())
        .text_or_null(event.description.as_ref().map(Description::as_str))
        .text_or_null(event.location.as_ref().map(Location::as_str))
        .time(event.schedule.starts_at())
        .time(event.schedule.ends_at())
        .time_or_null(event.schedule.own_cutoff())
        .text(event.status.as_str())
        .time_or_null(event.published_at)
        .flag(event.waitlist.is_enabled())
        .int_or_null(event.waitlist.cap())
        .int(event.roster.capacity().seats())
        .int(event.roster.confirmed())
        .int(event.roster.waitlisted())
        .int(event.roster.waiting_parties())
        .big(event.roster.next_number().get())
        .int(event.version)
}

fn save_rosters(backend: Backend, rosters: &[(EventId, Roster)]) -> Sql {
    // No counter goes beyond the largest capacity or the seats of as many parties.
    let counters = |count: fn(&Roster) -> u32| {
        rosters.iter().map(move |(_, roster)| i32::try_from(count(roster)).unwrap_or(i32::MAX))
    };
    let lines = Columns::new(backend)
        .uuids("id", rosters.iter().map(|(id, _)| id.uuid()))
        .integers("capacity", counters(|roster| roster.capacity().seats()))
        .integers("confirmed", counters(Roster::confirmed))
        .integers("waitlisted", counters(Roster::waitlisted))
        .integers("waiting_parties", counters(Roster::waiting_parties))
        .bigs("next_queue_number", rosters.iter().map(|(_, roster)| roster.next_number().get()));
    let only = match backend {
        Backend::Postgres => " AND e.id = ANY($1)",
        Backend::Sqlite => "",
    };
    let text = format!(
        "UPDATE events AS e SET capacity = r.capacity, confirmed = r.confirmed, waitlisted = r.waitlisted, \
         waiting_parties = r.waiting_parties, next_queue_number = r.next_queue_number FROM {} \
         WHERE e.id = r.id{only}",
        lines.rows("r", 1)
    );
    lines.bind(Sql::new(backend, "events", "save_rosters", text))
}

#[async_trait]
impl EventRepository for SeaOrmUnitOfWork {
    async fn lock_with_people(
        &mut self,
        ids: &[EventId],
        people: &PeopleRequest,
    ) -> Result<Vec<(LockedEvent, Vec<KnownPerson>)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        if people.always.is_empty() && people.if_hidden.is_empty() {
            let locked: Vec<LockedEvent> = row::all(self.all(lock(self.backend, ids)).await?)?;
            return Ok(locked.into_iter().map(|locked| (locked, Vec::new())).collect());
        }
        let rows = self.all(lock_with_people(self.backend, ids, people)).await?;
        rows.iter().map(read_with_people).collect()
    }

    async fn lock(&mut self, ids: &[EventId]) -> Result<Vec<LockedEvent>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        row::all(self.all(lock(self.backend, ids)).await?)
    }

    async fn with_held_seats(
        &mut self,
        club: ClubId,
        now: Timestamp,
        after: Option<EventId>,
        limit: u16,
    ) -> Result<Vec<EventId>, StoreError> {
        let rows = self.all(with_held_seats(self.backend, club, now, after, limit)).await?;
        rows.iter().map(|row| row.id("id")).collect()
    }

    async fn insert(&mut self, event: &Event) -> Result<(), StoreError> {
        self.execute_on(insert(self.backend, event), event.id.uuid(), 1).await
    }

    async fn update(&mut self, event: &Event) -> Result<(), StoreError> {
        self.execute_on(update(self.backend, event), event.id.uuid(), 1).await
    }

    async fn save_rosters(&mut self, rosters: &[(EventId, Roster)]) -> Result<(), StoreError> {
        let Some((first, _)) = rosters.first() else { return Ok(()) };
        self.execute_on(save_rosters(self.backend, rosters), first.uuid(), rosters.len()).await
    }
}
