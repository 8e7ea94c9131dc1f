//! The outbox: announcements written in the transaction that caused them, and their way out.

mod deliver;
mod queue;
mod settle;

use async_trait::async_trait;
use spotter_domain::id::ClubId;
use spotter_domain::outbox::{Holder, Lane, LeaseRequest, Outbox, OutboxMessage};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::Backend;
use crate::columns::{self, Columns};
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

impl TryFrom<Row> for OutboxMessage {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            event: row.json("payload")?,
            created_at: row.time("created_at")?,
            trace_context: row.get("trace_context")?,
        })
    }
}

fn append(backend: Backend, messages: &[OutboxMessage]) -> Result<Sql, StoreError> {
    let lines = Columns::new(backend)
        .uuids("id", messages.iter().map(|message| message.id.uuid()))
        .texts("kind", messages.iter().map(|message| message.event.kind()))
        .json("payload", messages.iter().map(|message| &message.event))?
        .uuids_or_null("club_id", messages.iter().map(|message| message.event.club().map(ClubId::uuid)))
        .uuids("aggregate_id", messages.iter().map(|message| message.event.aggregate()))
        .times("created_at", messages.iter().map(|message| message.created_at))
        // It is due at once.
        .times("next_attempt_at", messages.iter().map(|message| message.created_at))
        .texts_or_null("trace_context", messages.iter().map(|message| message.trace_context.as_deref()));
    Ok(columns::insert(backend, ("outbox", "append"), lines))
}

/// Queries that indexes are there for.
pub(crate) fn queries(backend: Backend, now: Timestamp) -> [Sql; 5] {
    let request = LeaseRequest { holder: Holder(Uuid::nil()), now, until: now, lanes: 16, limit: 100 };
    [
        deliver::take(backend, &request),
        deliver::read(backend, &request, Lane::all().collect()),
        deliver::due_lanes(backend, now),
        settle::purge(backend, now, 100),
        settle::numbers(backend),
    ]
}

fn pending(backend: Backend, now: Timestamp, limit: u16) -> Sql {
    let text = "SELECT id, payload, created_at, trace_context FROM outbox WHERE processed_at IS NULL \
                AND attempts < max_attempts AND next_attempt_at <= $1 ORDER BY id LIMIT $2";
    Sql::new(backend, "outbox", "pending", text).time(now).int(limit)
}

#[async_trait]
impl Outbox for SeaOrmUnitOfWork {
    async fn append(&mut self, messages: &[OutboxMessage]) -> Result<(), StoreError> {
        let Some(first) = messages.first() else { return Ok(()) };
        self.execute_on(append(self.backend, messages)?, first.id.uuid(), messages.len()).await
    }

    async fn pending(&mut self, now: Timestamp, limit: u16) -> Result<Vec<OutboxMessage>, StoreError> {
        row::all(self.all(pending(self.backend, now, limit)).await?)
    }
}
