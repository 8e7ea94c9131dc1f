//! Reading registrations.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::Role;
use spotter_domain::event::EventStatus;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::registration::{
    MyRegistrationView, MyRegistrationsCursor, Registration, RegistrationListItem, RegistrationQueries,
    RegistrationStatus, RegistrationView, ViewedRegistration, When, Whereabouts,
};
use spotter_domain::waitlist::QueueNumber;

use super::line::{COLUMNS, OF_R};
use super::{decision, repository};
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::{Backend, Database};

/// The position of the registration `r`: one more than those who wait before it.
fn position(backend: Backend) -> String {
    let queue = backend.waitlist();
    format!(
        "CASE WHEN r.status = 'waitlisted' THEN 1 + (SELECT count(*) FROM {queue} \
         WHERE w.club_id = r.club_id AND w.event_id = r.event_id AND w.status = 'waitlisted' \
         AND w.queue_number < r.queue_number) END AS position"
    )
}

const TABLE: &str = "registrations";

/// Positions of a page that is in the order of the queue and leaves nobody out who waits: the first is
/// counted by the database (`before`), the rest follow.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    passed: u64,
}

impl Positions {
    /// The position of the next one who waits.
    pub(crate) fn next(&mut self, row: &Row) -> Result<u64, StoreError> {
        self.passed += 1;
        Ok(row.big("before")? + self.passed)
    }
}

pub(crate) fn by_id(backend: Backend, id: RegistrationId, viewer: AccountId) -> Sql {
    let position = position(backend);
    let text = format!(
        "SELECT {OF_R}, m.role, {position} FROM registrations r \
         LEFT JOIN memberships m ON m.club_id = r.club_id AND m.account_id = $2 WHERE r.id = $1"
    );
    Sql::new(backend, TABLE, "view_by_id", text).uuid(id.uuid()).uuid(viewer.uuid())
}

pub(crate) fn of_event(
    backend: Backend,
    club: ClubId,
    event: EventId,
    status: Option<RegistrationStatus>,
    page: PageRequest<QueueNumber>,
) -> Sql {
    let of_status = if status.is_some() { " AND status = $5" } else { "" };
    let queue = backend.waitlist();
    let text = format!(
        "WITH page AS (SELECT {COLUMNS} FROM registrations \
         WHERE club_id = $1 AND event_id = $2{of_status} AND queue_number > $3 ORDER BY queue_number LIMIT \
         $4) \
         SELECT p.*, a.display_name, (SELECT count(*) FROM {queue} \
         WHERE w.club_id = $1 AND w.event_id = $2 AND w.status = 'waitlisted' \
         AND w.queue_number < (SELECT min(queue_number) FROM page WHERE status = 'waitlisted')) AS before \
         FROM page p JOIN accounts a ON a.id = p.account_id ORDER BY p.queue_number"
    );
    let sql = Sql::new(backend, TABLE, "of_event", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .big(page.after.map_or(0, QueueNumber::get))
        .big(page.limit.with_lookahead());
    match status {
        Some(status) => sql.text(status.as_str()),
        None => sql,
    }
}

pub(crate) fn of_account(
    backend: Backend,
    account: AccountId,
    when: When,
    page: PageRequest<MyRegistrationsCursor>,
) -> Sql {
    let (condition, instant, order, beyond) = match when {
        When::Any => ("", None, "ASC", ">"),
        When::Upcoming(now) => (" AND e.ends_at > $3", Some(now), "ASC", ">"),
        When::Past(now) => (" AND e.ends_at <= $3", Some(now), "DESC", "<"),
    };
    let mut sql =
        Sql::new(backend, TABLE, "of_account", "").uuid(account.uuid()).big(page.limit.with_lookahead());
    if let Some(instant) = instant {
        sql = sql.time(instant);
    }
    let mut after = String::new();
    if let Some(cursor) = page.after {
        let number = sql.values.len() + 1;
        after = format!(" AND (e.starts_at, r.id) {beyond} (${number}, ${})", number + 1);
        sql = sql.time(cursor.starts_at).uuid(cursor.id.uuid());
    }
    // Positions are counted for the page alone, not for all that it is chosen from.
    let position = position(backend);
    let text = format!(
        "WITH page AS (SELECT {OF_R}, e.title AS event_title, e.starts_at AS event_starts_at, \
         e.ends_at AS event_ends_at, e.status AS event_status, c.slug AS club_slug FROM registrations r \
         JOIN events e ON e.club_id = r.club_id AND e.id = r.event_id JOIN clubs c ON c.id = r.club_id \
         WHERE r.account_id = $1{condition}{after} ORDER BY e.starts_at {order}, r.id {order} LIMIT $2) \
         SELECT r.*, {position} FROM page r ORDER BY r.event_starts_at {order}, r.id {order}"
    );
    Sql { text: text.into(), ..sql }
}

fn read_item(row: &Row, positions: &mut Positions) -> Result<RegistrationListItem, StoreError> {
    let status = row.parse("status", RegistrationStatus::parse)?;
    let waits = status == RegistrationStatus::Waitlisted;
    Ok(RegistrationListItem {
        id: row.id("id")?,
        event: row.id("event_id")?,
        account: row.id("account_id")?,
        display_name: row.get("display_name")?,
        party_size: row.int("party_size")?,
        status,
        queue_number: QueueNumber::new(row.big("queue_number")?),
        position: if waits { Some(positions.next(row)?) } else { None },
        passes: row.int("passes")?,
        registered_at: row.time("registered_at")?,
    })
}

impl TryFrom<Row> for ViewedRegistration {
    type Error = StoreError;

    /// Without its decisions: they are another table's.
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let registration = RegistrationView {
            id: row.id("id")?,
            event: row.id("event_id")?,
            account: row.id("account_id")?,
            party_size: row.int("party_size")?,
            status: row.parse("status", RegistrationStatus::parse)?,
            queue_number: QueueNumber::new(row.big("queue_number")?),
            position: row.big_or_null("position")?,
            passes: row.int("passes")?,
            registered_at: row.time("registered_at")?,
            decisions: Vec::new(),
        };
        Ok(Self { registration, role: row.parse_or_null("role", Role::parse)? })
    }
}

impl TryFrom<Row> for MyRegistrationView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            event: row.id("event_id")?,
            club: row.get("club_slug")?,
            event_title: row.get("event_title")?,
            event_starts_at: row.time("event_starts_at")?,
            event_ends_at: row.time("event_ends_at")?,
            event_status: row.parse("event_status", EventStatus::parse)?,
            account: row.id("account_id")?,
            party_size: row.int("party_size")?,
            status: row.parse("status", RegistrationStatus::parse)?,
            queue_number: QueueNumber::new(row.big("queue_number")?),
            position: row.big_or_null("position")?,
            passes: row.int("passes")?,
            registered_at: row.time("registered_at")?,
        })
    }
}

#[async_trait]
impl RegistrationQueries for Database {
    async fn whereabouts(&self, id: RegistrationId) -> Result<Option<Whereabouts>, StoreError> {
        let found = self.read_one_fresh(repository::by_id(self.backend(), id)).await?;
        let registration: Option<Registration> = row::one(found)?;
        Ok(registration.as_ref().map(Registration::whereabouts))
    }

    async fn by_id(
        &self,
        id: RegistrationId,
        viewer: AccountId,
    ) -> Result<Option<ViewedRegistration>, StoreError> {
        let found = self.read_one(by_id(self.backend(), id, viewer)).await?;
        let Some(found) = found else { return Ok(None) };
        let club = found.id("club_id")?;
        let mut answer = ViewedRegistration::try_from(found)?;
        answer.registration.decisions =
            row::all(self.read_all(decision::of(self.backend(), club, id)).await?)?;
        Ok(Some(answer))
    }

    async fn of_event(
        &self,
        club: ClubId,
        event: EventId,
        status: Option<RegistrationStatus>,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<RegistrationListItem, QueueNumber>, StoreError> {
        let rows = self.read_all(of_event(self.backend(), club, event, status, page)).await?;
        let mut positions = Positions::default();
        let items: Result<Vec<_>, _> = rows.iter().map(|row| read_item(row, &mut positions)).collect();
        Ok(Page::from_lookahead(items?, page.limit, |item| item.queue_number))
    }

    async fn of_account(
        &self,
        account: AccountId,
        when: When,
        page: PageRequest<MyRegistrationsCursor>,
    ) -> Result<Page<MyRegistrationView, MyRegistrationsCursor>, StoreError> {
        let rows = self.read_all(of_account(self.backend(), account, when, page)).await?;
        let items: Vec<MyRegistrationView> = row::all(rows)?;
        Ok(Page::from_lookahead(items, page.limit, |item| MyRegistrationsCursor {
            starts_at: item.event_starts_at,
            id: item.id,
        }))
    }
}
