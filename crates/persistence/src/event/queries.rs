//! Reading events.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::{
    Audience, EventCursor, EventFilter, EventPhase, EventQueries, EventStatus, EventView, Schedule,
    ViewedEvent,
};
use spotter_domain::id::{AccountId, ClubId, EventId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::{StoreError, Timestamp};

use crate::conditions::Conditions;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::{Backend, Database};

const COLUMNS: &str = "e.id, e.club_id, c.slug AS club_slug, e.title, e.description, e.location, \
                       e.starts_at, e.ends_at, e.cutoff_at, c.time_zone, e.status, e.published_at, \
                       e.capacity, e.confirmed, e.waitlisted, e.waitlist_enabled, e.waitlist_capacity, \
                       e.version";

fn read_event(row: &Row) -> Result<EventView, StoreError> {
    Ok(EventView {
        id: row.id("id")?,
        club: row.get("club_slug")?,
        title: row.get("title")?,
        description: row.get("description")?,
        location: row.get("location")?,
        starts_at: row.time("starts_at")?,
        ends_at: row.time("ends_at")?,
        cutoff_at: row.time_or_null("cutoff_at")?,
        time_zone: row.get("time_zone")?,
        status: row.parse("status", EventStatus::parse)?,
        published_at: row.time_or_null("published_at")?,
        capacity: row.int("capacity")?,
        confirmed: row.int("confirmed")?,
        waitlisted: row.int("waitlisted")?,
        waitlist_enabled: row.get("waitlist_enabled")?,
        waitlist_capacity: row.int_or_null("waitlist_capacity")?,
        version: row.int("version")?,
    })
}

impl TryFrom<Row> for EventView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        read_event(&row)
    }
}

impl TryFrom<Row> for ViewedEvent {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            club: row.id("club_id")?,
            event: read_event(&row)?,
            role: row.parse_or_null("role", Role::parse)?,
        })
    }
}

pub(crate) fn by_id(backend: Backend, id: EventId, viewer: Option<AccountId>) -> Sql {
    let text = format!(
        "SELECT {COLUMNS}, m.role FROM events e JOIN clubs c ON c.id = e.club_id \
         LEFT JOIN memberships m ON m.club_id = e.club_id AND m.account_id = $2 WHERE e.id = $1"
    );
    Sql::new(backend, "events", "view_by_id", text).uuid(id.uuid()).uuid_or_null(viewer.map(AccountId::uuid))
}

/// Those that end after an instant. No event lasts longer than [`Schedule::LONGEST`], so those that started
/// earlier than that need not be looked at: the index goes by the start.
fn ends_after(query: &mut Conditions, instant: Timestamp) {
    let earliest = instant.checked_sub(Schedule::LONGEST).unwrap_or(Timestamp::MIN);
    query.and("e.ends_at > ? AND e.starts_at > ?", |sql| sql.time(instant).time(earliest));
}

fn in_phase(query: &mut Conditions, phase: EventPhase, now: Timestamp) {
    match phase {
        EventPhase::Draft => query.and("e.status = 'draft'", |sql| sql),
        EventPhase::Cancelled => query.and("e.status = 'cancelled'", |sql| sql),
        EventPhase::Published => {
            query.and("e.status = 'published'", |sql| sql);
            ends_after(query, now);
        }
        EventPhase::Completed => {
            query.and("e.status = 'published' AND e.ends_at <= ?", |sql| sql.time(now));
        }
    }
}

pub(crate) fn list(
    backend: Backend,
    club: ClubId,
    filter: &EventFilter,
    page: PageRequest<EventCursor>,
) -> Sql {
    let sql = Sql::new(backend, "events", "list", "").uuid(club.uuid()).big(page.limit.with_lookahead());
    let text =
        format!("SELECT {COLUMNS} FROM events e JOIN clubs c ON c.id = e.club_id WHERE e.club_id = $1");
    let mut query = Conditions::upon(sql, text);
    if let Some(from) = filter.from {
        ends_after(&mut query, from);
    }
    if let Some(to) = filter.to {
        query.and("e.starts_at < ?", |sql| sql.time(to));
    }
    if let Some(phase) = filter.phase {
        in_phase(&mut query, phase, filter.now);
    }
    if filter.audience == Audience::Public {
        query.and("e.status <> 'draft' AND e.published_at IS NOT NULL", |sql| sql);
    }
    if let Some(after) = page.after {
        query.and("(e.starts_at, e.id) > (?, ?)", |sql| sql.time(after.starts_at).uuid(after.id.uuid()));
    }
    query.finish(" ORDER BY e.starts_at, e.id LIMIT $2")
}

#[async_trait]
impl EventQueries for Database {
    async fn by_id(&self, id: EventId, viewer: Option<AccountId>) -> Result<Option<ViewedEvent>, StoreError> {
        row::one(self.read_one(by_id(self.backend(), id, viewer)).await?)
    }

    async fn list(
        &self,
        club: ClubId,
        filter: &EventFilter,
        page: PageRequest<EventCursor>,
    ) -> Result<Page<EventView, EventCursor>, StoreError> {
        let events: Vec<EventView> =
            row::all(self.read_all(list(self.backend(), club, filter, page)).await?)?;
        Ok(Page::from_lookahead(events, page.limit, |event| EventCursor {
            starts_at: event.starts_at,
            id: event.id,
        }))
    }
}
