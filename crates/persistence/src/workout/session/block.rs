//! Blocks of workout sessions.

use std::collections::BTreeMap;

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId, WorkoutSessionId};
use spotter_domain::text::{ExerciseName, Notes};
use spotter_domain::workout::{Block, PerformedBlock};
use uuid::Uuid;

use crate::Backend;
use crate::row::Row;
use crate::sql::Sql;
use crate::workout::{exercise, sets};

pub(super) const TABLE: &str = "workout_blocks";

/// The columns of a block that are not derived, in a query that calls the table `b`. A block that makes no sense
/// is named by its workout session.
pub(crate) const COLUMNS: &str = "b.session_id AS id, b.position, b.exercise_id, b.superset, b.notes, b.sets";

pub(crate) fn read(row: &Row) -> Result<Block, StoreError> {
    Ok(Block {
        exercise: row.id("exercise_id")?,
        superset: row.int_or_null("superset")?,
        notes: row.parse_or_null("notes", Notes::parse)?,
        sets: row.parse("sets", sets::read)?,
    })
}

impl TryFrom<Row> for PerformedBlock {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            session: row.id("id")?,
            started_at: row.time("started_at")?,
            position: row.int("position")?,
            block: read(&row)?,
        })
    }
}

/// What the rows of blocks are read as, by workout session and in their order.
pub(super) fn by_session<T>(
    rows: Vec<Row>,
    read: impl Fn(&Row) -> Result<T, StoreError>,
) -> Result<BTreeMap<WorkoutSessionId, Vec<T>>, StoreError> {
    // Sorted here: asked to sort, a planner may take an index that sorts and reads more than is wanted.
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        placed.push((row.id::<WorkoutSessionId>("id")?, row.int::<u16>("position")?, read(&row)?));
    }
    placed.sort_unstable_by_key(|(session, position, _)| (*session, *position));
    let mut sessions: BTreeMap<WorkoutSessionId, Vec<T>> = BTreeMap::new();
    for (session, _, block) in placed {
        sessions.entry(session).or_default().push(block);
    }
    Ok(sessions)
}

/// A block with what its exercise is called.
pub(super) fn read_named(row: &Row) -> Result<(Block, ExerciseName), StoreError> {
    Ok((read(row)?, exercise::read_name(row)?))
}

pub(super) fn of_sessions(
    backend: Backend,
    account: AccountId,
    sessions: impl Iterator<Item = WorkoutSessionId>,
) -> Sql {
    select(backend, "of_sessions", COLUMNS, account, sessions)
}

/// The same for [`read_named`].
pub(crate) fn named_of_sessions(
    backend: Backend,
    account: AccountId,
    sessions: impl Iterator<Item = WorkoutSessionId>,
) -> Sql {
    let columns = format!("{COLUMNS}, {}", exercise::name_of("b.exercise_id"));
    select(backend, "named_of_sessions", &columns, account, sessions)
}

fn select(
    backend: Backend,
    name: &'static str,
    columns: &str,
    account: AccountId,
    sessions: impl Iterator<Item = WorkoutSessionId>,
) -> Sql {
    let text = format!(
        "SELECT {columns} FROM workout_blocks b WHERE b.account_id = $1 AND {}",
        backend.any_of("b.session_id", 2)
    );
    Sql::new(backend, TABLE, name, text).uuid(account.uuid()).ids(sessions.map(WorkoutSessionId::uuid))
}

/// The blocks are counted off before it is looked up when they were done.
pub(crate) fn performed(
    backend: Backend,
    account: AccountId,
    exercises: &[ExerciseId],
    after: Option<(WorkoutSessionId, u16)>,
    limit: u16,
) -> Sql {
    let text = format!(
        "WITH page AS MATERIALIZED (SELECT {COLUMNS} FROM workout_blocks b \
         WHERE b.account_id = $1 AND {} AND (b.session_id, b.position) > ($3, $4) \
         ORDER BY b.session_id, b.position LIMIT $5) \
         SELECT p.*, s.started_at FROM page p JOIN workout_sessions s ON s.account_id = $1 AND s.id = p.id",
        backend.any_of("b.exercise_id", 2)
    );
    let (session, position) =
        after.map_or((Uuid::nil(), 0), |(session, position)| (session.uuid(), position));
    Sql::new(backend, TABLE, "performed", text)
        .uuid(account.uuid())
        .ids(exercises.iter().map(|id| id.uuid()))
        .uuid(session)
        .int(position)
        .int(limit)
}
