//! Personal records.

use std::collections::{BTreeMap, BTreeSet};

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Record, RecordKey, RecordKind, ShownRecord};
use spotter_domain::workout::Load;

use super::stretch::read_weight;
use crate::Backend;
use crate::columns::{self, Columns};
use crate::conditions::Conditions;
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::exercise;

const TABLE: &str = "personal_records";

/// How many records are written with one statement: more than a batch of workout sessions breaks.
pub(super) const AT_ONCE: usize = 50_000;

const COLUMNS: &str = "exercise_id, kind, load, weight, value, session_id, achieved_at";

/// The order of a list, which is that of [`RecordKey`]: words sort by their bytes.
const KEY: &str = "exercise_id, kind, load, weight";

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
pub(super) fn each_once(records: &[(AccountId, Record)]) -> Vec<(AccountId, Record)> {
    let each: BTreeMap<(AccountId, RecordKey), Record> =
        records.iter().map(|(account, record)| ((*account, record.key), *record)).collect();
    each.into_iter().map(|((account, _), record)| (account, record)).collect()
}

/// Each key of a person is among `records` only once.
pub(super) fn save(backend: Backend, records: &[(AccountId, Record)]) -> Sql {
    let each = || records.iter().map(|(_, record)| record);
    let rows = Columns::new(backend)
        .uuids("account_id", records.iter().map(|(account, _)| account.uuid()))
        .uuids("exercise_id", each().map(|record| record.key.exercise.uuid()))
        .texts("kind", each().map(|record| record.key.kind.as_str()))
        .texts("load", each().map(|record| record.key.load.as_str()))
        .integers("weight", each().map(|record| record.key.weight.steps()))
        .longs("value", each().map(|record| record.value))
        .uuids("session_id", each().map(|record| record.session.uuid()))
        .times("achieved_at", each().map(|record| record.achieved_at));
    let text = format!(
        "INSERT INTO personal_records ({names}) SELECT {names} FROM {} WHERE TRUE \
         ON CONFLICT (account_id, {KEY}) DO UPDATE SET value = excluded.value, \
         session_id = excluded.session_id, achieved_at = excluded.achieved_at",
        rows.rows("r", 1),
        names = rows.names()
    );
    rows.bind(Sql::new(backend, TABLE, "save", text))
}

/// The records of people in exercises, each in their own.
pub(crate) fn of_exercises(backend: Backend, exercises: &BTreeSet<(AccountId, ExerciseId)>) -> Sql {
    let asked = Columns::new(backend)
        .uuids("account_id", exercises.iter().map(|(account, _)| account.uuid()))
        .uuids("exercise_id", exercises.iter().map(|(_, exercise)| exercise.uuid()));
    let theirs = "r.account_id = w.account_id AND r.exercise_id = w.exercise_id";
    let text = format!(
        "SELECT r.account_id, r.exercise_id, r.kind, r.load, r.weight, r.value, r.session_id, r.achieved_at \
         FROM {}",
        columns::looked_up(backend, &asked.rows("w", 1), TABLE, theirs)
    );
    asked.bind(Sql::new(backend, TABLE, "of_exercises", text))
}

/// A record with whose it is.
pub(super) fn read_owned(row: &Row) -> Result<(AccountId, Record), StoreError> {
    Ok((row.id("account_id")?, Record::try_from(row)?))
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
