//! The statements that take messages out of the outbox.

use spotter_domain::Timestamp;
use spotter_domain::outbox::{Lane, Lanes, LeaseRequest};

use crate::Backend;
use crate::sql::Sql;

/// What a message that is still to be delivered is told by, as the indexes have it.
pub(super) const PENDING: &str = "o.processed_at IS NULL AND o.attempts < o.max_attempts";

/// The lane of a message `o`, as the index has it.
pub(super) const fn lane(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => "(get_byte(uuid_send(o.aggregate_id), 15) & 15)",
        Backend::Sqlite => "CAST(instr('0123456789ABCDEF', substr(hex(o.aggregate_id), -1)) - 1 AS INTEGER)",
    }
}

/// The messages `o` of a lane that are due at the instant bound as parameter 1: what stands behind `FROM`,
/// but for the order.
///
/// A scalar subquery and not `NOT EXISTS`: of that PostgreSQL would make a join, which is good or very bad,
/// depending on when it last counted. This is one look into an index that is as good as empty.
fn due(backend: Backend, of_lane: &str) -> String {
    format!(
        "outbox AS o WHERE {} = {of_lane} AND {PENDING} AND o.next_attempt_at <= $1 \
         AND (SELECT f.id FROM outbox AS f WHERE f.aggregate_id = o.aggregate_id AND f.id < o.id \
         AND f.processed_at IS NULL AND f.attempts > 0 AND f.attempts < f.max_attempts LIMIT 1) IS NULL",
        lane(backend)
    )
}

/// A condition that nobody has the lane `l` at the instant bound as parameter 1.
const FREE: &str = "(l.holder IS NULL OR l.leased_until <= $1)";

/// The free lanes with their first message that is due.
fn heads(backend: Backend) -> String {
    format!(
        "SELECT l.lane, (SELECT o.id FROM {} ORDER BY o.id LIMIT 1) AS oldest \
         FROM outbox_lanes AS l WHERE {FREE}",
        due(backend, "l.lane")
    )
}

/// How many lanes could be taken. On SQLite it is asked first: it takes no lock, and taking does.
pub(super) fn due_lanes(backend: Backend, now: Timestamp) -> Sql {
    let text = format!("SELECT COUNT(oldest) AS count FROM ({}) AS heads", heads(backend));
    Sql::new(backend, "outbox_lanes", "due_lanes", text).time(now)
}

/// Has PostgreSQL read lanes in their order, for the rest of the transaction. How much is still to be
/// delivered is another matter each minute, and when it was last counted as nothing, sorting all of it looks
/// better than reading the first of it in the order of an index: ten times slower, measured with 100,000
/// messages.
pub(super) fn in_order() -> Sql {
    let text = "SELECT set_config(s, 'off', true) \
                FROM unnest(ARRAY['enable_sort', 'enable_bitmapscan', 'enable_seqscan', 'jit']) AS s";
    Sql::new(Backend::Postgres, "outbox_lanes", "in_order", text)
}

/// Takes lanes and answers their numbers. It never waits: what somebody else is about to take is theirs.
pub(super) fn take(backend: Backend, request: &LeaseRequest) -> Sql {
    let skip = backend.locking(" FOR UPDATE OF l SKIP LOCKED");
    let text = format!(
        "WITH heads AS MATERIALIZED ({}), taken AS MATERIALIZED (SELECT l.lane FROM heads \
         CROSS JOIN outbox_lanes AS l WHERE heads.oldest IS NOT NULL AND l.lane = heads.lane AND {FREE} \
         ORDER BY heads.oldest LIMIT $4{skip}) \
         UPDATE outbox_lanes SET holder = $2, leased_until = $3 \
         WHERE lane IN (SELECT lane FROM taken) RETURNING lane",
        heads(backend)
    );
    Sql::new(backend, "outbox_lanes", "take", text)
        .time(request.now)
        .uuid(request.holder.0)
        .time(request.until)
        .int(request.lanes)
}

/// Reads the messages of lanes that were taken, as many of each: a statement of its own, that it may see what
/// those who had them before have settled.
pub(super) fn read(backend: Backend, request: &LeaseRequest, lanes: Lanes) -> Sql {
    let columns =
        "o.id, o.aggregate_id, o.payload, o.created_at, o.trace_context, o.attempts, o.max_attempts";
    let text = match backend {
        Backend::Postgres => format!(
            "SELECT o.* FROM unnest($2) AS l(lane) CROSS JOIN LATERAL \
             (SELECT {columns} FROM {} ORDER BY o.id LIMIT $3) AS o ORDER BY o.id LIMIT $4",
            due(backend, "l.lane")
        ),
        Backend::Sqlite => format!(
            "SELECT {columns} FROM json_each($2) AS l CROSS JOIN outbox AS o \
             WHERE o.id IN (SELECT o.id FROM {} ORDER BY o.id LIMIT $3) ORDER BY o.id LIMIT $4",
            due(backend, "l.value")
        ),
    };
    let of_each = u32::from(request.limit).div_ceil(lanes.count().max(1));
    Sql::new(backend, "outbox", "read", text)
        .time(request.now)
        .numbers(lanes.iter().map(Lane::number).map(i32::from))
        .int(of_each)
        .int(request.limit)
}
