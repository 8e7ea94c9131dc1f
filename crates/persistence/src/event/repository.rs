//! Writing events.

use async_trait::async_trait;
use serde::Serialize;
use spotter_domain::club::{Slug, TimeZoneName};
use spotter_domain::event::{Capacity, Event, EventRepository, EventStatus, LockedEvent, Schedule};
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::{QueueNumber, Roster, WaitlistPolicy};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::Backend;
use crate::batch::{self, Kind};
use crate::club::repository::read_pass_limit;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const COLUMNS: &str = "e.club_id, e.id, e.title, e.description, e.location, e.starts_at, e.ends_at, \
                       e.cutoff_at, e.status, e.published_at, e.waitlist_enabled, e.waitlist_capacity, \
                       e.capacity, e.confirmed, e.waitlisted, e.next_queue_number, e.version, e.created_at";

const ROSTER: [(&str, Kind); 5] = [
    ("id", Kind::Uuid),
    ("capacity", Kind::Integer),
    ("confirmed", Kind::Integer),
    ("waitlisted", Kind::Integer),
    ("next_queue_number", Kind::BigInteger),
];

#[derive(Serialize)]
struct RosterLine {
    id: Uuid,
    capacity: u32,
    confirmed: u32,
    waitlisted: u32,
    next_queue_number: u64,
}

fn read_event(row: &Row) -> Result<Event, StoreError> {
    let schedule =
        Schedule::new(row.time("starts_at")?, row.time("ends_at")?, row.time_or_null("cutoff_at")?);
    let waitlist = WaitlistPolicy::new(
        row.get::<bool>("waitlist_enabled")?.into(),
        row.int_or_null("waitlist_capacity")?,
    );
    Ok(Event {
        id: row.id("id")?,
        club: row.id("club_id")?,
        title: row.parse("title", Title::parse)?,
        description: row.parse_or_null("description", Description::parse)?,
        location: row.parse_or_null("location", Location::parse)?,
        schedule: schedule.map_err(|invalid| row.corrupt("starts_at", invalid.to_string()))?,
        status: row.parse("status", EventStatus::parse)?,
        published_at: row.time_or_null("published_at")?,
        waitlist: waitlist.map_err(|invalid| row.corrupt("waitlist_capacity", invalid.to_string()))?,
        roster: read_roster(row)?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}

fn read_roster(row: &Row) -> Result<Roster, StoreError> {
    let capacity = Capacity::new(row.int("capacity")?);
    let capacity = capacity.map_err(|invalid| row.corrupt("capacity", invalid.to_string()))?;
    let next = QueueNumber::new(row.big("next_queue_number")?);
    Roster::restore(capacity, row.int("confirmed")?, row.int("waitlisted")?, next)
        .map_err(|error| row.corrupt("confirmed", error.to_string()))
}

impl TryFrom<Row> for LockedEvent {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            event: read_event(&row)?,
            club_slug: row.parse("club_slug", Slug::parse)?,
            time_zone: row.parse("time_zone", TimeZoneName::parse)?,
            pass_limit: read_pass_limit(&row)?,
        })
    }
}

/// Rows are locked as they leave the sort, which is by id. Registrations that point to an event can be
/// written by whoever has not locked it: nobody does.
pub(crate) fn lock(backend: Backend, ids: &[EventId]) -> Sql {
    let text = format!(
        "SELECT {COLUMNS}, c.slug AS club_slug, c.time_zone, c.pass_limit \
         FROM events e JOIN clubs c ON c.id = e.club_id WHERE {} ORDER BY e.id{}",
        backend.any_of("e.id", 1),
        backend.locking(" FOR NO KEY UPDATE OF e")
    );
    Sql::new(backend, "events", "lock", text).ids(ids.iter().map(|id| id.uuid()))
}

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
                waitlisted, next_queue_number, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
                $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    with_columns(Sql::new(backend, "events", "insert", text), event).time(event.created_at)
}

fn update(backend: Backend, event: &Event) -> Sql {
    let text = "UPDATE events SET title = $3, description = $4, location = $5, starts_at = $6, ends_at = \
                $7, cutoff_at = $8, status = $9, published_at = $10, waitlist_enabled = $11, \
                waitlist_capacity = $12, capacity = $13, confirmed = $14, waitlisted = $15, \
                next_queue_number = $16, version = $17 WHERE club_id = $1 AND id = $2";
    with_columns(Sql::new(backend, "events", "update", text), event)
}

/// Parameters 1 to 17.
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
        .big(event.roster.next_number().get())
        .int(event.version)
}

fn save_rosters(backend: Backend, rosters: &[(EventId, Roster)]) -> Result<Sql, StoreError> {
    let lines: Vec<RosterLine> = rosters
        .iter()
        .map(|(id, roster)| RosterLine {
            id: id.uuid(),
            capacity: roster.capacity().seats(),
            confirmed: roster.confirmed(),
            waitlisted: roster.waitlisted(),
            next_queue_number: roster.next_number().get(),
        })
        .collect();
    let text = format!(
        "UPDATE events AS e SET capacity = r.capacity, confirmed = r.confirmed, waitlisted = r.waitlisted, \
         next_queue_number = r.next_queue_number FROM {} WHERE e.id = r.id{}",
        batch::rows(backend, 1, &ROSTER),
        batch::only(backend, "e.id", 2)
    );
    let sql = Sql::new(backend, "events", "save_rosters", text).rows(&lines)?;
    Ok(sql.only(lines.iter().map(|line| line.id)))
}

#[async_trait]
impl EventRepository for SeaOrmUnitOfWork {
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
        self.execute_on(save_rosters(self.backend, rosters)?, first.uuid(), rosters.len()).await
    }
}
