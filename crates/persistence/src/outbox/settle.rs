//! The statements that write down what became of messages, and those that look at them afterwards.

use serde::Serialize;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{Failure, Lane, Lease, OutboxNumbers};
use spotter_domain::{StoreError, Timestamp};
use uuid::{Builder, Uuid};

use super::deliver::{PENDING, lane};
use crate::batch::{self, Kind};
use crate::sql::Sql;
use crate::{Backend, time};

const FAILED: [(&str, Kind); 3] =
    [("id", Kind::Uuid), ("next_attempt_at", Kind::Time), ("last_error", Kind::Text)];

#[derive(Serialize)]
struct Line<'a> {
    id: Uuid,
    next_attempt_at: String,
    last_error: &'a str,
}

/// Marks messages as processed, whoever else has done so.
pub(super) fn mark(backend: Backend, now: Timestamp, processed: &[MessageId]) -> Sql {
    let these = backend.any_of("id", 2);
    let text = format!("UPDATE outbox SET processed_at = $1 WHERE {these} AND processed_at IS NULL");
    Sql::new(backend, "outbox", "mark", text).time(now).ids(processed.iter().map(|id| id.uuid()))
}

/// Counts an attempt of each message that failed.
pub(super) fn fail(backend: Backend, failed: &[Failure]) -> Result<Sql, StoreError> {
    let lines: Vec<_> = failed
        .iter()
        .map(|failure| Line {
            id: failure.id.uuid(),
            next_attempt_at: time::to_text(failure.next_attempt_at),
            last_error: &failure.error,
        })
        .collect();
    let text = format!(
        "UPDATE outbox AS t SET attempts = t.attempts + 1, next_attempt_at = r.next_attempt_at, \
         last_error = r.last_error FROM {} WHERE t.id = r.id AND t.processed_at IS NULL{}",
        batch::rows(backend, 1, &FAILED),
        batch::only(backend, "t.id", 2)
    );
    let ids = failed.iter().map(|failure| failure.id.uuid());
    Ok(Sql::new(backend, "outbox", "fail", text).rows(&lines)?.only(ids))
}

/// Gives back the lanes of a lease that are still its holder's.
pub(super) fn release(backend: Backend, lease: &Lease) -> Sql {
    let these = match backend {
        Backend::Postgres => "lane = ANY($2)",
        Backend::Sqlite => "lane IN (SELECT value FROM json_each($2))",
    };
    let text =
        format!("UPDATE outbox_lanes SET holder = NULL, leased_until = NULL WHERE holder = $1 AND {these}");
    Sql::new(backend, "outbox_lanes", "release", text)
        .uuid(lease.holder.0)
        .numbers(lease.lanes.iter().map(Lane::number).map(i32::from))
}

/// Deletes what was processed before an instant. There is no index of when messages were processed, which
/// would be written with each of them: what was processed before an instant was announced before it, too, and
/// ids begin with the time they were made.
pub(super) fn purge(backend: Backend, before: Timestamp, limit: u16) -> Sql {
    let skip = backend.locking(" FOR UPDATE SKIP LOCKED");
    let text = format!(
        "WITH expired AS MATERIALIZED (SELECT id FROM outbox WHERE id < $1 AND processed_at < $2 \
         ORDER BY id LIMIT $3{skip}) DELETE FROM outbox WHERE id IN (SELECT id FROM expired)"
    );
    let millis = u64::try_from(before.as_millisecond()).unwrap_or_default();
    let next = Builder::from_unix_timestamp_millis(millis + 1, &[0; 10]).into_uuid();
    Sql::new(backend, "outbox", "purge", text).uuid(next).time(before).int(limit)
}

/// How many messages wait, how many of them failed before, and how many will not be tried again.
pub(super) fn numbers(backend: Backend) -> Sql {
    let lane = lane(backend);
    // SQLite would go through everything that is still to be delivered to find the little that failed.
    let failed = match backend {
        Backend::Postgres => "outbox AS o",
        Backend::Sqlite => "outbox AS o INDEXED BY ix_outbox_failed",
    };
    let count = |of: &str| format!("(SELECT COUNT(*) FROM (SELECT 1 FROM {of} LIMIT $1) AS n)");
    let text = format!(
        "SELECT {} AS pending, {} AS failing, {} AS dead, \
         (SELECT MIN(first.created_at) FROM (SELECT (SELECT o.created_at FROM outbox AS o \
         WHERE {lane} = l.lane AND {PENDING} ORDER BY o.id LIMIT 1) AS created_at \
         FROM outbox_lanes AS l) AS first) AS oldest",
        count(&format!("outbox AS o WHERE {PENDING}")),
        count(&format!("{failed} WHERE {PENDING} AND o.attempts > 0")),
        count(&format!(
            "{failed} WHERE o.processed_at IS NULL AND o.attempts > 0 AND o.attempts >= o.max_attempts"
        )),
    );
    Sql::new(backend, "outbox", "numbers", text).int(OutboxNumbers::MOST)
}
