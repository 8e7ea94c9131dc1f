//! Storing workout sessions.

use std::collections::BTreeMap;

use async_trait::async_trait;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, WorkoutSessionId};
use spotter_domain::progress::DerivedSession;
use spotter_domain::text::Title;
use spotter_domain::workout::{
    KnownSession, NewSession, PerformedBlock, SourceKey, WorkoutSession, WorkoutSessionRepository,
};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use super::insert::{self, PORTION};
use super::{block, derived, head};
use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

impl TryFrom<Row> for KnownSession {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            started_at: row.time("started_at")?,
            title: row.parse_or_null("title", Title::parse)?,
            source: row.get::<Option<Uuid>>("source_key")?.map(SourceKey),
        })
    }
}

/// Both halves by their own index. A workout session that is found by either is there twice.
pub(crate) fn known(
    backend: Backend,
    account: AccountId,
    starts: &[Timestamp],
    sources: &[SourceKey],
) -> Sql {
    let select = "SELECT id, started_at, title, source_key FROM workout_sessions WHERE account_id = $1";
    let text = format!(
        "{select} AND {} UNION ALL {select} AND {}",
        backend.any_time_of("started_at", 2),
        backend.any_of("source_key", 3)
    );
    Sql::new(backend, head::TABLE, "known", text)
        .uuid(account.uuid())
        .times(starts.iter().copied())
        .ids(sources.iter().map(|source| source.0))
}

fn delete_many(backend: Backend, account: AccountId, ids: &[WorkoutSessionId]) -> Sql {
    let text = format!("DELETE FROM workout_sessions WHERE account_id = $1 AND {}", backend.any_of("id", 2));
    Sql::new(backend, head::TABLE, "delete_many", text)
        .uuid(account.uuid())
        .ids(ids.iter().map(|id| id.uuid()))
}

impl SeaOrmUnitOfWork {
    /// The workout sessions that a query finds, with their blocks.
    async fn sessions_of(&mut self, heads: Sql) -> Result<Vec<WorkoutSession>, StoreError> {
        let heads: Vec<head::Head> = row::all(self.all(heads).await?)?;
        match head::blocks_of(self.backend, &heads) {
            Some(blocks) => head::join(heads, self.all(blocks).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Writes the blocks of workout sessions.
    async fn insert_blocks<'a>(
        &mut self,
        sessions: impl Iterator<Item = &'a DerivedSession> + Send,
    ) -> Result<(), StoreError> {
        let lines: Vec<_> = sessions.flat_map(insert::lines).collect();
        for portion in lines.chunks(PORTION) {
            let Some(first) = portion.first() else { continue };
            let (sql, session) = (insert::blocks(self.backend, portion), first.session());
            self.execute_on(sql, session.uuid(), portion.len()).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl WorkoutSessionRepository for SeaOrmUnitOfWork {
    async fn by_id(
        &mut self,
        account: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<WorkoutSession>, StoreError> {
        Ok(self.sessions_of(head::by_id(self.backend, account, id)).await?.pop())
    }

    async fn page(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError> {
        self.sessions_of(head::page(self.backend, account, after, limit)).await
    }

    async fn insert_many(&mut self, sessions: &[NewSession]) -> Result<(), StoreError> {
        let Some(first) = sessions.first() else { return Ok(()) };
        for portion in sessions.chunks(PORTION) {
            let sql = insert::sessions(self.backend, portion);
            self.execute_on(sql, first.derived.session.id.uuid(), portion.len()).await?;
        }
        self.insert_blocks(sessions.iter().map(|new| &new.derived)).await
    }

    async fn replace(&mut self, session: &DerivedSession) -> Result<(), StoreError> {
        let (account, id) = (session.session.account, session.session.id);
        self.update_version(insert::update(self.backend, session), id.uuid()).await?;
        self.execute(insert::delete_blocks(self.backend, account, id)).await?;
        self.insert_blocks(std::iter::once(session)).await
    }

    async fn delete_many(&mut self, account: AccountId, ids: &[WorkoutSessionId]) -> Result<u64, StoreError> {
        if ids.is_empty() {
            return Ok(0);
        }
        self.execute(delete_many(self.backend, account, ids)).await
    }

    async fn known(
        &mut self,
        account: AccountId,
        starts: &[Timestamp],
        sources: &[SourceKey],
    ) -> Result<Vec<KnownSession>, StoreError> {
        if starts.is_empty() && sources.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = BTreeMap::new();
        for row in self.all(known(self.backend, account, starts, sources)).await? {
            found.insert(row.id::<WorkoutSessionId>("id")?, KnownSession::try_from(row)?);
        }
        Ok(found.into_values().collect())
    }

    async fn performed(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
        after: Option<(WorkoutSessionId, u16)>,
        limit: u16,
    ) -> Result<Vec<PerformedBlock>, StoreError> {
        if exercises.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.all(block::performed(self.backend, account, exercises, after, limit)).await?;
        let mut blocks: Vec<PerformedBlock> = row::all(rows)?;
        blocks.sort_unstable_by_key(|block| (block.session, block.position));
        Ok(blocks)
    }

    async fn save_derived(&mut self, sessions: &[DerivedSession]) -> Result<(), StoreError> {
        let Some(first) = sessions.first() else { return Ok(()) };
        let account = first.session.account;
        for portion in sessions.chunks(PORTION) {
            let sql = derived::save_sessions(self.backend, account, portion)?;
            self.execute_on(sql, account.uuid(), portion.len()).await?;
        }
        let lines: Vec<_> = sessions.iter().flat_map(derived::lines).collect();
        for portion in lines.chunks(PORTION) {
            let sql = derived::save_blocks(self.backend, account, portion)?;
            self.execute_on(sql, account.uuid(), portion.len()).await?;
        }
        Ok(())
    }

    async fn stored_derived(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<DerivedSession>, StoreError> {
        let sessions = self.all(derived::page(self.backend, account, after, limit)).await?;
        if sessions.is_empty() {
            return Ok(Vec::new());
        }
        let blocks = self.all(derived::blocks(self.backend, account, &sessions)?).await?;
        derived::join(&sessions, blocks)
    }

    async fn of_import(
        &mut self,
        account: AccountId,
        import: ImportId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError> {
        self.sessions_of(head::of_import(self.backend, account, import, after, limit)).await
    }
}
