//! The unit of work of one batch.

use std::collections::HashMap;

use spotter_domain::StoreError;
use spotter_domain::id::MessageId;
use spotter_domain::idempotency::{Claim, IdempotencySlot, KeptAnswer};
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::{Timestamp, UnitOfWork};
use tokio::time::Instant;

use super::ticket::{Keyed, Ticket};
use super::{BatchWork, Clerk, Decided, Shared};
use crate::idempotency::Kept;
use crate::{Caller, Error};

/// Why a batch failed as a whole.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: Error,
    /// Whether it may have been committed all the same.
    outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Undone,
    Unknown,
}

impl Failed {
    const fn undone(error: Error) -> Self {
        Self { error, outcome: Outcome::Undone }
    }

    pub(super) fn panicked() -> Self {
        Self::undone(Error::Internal(String::from("the decision of a batch panicked")))
    }

    /// Whether another transaction was in the way, so that the next attempt may succeed.
    pub(super) const fn is_worth_another_try(&self) -> bool {
        matches!(self.outcome, Outcome::Undone) && matches!(self.error, Error::Store(StoreError::Conflict(_)))
    }

    /// Whether one of several orders may be to blame. A store that can't be reached is nobody's fault; and what
    /// may have been done must not be done again.
    pub(super) const fn is_one_of_them(&self) -> bool {
        matches!(self.outcome, Outcome::Undone)
            && !matches!(self.error, Error::Store(StoreError::Unavailable(_)))
    }
}

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::undone(error.into())
    }
}

/// What one order has to be told.
type Answers<C> = Vec<Result<<C as Clerk>::Answer, Error>>;

impl<C: Clerk> Shared<C> {
    /// Decides a batch in one unit of work, and commits it.
    pub(super) async fn decide(&self, batch: &[Ticket<C>]) -> Result<Answers<C>, Failed> {
        let began = Instant::now();
        let mut unit = self.ports.store.begin().await?;
        let answers = match self.fill(unit.as_mut(), batch).await {
            Ok(answers) => answers,
            Err(error) => {
                // A lock that is held until the connection is back in its pool would stand in the next one's way.
                if let Err(rollback) = unit.rollback().await {
                    tracing::debug!(%rollback, "the connection went before the transaction did");
                }
                return Err(error.into());
            }
        };
        let committing = Instant::now();
        match unit.commit().await {
            Ok(()) => {}
            // The database says itself that it was rolled back.
            Err(error @ StoreError::Conflict(_)) => return Err(error.into()),
            Err(error) => return Err(Failed { error: error.into(), outcome: Outcome::Unknown }),
        }
        self.meter.committed(batch.len(), began.elapsed(), committing.elapsed());
        Ok(answers)
    }

    /// Does everything in a unit of work that belongs to a batch.
    async fn fill(&self, unit: &mut dyn UnitOfWork, batch: &[Ticket<C>]) -> Result<Answers<C>, Error> {
        let mut answers = self.claim(unit, batch).await?;
        let open: Vec<usize> = (0..batch.len()).filter(|&place| answers[place].is_none()).collect();
        let orders: Vec<(Caller, &C::Order)> =
            open.iter().map(|&place| (batch[place].caller, &batch[place].order)).collect();
        if orders.is_empty() {
            return Ok(answers.into_iter().flatten().collect());
        }
        let mut work = BatchWork { unit, ports: &self.ports };
        let decided = self.clerk.decide(&mut work, &orders).await?;
        if decided.len() != open.len() {
            return Err(Error::Internal(format!("{} orders have {} answers", open.len(), decided.len())));
        }
        let now = self.ports.clock.now();
        let mut messages = Vec::with_capacity(decided.len());
        let mut kept = Vec::new();
        for (&place, Decided { answer, caused }) in open.iter().zip(decided) {
            let ticket = &batch[place];
            messages.extend(caused.into_iter().map(|event| OutboxMessage {
                id: MessageId::generate(self.ports.ids.as_ref()),
                event,
                created_at: now,
                trace_context: ticket.trace_context.clone(),
            }));
            answers[place] = Some(match &ticket.keyed {
                None => answer,
                Some(keyed) => self.keep(keyed, answer, now, &mut kept)?,
            });
        }
        unit.outbox().append(&messages).await?;
        unit.idempotency().keep(&kept, now).await?;
        Ok(answers.into_iter().flatten().collect())
    }

    /// Claims the slots of the keys in a batch; answers those that were answered before, or can't be now.
    async fn claim(
        &self,
        unit: &mut dyn UnitOfWork,
        batch: &[Ticket<C>],
    ) -> Result<Vec<Option<Result<C::Answer, Error>>>, Error> {
        let keyed: Vec<&Keyed> = batch.iter().filter_map(|ticket| ticket.keyed.as_ref()).collect();
        let slots: Vec<IdempotencySlot> = keyed.iter().map(|keyed| keyed.slot.clone()).collect();
        let claims = unit.idempotency().claim(&slots, self.ports.clock.now()).await?;
        let mut claims: HashMap<&IdempotencySlot, Claim> =
            keyed.iter().map(|keyed| &keyed.slot).zip(claims).collect();
        let vault = self.ports.vault.as_ref();
        let answer = |ticket: &Ticket<C>| {
            let keyed = ticket.keyed.as_ref()?;
            match claims.remove(&keyed.slot)? {
                Claim::Free => None,
                Claim::InFlight => Some(Err(Error::KeyInFlight)),
                Claim::Answered(kept) => {
                    Some(Kept::open(vault, keyed.fingerprint, &kept).and_then(Kept::into_result))
                }
            }
        };
        Ok(batch.iter().map(answer).collect())
    }

    /// Adds an answer to those that are kept, if it is one: done, or refused by the rules.
    fn keep(
        &self,
        keyed: &Keyed,
        answer: Result<C::Answer, Error>,
        now: Timestamp,
        all: &mut Vec<(IdempotencySlot, KeptAnswer)>,
    ) -> Result<Result<C::Answer, Error>, Error> {
        let kept = match answer {
            Ok(answer) => Kept::Done(answer),
            Err(Error::Refused(refusal)) => Kept::Refused(refusal),
            Err(other) => return Ok(Err(other)),
        };
        let sealed = kept.seal(self.ports.vault.as_ref(), keyed.fingerprint, now)?;
        all.push((keyed.slot.clone(), sealed));
        Ok(kept.into_result())
    }
}
