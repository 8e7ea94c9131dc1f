//! What a batch of decisions has to know, in one statement that reads no more rows than it is about.
//!
//! A part that is not asked for is not in the text: most batches ask for people alone, and that is one look
//! into an index for each of them. PostgreSQL is given a lateral limit of one row for that, since otherwise
//! it may take a list of hundreds as a reason to read the whole table; SQLite is told the order of the join and
//! the index.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use spotter_domain::registration::{
    Decision, MOST_DECISIONS, Outcome, QueueRequest, Reason, Registration, Standing, StandingRequest,
};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use super::line::{self, OF_R};
use crate::Backend;
use crate::columns::Columns;
use crate::row::Row;
use crate::sql::Sql;

const TABLE: &str = "registrations";

/// Greater than every queue number.
const BEYOND_ALL: &str = "9223372036854775807";

/// The parts of the answer, as they are told apart in it.
const ACTIVE: i32 = 0;
const NAMED: i32 = 1;
const QUEUES: i32 = 2;

/// The statement, unless nothing is asked for.
pub(crate) fn standing(backend: Backend, request: &StandingRequest) -> Option<Sql> {
    let mut parts = Vec::new();
    let mut sql = Sql::new(backend, TABLE, "standing", "");
    let log = if request.named.is_empty() { "" } else { ", NULL AS log" };
    if !request.people.is_empty() {
        let rows = people_of(backend, request);
        parts.push(people(backend, &rows.rows("p", 1), log));
        sql = rows.bind(sql);
    }
    if !request.named.is_empty() {
        let ids: BTreeSet<Uuid> = request.named.iter().map(|id| id.uuid()).collect();
        let rows = Columns::new(backend).uuids("id", ids);
        parts.push(named(backend, &rows.rows("p", sql.values.len() + 1)));
        sql = rows.bind(sql);
    }
    if !request.queues.is_empty() {
        let rows = queues_of(backend, request);
        let first = sql.values.len() + 1;
        let most = first + rows.parameters();
        parts.push(queues(backend, &rows.rows("q", first), most, log));
        sql = rows.bind(sql).int(request.most_entries);
    }
    (!parts.is_empty()).then(|| Sql { text: parts.join(" UNION ALL ").into(), ..sql })
}

fn people_of(backend: Backend, request: &StandingRequest) -> Columns {
    let people: BTreeSet<_> = request.people.iter().collect();
    Columns::new(backend)
        .uuids("club_id", people.iter().map(|(club, _, _)| club.uuid()))
        .uuids("event_id", people.iter().map(|(_, event, _)| event.uuid()))
        .uuids("account_id", people.iter().map(|(_, _, account)| account.uuid()))
}

fn queues_of(backend: Backend, request: &StandingRequest) -> Columns {
    let queues: BTreeMap<_, _> = request.queues.iter().map(|queue| (queue.event, queue)).collect();
    let seats = |queue: &&QueueRequest| i32::try_from(queue.seats).unwrap_or(i32::MAX);
    Columns::new(backend)
        .uuids("club_id", queues.values().map(|queue| queue.club.uuid()))
        .uuids("event_id", queues.values().map(|queue| queue.event.uuid()))
        .integers("seats", queues.values().map(seats))
}

/// A person has at most one active registration of an event (rule R2).
fn people(backend: Backend, asked: &str, log: &str) -> String {
    let theirs = "r.club_id = p.club_id AND r.event_id = p.event_id AND r.account_id = p.account_id \
                  AND r.status <> 'cancelled'";
    match backend {
        Backend::Postgres => format!(
            "SELECT {ACTIVE} AS part, {OF_R}{log} FROM {asked} \
             CROSS JOIN LATERAL (SELECT * FROM registrations r WHERE {theirs} LIMIT 1) AS r"
        ),
        Backend::Sqlite => format!(
            "SELECT {ACTIVE} AS part, {OF_R}{log} FROM {asked} \
             CROSS JOIN registrations AS r INDEXED BY ux_registrations_active WHERE {theirs}"
        ),
    }
}

/// Their logs come as one document each: a line a row would repeat the registration in each of them.
fn named(backend: Backend, asked: &str) -> String {
    let lines = format!(
        "(SELECT id, at, outcome, reason FROM registration_decisions d \
         WHERE d.club_id = r.club_id AND d.registration_id = r.id ORDER BY d.id LIMIT {MOST_DECISIONS}) AS l"
    );
    match backend {
        Backend::Postgres => format!(
            "SELECT {NAMED} AS part, {OF_R}, (SELECT json_agg(l)::text FROM {lines}) AS log FROM {asked} \
             CROSS JOIN LATERAL (SELECT * FROM registrations r WHERE r.id = p.id LIMIT 1) AS r"
        ),
        Backend::Sqlite => format!(
            "SELECT {NAMED} AS part, {OF_R}, (SELECT json_group_array(json_object('id', hex(l.id), \
             'at', l.at, 'outcome', l.outcome, 'reason', json(l.reason))) FROM {lines}) AS log FROM {asked} \
             CROSS JOIN registrations AS r INDEXED BY ix_registrations_id WHERE r.id = p.id"
        ),
    }
}

/// Up to the last party of one that counts, if it is among as many entries as may be read, and else that
/// many.
fn queues(backend: Backend, asked: &str, most: usize, log: &str) -> String {
    let queue = backend.waitlist();
    let of_q = "w.club_id = q.club_id AND w.event_id = q.event_id AND w.status = 'waitlisted'";
    match backend {
        Backend::Postgres => format!(
            "(SELECT {QUEUES} AS part, {OF_R}{log} FROM {asked} CROSS JOIN LATERAL (SELECT * FROM {queue} \
             WHERE {of_q} AND w.queue_number <= COALESCE((SELECT f.queue_number FROM (SELECT w.queue_number, \
             w.party_size FROM {queue} WHERE {of_q} ORDER BY w.queue_number LIMIT ${most}) AS f \
             WHERE f.party_size = 1 ORDER BY f.queue_number LIMIT 1 OFFSET q.seats - 1), {BEYOND_ALL}) \
             ORDER BY w.queue_number LIMIT ${most}) AS r ORDER BY r.event_id, r.queue_number LIMIT ${most})"
        ),
        // It knows no lateral join, and an offset that is another for each row is counted by a window, which
        // is read no further than to the row that is looked for.
        Backend::Sqlite => format!(
            "SELECT * FROM (WITH asked AS MATERIALIZED (SELECT q.*, COALESCE((SELECT w.queue_number \
             FROM {queue} WHERE {of_q} ORDER BY w.queue_number LIMIT 1 OFFSET ${most} - 1), {BEYOND_ALL}) \
             AS last FROM {asked}) SELECT {QUEUES} AS part, {of_w}{log} FROM asked AS q \
             CROSS JOIN {queue} WHERE {of_q} AND w.queue_number <= COALESCE((SELECT n.queue_number FROM (SELECT w.queue_number, \
             row_number() OVER (ORDER BY w.queue_number) AS place FROM {queue} WHERE {of_q} \
             AND w.queue_number <= q.last AND w.party_size = 1) AS n WHERE n.place = q.seats LIMIT 1), \
             q.last) ORDER BY w.event_id, w.queue_number LIMIT ${most})",
            of_w = OF_R.replace("r.", "w.")
        ),
    }
}

/// A line of a log in a document.
#[derive(Deserialize)]
struct LogLine {
    id: Uuid,
    at: Timestamp,
    outcome: String,
    reason: Reason,
}

impl LogLine {
    fn decision(self, row: &Row, of: &Registration) -> Result<Decision, StoreError> {
        Ok(Decision {
            id: self.id.into(),
            club: of.club,
            registration: of.id,
            at: self.at,
            outcome: row.valid("log", Outcome::parse(&self.outcome))?,
            reason: self.reason,
        })
    }
}

fn read_log(row: &Row, of: &Registration) -> Result<Vec<Decision>, StoreError> {
    if row.get::<Option<String>>("log")?.is_none() {
        return Ok(Vec::new());
    }
    let lines: Vec<LogLine> = row.json_text("log")?;
    let log: Result<Vec<Decision>, _> = lines.into_iter().map(|line| line.decision(row, of)).collect();
    let mut log = log?;
    log.sort_unstable_by_key(|decision| decision.id);
    Ok(log)
}

/// Reads the answer to a request.
pub(super) fn read(rows: &[Row], request: &StandingRequest) -> Result<Standing, StoreError> {
    let mut standing = Standing::default();
    for row in rows {
        let registration = line::read(row)?;
        match row.int("part")? {
            ACTIVE => standing.active.push(registration),
            NAMED => {
                let log = read_log(row, &registration)?;
                standing.named.push((registration, log));
            }
            QUEUES => standing.queues.push(registration),
            _ => return Err(row.corrupt("part", "is none of the parts")),
        }
    }
    // Parts of a union come in no order that anybody promises.
    standing.queues.sort_unstable_by_key(|entry| (entry.event, entry.queue_number));
    let most = usize::try_from(request.most_entries).unwrap_or(usize::MAX);
    standing.cut_off = !request.queues.is_empty() && standing.queues.len() >= most;
    Ok(standing)
}
