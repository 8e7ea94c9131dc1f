//! Answers kept for requests that may be sent again.

use async_trait::async_trait;
use spotter_domain::idempotency::{Claim, IdempotencyRepository, IdempotencySlot, KeptAnswer};
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::conflict;
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl IdempotencyRepository for MemoryUnitOfWork {
    async fn claim(&mut self, slots: &[IdempotencySlot], now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        // `Claim::InFlight` can't come about: there is no other transaction beside this one.
        let claim = |slot| match self.state.answers.get(slot) {
            Some(answer) if answer.expires_at > now => Claim::Answered(answer.clone()),
            Some(_) | None => Claim::Free,
        };
        Ok(slots.iter().map(claim).collect())
    }

    async fn keep(
        &mut self,
        answers: &[(IdempotencySlot, KeptAnswer)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|state| {
            for (slot, answer) in answers {
                if state.answers.get(slot).is_some_and(|kept| kept.expires_at > now) {
                    return Err(conflict("the idempotency key has been answered"));
                }
                state.answers.insert(slot.clone(), answer.clone());
            }
            Ok(())
        })
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        let expired: Vec<_> = self
            .state
            .answers
            .iter()
            .filter(|(_, answer)| answer.expires_at <= now)
            .map(|(slot, _)| slot.clone())
            .take(usize::from(limit))
            .collect();
        for slot in &expired {
            self.state.answers.remove(slot);
        }
        Ok(expired.len() as u64)
    }
}
