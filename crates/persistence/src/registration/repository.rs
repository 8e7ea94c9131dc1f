//! Writing registrations and their decision logs.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::registration::{
    Decision, PartySize, Registration, RegistrationRepository, RegistrationState, RegistrationStatus,
};
use spotter_domain::waitlist::QueueNumber;
use uuid::Uuid;

use super::decision;
use crate::batch::{self, Kind};
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;
use crate::{Backend, time};

const TABLE: &str = "registrations";

/// The columns of a registration, in a query of that table alone.
pub(crate) const COLUMNS: &str = "club_id, id, event_id, account_id, party_size, status, queue_number, \
                                  passes, registered_at";

const NEW: [(&str, Kind); 9] = [
    ("club_id", Kind::Uuid),
    ("id", Kind::Uuid),
    ("event_id", Kind::Uuid),
    ("account_id", Kind::Uuid),
    ("party_size", Kind::Integer),
    ("status", Kind::Text),
    ("queue_number", Kind::BigInteger),
    ("passes", Kind::Integer),
    ("registered_at", Kind::Time),
];

const STATE: [(&str, Kind); 3] = [("id", Kind::Uuid), ("status", Kind::Text), ("passes", Kind::Integer)];

#[derive(Serialize)]
struct Line {
    club_id: Uuid,
    id: Uuid,
    event_id: Uuid,
    account_id: Uuid,
    party_size: u16,
    status: &'static str,
    queue_number: u64,
    passes: u16,
    registered_at: String,
}

#[derive(Serialize)]
struct StateLine {
    id: Uuid,
    status: &'static str,
    passes: u16,
}

impl From<&Registration> for Line {
    fn from(registration: &Registration) -> Self {
        Self {
            club_id: registration.club.uuid(),
            id: registration.id.uuid(),
            event_id: registration.event.uuid(),
            account_id: registration.account.uuid(),
            party_size: registration.party_size.get(),
            status: registration.status.as_str(),
            queue_number: registration.queue_number.get(),
            passes: registration.passes,
            registered_at: time::to_text(registration.registered_at),
        }
    }
}

impl TryFrom<Row> for Registration {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let party_size = PartySize::new(row.int("party_size")?);
        Ok(Self {
            id: row.id("id")?,
            club: row.id("club_id")?,
            event: row.id("event_id")?,
            account: row.id("account_id")?,
            party_size: party_size.map_err(|invalid| row.corrupt("party_size", invalid.to_string()))?,
            status: row.parse("status", RegistrationStatus::parse)?,
            queue_number: QueueNumber::new(row.big("queue_number")?),
            passes: row.int("passes")?,
            registered_at: row.time("registered_at")?,
        })
    }
}

fn by_id(backend: Backend, id: RegistrationId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM registrations WHERE id = $1");
    Sql::new(backend, TABLE, "by_id", text).uuid(id.uuid())
}

pub(crate) fn active_of(backend: Backend, club: ClubId, event: EventId, accounts: &[AccountId]) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM registrations \
         WHERE club_id = $1 AND event_id = $2 AND {} AND status <> 'cancelled'",
        backend.any_of("account_id", 3)
    );
    Sql::new(backend, TABLE, "active_of", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .ids(accounts.iter().map(|id| id.uuid()))
}

pub(crate) fn active_after(
    backend: Backend,
    club: ClubId,
    event: EventId,
    after: Option<QueueNumber>,
    limit: u16,
) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM registrations WHERE club_id = $1 AND event_id = $2 AND queue_number > $3 \
         AND status <> 'cancelled' ORDER BY queue_number LIMIT $4"
    );
    Sql::new(backend, TABLE, "active_after", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .big(after.map_or(0, QueueNumber::get))
        .int(limit)
}

fn insert_many(backend: Backend, registrations: &[Registration]) -> Result<Sql, StoreError> {
    let lines: Vec<Line> = registrations.iter().map(Line::from).collect();
    Sql::new(backend, TABLE, "insert_many", batch::insert(backend, TABLE, &NEW)).rows(&lines)
}

fn save_states(
    backend: Backend,
    club: ClubId,
    event: EventId,
    lines: &[StateLine],
) -> Result<Sql, StoreError> {
    // SQLite is kept from indexes that begin with the club (the plus says so): it would read every
    // registration of the event to change a few of them.
    let of_event = match backend {
        Backend::Sqlite => "+t.club_id = $2 AND +t.event_id = $3",
        Backend::Postgres => "t.club_id = $2 AND t.event_id = $3",
    };
    let text = format!(
        "UPDATE registrations AS t SET status = r.status, passes = r.passes FROM {} \
         WHERE t.id = r.id AND {of_event}{}",
        batch::rows(backend, 1, &STATE),
        batch::only(backend, "t.id", 4)
    );
    let sql = Sql::new(backend, TABLE, "save_states", text).rows(lines)?;
    Ok(sql.uuid(club.uuid()).uuid(event.uuid()).only(lines.iter().map(|line| line.id)))
}

#[async_trait]
impl RegistrationRepository for SeaOrmUnitOfWork {
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        row::one(self.one(by_id(self.backend, id)).await?)
    }

    async fn active_of(
        &mut self,
        club: ClubId,
        event: EventId,
        accounts: &[AccountId],
    ) -> Result<Vec<Registration>, StoreError> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        // Sorted here: asked to sort, a planner takes the index that sorts and reads the whole event.
        let mut found: Vec<Registration> =
            row::all(self.all(active_of(self.backend, club, event, accounts)).await?)?;
        found.sort_by_key(|registration| registration.queue_number);
        Ok(found)
    }

    async fn active_after(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError> {
        row::all(self.all(active_after(self.backend, club, event, after, limit)).await?)
    }

    async fn insert_many(&mut self, registrations: &[Registration]) -> Result<(), StoreError> {
        let Some(first) = registrations.first() else { return Ok(()) };
        self.execute_on(insert_many(self.backend, registrations)?, first.event.uuid(), registrations.len())
            .await
    }

    async fn save_states(
        &mut self,
        club: ClubId,
        event: EventId,
        states: &[RegistrationState],
    ) -> Result<(), StoreError> {
        // A registration that stands here twice ends up as it stands last: one statement would take either.
        let lines: BTreeMap<Uuid, StateLine> = states
            .iter()
            .map(|state| StateLine {
                id: state.id.uuid(),
                status: state.status.as_str(),
                passes: state.passes,
            })
            .map(|line| (line.id, line))
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        let lines: Vec<StateLine> = lines.into_values().collect();
        self.execute_on(save_states(self.backend, club, event, &lines)?, event.uuid(), lines.len()).await
    }

    async fn append_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        let Some(first) = decisions.first() else { return Ok(()) };
        self.execute_on(
            decision::append(self.backend, decisions)?,
            first.registration.uuid(),
            decisions.len(),
        )
        .await
    }

    async fn decisions_of(&mut self, club: ClubId, id: RegistrationId) -> Result<Vec<Decision>, StoreError> {
        row::all(self.all(decision::of(self.backend, club, id)).await?)
    }
}
