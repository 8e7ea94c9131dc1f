//! Writing registrations and their decision logs.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId, RegistrationId};
use spotter_domain::registration::{
    Decision, Registration, RegistrationRepository, RegistrationState, Standing, StandingRequest,
};
use spotter_domain::waitlist::QueueNumber;
use uuid::Uuid;

use super::line::COLUMNS;
use super::{decision, save, standing};
use crate::Backend;
use crate::batch::{self, Kind};
use crate::row;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "registrations";

const STATE: [(&str, Kind); 3] = [("id", Kind::Uuid), ("status", Kind::Text), ("passes", Kind::Integer)];

#[derive(Serialize)]
struct StateLine {
    id: Uuid,
    status: &'static str,
    passes: u16,
}

pub(super) fn by_id(backend: Backend, id: RegistrationId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM registrations WHERE id = $1");
    Sql::new(backend, TABLE, "by_id", text).uuid(id.uuid())
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

    async fn standing(&mut self, request: &StandingRequest) -> Result<Standing, StoreError> {
        match standing::standing(self.backend, request) {
            Some(sql) => standing::read(&self.all(sql).await?, request),
            None => Ok(Standing::default()),
        }
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

    async fn save(&mut self, arrivals: &[Registration], changed: &[Registration]) -> Result<(), StoreError> {
        let Some(first) = arrivals.first().or(changed.first()) else { return Ok(()) };
        let (sql, expected) = save::save(self.backend, arrivals, changed);
        self.execute_on(sql, first.event.uuid(), expected).await
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
}
