//! Personal records.

use std::collections::BTreeMap;

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Record, RecordKey, RecordKind, ShownRecord};
use spotter_domain::workout::Load;
use uuid::Uuid;

use super::stretch::read_weight;
use crate::batch::{self, Kind};
use crate::conditions::Conditions;
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::exercise;
use crate::{Backend, time};

const TABLE: &str = "personal_records";

/// How many records are written with one statement.
pub(super) const AT_ONCE: usize = 2_000;

const COLUMNS: &str = "exercise_id, kind, load, weight, value, session_id, achieved_at";

/// The order of a list, which is that of [`RecordKey`]: words sort by their bytes.
const KEY: &str = "exercise_id, kind, load, weight";

const SAVED: [(&str, Kind); 7] = [
    ("exercise_id", Kind::Uuid),
    ("kind", Kind::Text),
    ("load", Kind::Text),
    ("weight", Kind::Integer),
    ("value", Kind::BigInteger),
    ("session_id", Kind::Uuid),
    ("achieved_at", Kind::Time),
];

#[derive(Serialize)]
struct Line {
    exercise_id: Uuid,
    kind: &'static str,
    load: &'static str,
    weight: i32,
    value: i64,
    session_id: Uuid,
    achieved_at: String,
}

impl From<&Record> for Line {
    fn from(record: &Record) -> Self {
        Self {
            exercise_id: record.key.exercise.uuid(),
            kind: record.key.kind.as_str(),
            load: record.key.load.as_str(),
            weight: record.key.weight.steps(),
            value: record.value,
            session_id: record.session.uuid(),
            achieved_at: time::to_text(record.achieved_at),
        }
    }
}

impl TryFrom<Row> for Record {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Self::try_from(&row)
    }
}

impl TryFrom<Row> for ShownRecord {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self { record: Record::try_from(&row)?, exercise_name: exercise::read_name(&row)? })
    }
}

impl TryFrom<&Row> for Record {
    type Error = StoreError;

    fn try_from(row: &Row) -> Result<Self, StoreError> {
        let key = RecordKey {
            exercise: row.id("exercise_id")?,
            kind: row.parse("kind", RecordKind::parse)?,
            load: row.parse("load", Load::parse)?,
            weight: read_weight(row, "weight")?.ok_or_else(|| row.corrupt("weight", "is null"))?,
        };
        Ok(Self {
            key,
            value: row.get("value")?,
            session: row.id("session_id")?,
            achieved_at: row.time("achieved_at")?,
        })
    }
}

/// Each key once, with what stands last: one statement can't write a row twice.
pub(super) fn each_once(records: &[Record]) -> Vec<Record> {
    let each: BTreeMap<RecordKey, Record> = records.iter().map(|record| (record.key, *record)).collect();
    each.into_values().collect()
}

/// Each key is among `records` only once.
pub(super) fn save(backend: Backend, account: AccountId, records: &[Record]) -> Result<Sql, StoreError> {
    let rows = batch::rows(backend, 1, &SAVED);
    let text = format!(
        "INSERT INTO personal_records (account_id, {COLUMNS}) SELECT $2, {COLUMNS} FROM {rows} WHERE TRUE \
         ON CONFLICT (account_id, {KEY}) DO UPDATE SET value = excluded.value, \
         session_id = excluded.session_id, achieved_at = excluded.achieved_at"
    );
    let lines: Vec<Line> = records.iter().map(Line::from).collect();
    Ok(Sql::new(backend, TABLE, "save", text).rows(&lines)?.uuid(account.uuid()))
}

pub(super) fn of_exercises(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM personal_records WHERE account_id = $1 AND {}",
        backend.any_of("exercise_id", 2)
    );
    Sql::new(backend, TABLE, "of_exercises", text)
        .uuid(account.uuid())
        .ids(exercises.iter().map(|id| id.uuid()))
}

pub(super) fn delete(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!(
        "DELETE FROM personal_records WHERE account_id = $1 AND {}",
        backend.any_of("exercise_id", 2)
    );
    Sql::new(backend, TABLE, "delete", text).uuid(account.uuid()).ids(exercises.iter().map(|id| id.uuid()))
}

pub(super) fn clear(backend: Backend, account: AccountId) -> Sql {
    let text = "DELETE FROM personal_records WHERE account_id = $1";
    Sql::new(backend, TABLE, "clear", text).uuid(account.uuid())
}

pub(super) fn all(backend: Backend, account: AccountId, after: Option<RecordKey>, limit: u16) -> Sql {
    list(backend, COLUMNS, account, None, after, limit.into())
}

pub(crate) fn page(
    backend: Backend,
    account: AccountId,
    exercise: Option<ExerciseId>,
    page: PageRequest<RecordKey>,
) -> Sql {
    let columns = format!("{COLUMNS}, {}", exercise::name_of("r.exercise_id"));
    list(backend, &columns, account, exercise, page.after, page.limit.with_lookahead())
}

fn list(
    backend: Backend,
    columns: &str,
    account: AccountId,
    exercise: Option<ExerciseId>,
    after: Option<RecordKey>,
    limit: u64,
) -> Sql {
    let sql = Sql::new(backend, TABLE, "list", "").uuid(account.uuid()).big(limit);
    let text = format!("SELECT {columns} FROM personal_records r WHERE account_id = $1");
    let mut query = Conditions::upon(sql, text);
    if let Some(exercise) = exercise {
        query.and("exercise_id = ?", |sql| sql.uuid(exercise.uuid()));
    }
    if let Some(after) = after {
        query.and(&format!("({KEY}) > (?, ?, ?, ?)"), |sql| {
            sql.uuid(after.exercise.uuid())
                .text(after.kind.as_str())
                .text(after.load.as_str())
                .int(after.weight.steps())
        });
    }
    query.finish(&format!(" ORDER BY {KEY} LIMIT $2"))
}
