//! Deleting a workout session.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::WorkoutSessionId;
use spotter_domain::progress::{Arithmetic, Day};

use crate::progress::rework;
use crate::{Command, Error, ExpectedVersion, Work};

/// Deletes a workout session of the caller, and what follows from it.
#[derive(Clone, Debug)]
pub struct DeleteSession {
    /// Which workout session.
    pub session: WorkoutSessionId,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for DeleteSession {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let athlete = work.lock_athlete().await?;
        let account = athlete.account;
        let session = work.unit.workout_sessions().by_id(account, self.session).await?;
        let session = session.ok_or(Error::NotFound("workout session"))?;
        self.expected.check(session.version)?;
        work.unit.workout_sessions().delete_many(account, &[session.id]).await?;
        let zone = Arithmetic::of(&athlete.preferences).zone;
        let days = BTreeSet::from([Day::of(session.span.started_at(), &zone)]);
        rework(work, &athlete, &days, &session.blocks.exercises()).await?;
        work.announce(DomainEvent::WorkoutSessionDeleted { account, session: session.id });
        Ok(())
    }
}
