//! Workout sessions without their blocks, and putting the two together.

use std::collections::BTreeMap;

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ImportId, WorkoutSessionId};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{Block, Blocks, SessionCursor, ShownSession, TimeSpan, WorkoutSession};
use uuid::Uuid;

use super::block;
use crate::Backend;
use crate::row::Row;
use crate::sql::Sql;

pub(super) const TABLE: &str = "workout_sessions";

/// The columns of a workout session that are not derived.
pub(super) const COLUMNS: &str = "account_id, id, title, notes, started_at, ended_at, template_id, \
                                  import_id, version, created_at";

/// A workout session whose blocks are still to come.
#[derive(Debug)]
pub(crate) struct Head(WorkoutSession);

impl Head {
    pub(super) fn id(&self) -> WorkoutSessionId {
        self.0.id
    }

    /// Its place in a list, latest first.
    pub(super) fn cursor(&self) -> SessionCursor {
        SessionCursor { started_at: self.0.span.started_at(), id: self.0.id }
    }

    /// The workout session with its blocks.
    pub(super) fn with(mut self, blocks: Vec<Block>) -> Result<WorkoutSession, StoreError> {
        self.0.blocks = Blocks::new(blocks).map_err(|invalid| StoreError::Corrupt {
            table: "workout_blocks",
            column: "sets",
            id: self.0.id.to_string(),
            detail: invalid.to_string(),
        })?;
        Ok(self.0)
    }
}

impl TryFrom<&Row> for Head {
    type Error = StoreError;

    fn try_from(row: &Row) -> Result<Self, StoreError> {
        let span = TimeSpan::new(row.time("started_at")?, row.time_or_null("ended_at")?);
        Ok(Self(WorkoutSession {
            id: row.id("id")?,
            account: row.id("account_id")?,
            title: row.parse_or_null("title", Title::parse)?,
            notes: row.parse_or_null("notes", Notes::parse)?,
            span: row.valid("started_at", span)?,
            template: row.get::<Option<Uuid>>("template_id")?.map(Into::into),
            import: row.get::<Option<Uuid>>("import_id")?.map(Into::into),
            blocks: Blocks::default(),
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        }))
    }
}

impl TryFrom<Row> for Head {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Self::try_from(&row)
    }
}

/// The statement that reads the blocks of some workout sessions, which are all of one person; none if there are
/// no workout sessions.
pub(super) fn blocks_of(backend: Backend, heads: &[Head]) -> Option<Sql> {
    let account = heads.first()?.0.account;
    Some(block::of_sessions(backend, account, heads.iter().map(Head::id)))
}

/// Workout sessions, in their order, each with those of the blocks that are its own.
pub(super) fn join(heads: Vec<Head>, blocks: Vec<Row>) -> Result<Vec<WorkoutSession>, StoreError> {
    let mut blocks: BTreeMap<WorkoutSessionId, Vec<Block>> = block::by_session(blocks, block::read)?;
    heads
        .into_iter()
        .map(|head| {
            let own = blocks.remove(&head.id()).unwrap_or_default();
            head.with(own)
        })
        .collect()
}

/// The statement that reads the blocks of some workout sessions with the names of their exercises.
pub(super) fn named_blocks_of(backend: Backend, heads: &[Head]) -> Option<Sql> {
    let account = heads.first()?.0.account;
    Some(block::named_of_sessions(backend, account, heads.iter().map(Head::id)))
}

/// As [`join`], with the names of the exercises.
pub(super) fn join_named(heads: Vec<Head>, blocks: Vec<Row>) -> Result<Vec<ShownSession>, StoreError> {
    let mut blocks = block::by_session(blocks, block::read_named)?;
    heads
        .into_iter()
        .map(|head| {
            let (own, exercise_names) = blocks.remove(&head.id()).unwrap_or_default().into_iter().unzip();
            Ok(ShownSession { session: head.with(own)?, exercise_names })
        })
        .collect()
}

pub(super) fn by_id(backend: Backend, account: AccountId, id: WorkoutSessionId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM workout_sessions WHERE account_id = $1 AND id = $2");
    Sql::new(backend, TABLE, "by_id", text).uuid(account.uuid()).uuid(id.uuid())
}

/// From the nil UUID on where nothing comes before: no workout session is called that.
pub(super) fn page(backend: Backend, account: AccountId, after: Option<WorkoutSessionId>, limit: u16) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM workout_sessions WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    Sql::new(backend, TABLE, "page", text).uuid(account.uuid()).uuid(or_first(after)).int(limit)
}

pub(crate) fn of_import(
    backend: Backend,
    account: AccountId,
    import: ImportId,
    after: Option<WorkoutSessionId>,
    limit: u16,
) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM workout_sessions WHERE account_id = $1 AND import_id = $2 AND id > $3 \
         ORDER BY id LIMIT $4"
    );
    Sql::new(backend, TABLE, "of_import", text)
        .uuid(account.uuid())
        .uuid(import.uuid())
        .uuid(or_first(after))
        .int(limit)
}

pub(super) fn or_first(after: Option<WorkoutSessionId>) -> Uuid {
    after.map_or(Uuid::nil(), WorkoutSessionId::uuid)
}
