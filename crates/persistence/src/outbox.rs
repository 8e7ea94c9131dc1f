//! The outbox: announcements written in the transaction that caused them.

use async_trait::async_trait;
use serde::Serialize;
use spotter_domain::outbox::{Outbox, OutboxMessage};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::batch::{self, Kind};
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;
use crate::{Backend, time};

const COLUMNS: [(&str, Kind); 8] = [
    ("id", Kind::Uuid),
    ("kind", Kind::Text),
    ("payload", Kind::Json),
    ("club_id", Kind::Uuid),
    ("aggregate_id", Kind::Uuid),
    ("created_at", Kind::Time),
    // It is due at once.
    ("next_attempt_at", Kind::Time),
    ("trace_context", Kind::Text),
];

#[derive(Serialize)]
struct Line<'a> {
    id: Uuid,
    kind: &'static str,
    payload: &'a spotter_domain::domain_event::DomainEvent,
    club_id: Option<Uuid>,
    aggregate_id: Uuid,
    created_at: String,
    next_attempt_at: String,
    trace_context: Option<&'a str>,
}

impl<'a> From<&'a OutboxMessage> for Line<'a> {
    fn from(message: &'a OutboxMessage) -> Self {
        let created_at = time::to_text(message.created_at);
        Self {
            id: message.id.uuid(),
            kind: message.event.kind(),
            payload: &message.event,
            club_id: message.event.club().map(spotter_domain::id::ClubId::uuid),
            aggregate_id: message.event.aggregate(),
            next_attempt_at: created_at.clone(),
            created_at,
            trace_context: message.trace_context.as_deref(),
        }
    }
}

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
    let lines: Vec<Line<'_>> = messages.iter().map(Line::from).collect();
    Sql::new(backend, "outbox", "append", batch::insert(backend, "outbox", &COLUMNS)).rows(&lines)
}

pub(crate) fn pending(backend: Backend, now: Timestamp, limit: u16) -> Sql {
    let text = "SELECT id, payload, created_at, trace_context FROM outbox \
                WHERE processed_at IS NULL AND next_attempt_at <= $1 ORDER BY next_attempt_at, id LIMIT $2";
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
