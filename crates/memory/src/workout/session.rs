//! Writing workout sessions.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::id::{AccountId, ExerciseId, ImportId, WorkoutSessionId};
use spotter_domain::progress::DerivedSession;
use spotter_domain::workout::{
    KnownSession, NewSession, PerformedBlock, SourceKey, WorkoutSession, WorkoutSessionRepository,
};
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::{conflict, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    fn check_blocks(&self, session: &WorkoutSession) -> Result<(), StoreError> {
        let mut exercises = session.blocks.exercises().into_iter();
        exercises.try_for_each(|exercise| self.check_exercise("workout_blocks", exercise))
    }

    fn add_session(&mut self, new: &NewSession) -> Result<(), StoreError> {
        let session = &new.derived.session;
        self.check_owner("workout_sessions", session.account)?;
        self.check_blocks(session)?;
        match self.workout_sessions.insert(session.account, session.id, Arc::new(new.clone())) {
            None => Ok(()),
            Some(_) => Err(conflict("there is a workout session of that id")),
        }
    }

    fn put_derived(&mut self, account: AccountId, new: &DerivedSession) -> Result<(), StoreError> {
        let stored = self.workout_sessions.get_mut(account, &new.session.id);
        let row = Arc::make_mut(stored.ok_or_else(|| missing("workout_sessions", new.session.id))?);
        row.derived.day = new.day;
        row.derived.totals = new.totals;
        row.derived.blocks.clone_from(&new.blocks);
        Ok(())
    }
}

/// The blocks of a workout session that are of one of those exercises.
pub(super) fn performed<'a>(
    session: &'a WorkoutSession,
    exercises: &'a BTreeSet<ExerciseId>,
) -> impl Iterator<Item = PerformedBlock> + 'a {
    let blocks = session.blocks.as_slice().iter().zip(0_u16..);
    blocks.filter(|(block, _)| exercises.contains(&block.exercise)).map(|(block, position)| PerformedBlock {
        session: session.id,
        started_at: session.span.started_at(),
        position,
        block: block.clone(),
    })
}

#[async_trait]
impl WorkoutSessionRepository for MemoryUnitOfWork {
    async fn by_id(
        &mut self,
        account: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<WorkoutSession>, StoreError> {
        Ok(self.state.workout_sessions.get(account, &id).map(|row| row.derived.session.clone()))
    }

    async fn page(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError> {
        let rows = self.state.workout_sessions.after(account, after).take(limit.into());
        Ok(rows.map(|row| row.derived.session.clone()).collect())
    }

    async fn insert_many(&mut self, sessions: &[NewSession]) -> Result<(), StoreError> {
        self.write(|state| sessions.iter().try_for_each(|new| state.add_session(new)))
    }

    async fn replace(&mut self, session: &DerivedSession) -> Result<(), StoreError> {
        let (account, id) = (session.session.account, session.session.id);
        let stored = self.state.workout_sessions.get(account, &id);
        if stored.is_none_or(|stored| stored.derived.session.version + 1 != session.session.version) {
            return Err(conflict("the workout session is not in the version before"));
        }
        self.write(|state| {
            state.check_blocks(&session.session)?;
            if let Some(row) = state.workout_sessions.get_mut(account, &id) {
                Arc::make_mut(row).derived.clone_from(session);
            }
            Ok(())
        })
    }

    async fn delete_many(&mut self, account: AccountId, ids: &[WorkoutSessionId]) -> Result<u64, StoreError> {
        let rows = self.state.workout_sessions.rows_mut(account);
        Ok(ids.iter().filter_map(|id| rows.remove(id)).count() as u64)
    }

    async fn known(
        &mut self,
        account: AccountId,
        starts: &[Timestamp],
        sources: &[SourceKey],
    ) -> Result<Vec<KnownSession>, StoreError> {
        let starts: BTreeSet<_> = starts.iter().collect();
        let sources: BTreeSet<_> = sources.iter().collect();
        let is_known = |row: &&Arc<NewSession>| {
            starts.contains(&row.derived.session.span.started_at())
                || row.source.is_some_and(|source| sources.contains(&source))
        };
        let known = self.state.workout_sessions.of(account).filter(is_known).map(|row| KnownSession {
            started_at: row.derived.session.span.started_at(),
            title: row.derived.session.title.clone(),
            source: row.source,
        });
        Ok(known.collect())
    }

    async fn performed(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
        after: Option<(WorkoutSessionId, u16)>,
        limit: u16,
    ) -> Result<Vec<PerformedBlock>, StoreError> {
        let exercises: BTreeSet<_> = exercises.iter().copied().collect();
        let sessions = self.state.workout_sessions.of(account).map(|row| &row.derived.session);
        let rest = sessions.filter(|session| after.is_none_or(|(last, _)| session.id >= last));
        let blocks = rest.flat_map(|session| performed(session, &exercises));
        let wanted = blocks.filter(|block| Some((block.session, block.position)) > after);
        Ok(wanted.take(limit.into()).collect())
    }

    async fn save_derived(&mut self, sessions: &[DerivedSession]) -> Result<(), StoreError> {
        self.write(|state| sessions.iter().try_for_each(|new| state.put_derived(new.session.account, new)))
    }

    async fn stored_derived(
        &mut self,
        account: AccountId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<DerivedSession>, StoreError> {
        let rows = self.state.workout_sessions.after(account, after).take(limit.into());
        Ok(rows.map(|row| row.derived.clone()).collect())
    }

    async fn of_import(
        &mut self,
        account: AccountId,
        import: ImportId,
        after: Option<WorkoutSessionId>,
        limit: u16,
    ) -> Result<Vec<WorkoutSession>, StoreError> {
        let rows = self.state.workout_sessions.after(account, after);
        let imported = rows.map(|row| &row.derived.session).filter(|session| session.import == Some(import));
        Ok(imported.take(limit.into()).cloned().collect())
    }
}
