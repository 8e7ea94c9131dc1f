//! Answers kept for requests that may be sent again.

use async_trait::async_trait;
use spotter_domain::idempotency::{Claim, IdempotencyRepository, IdempotencySlot, KeptAnswer};
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::conflict;
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl IdempotencyRepository for MemoryUnitOfWork {
    async fn claim(&mut self, slot: &IdempotencySlot, now: Timestamp) -> Result<Claim, StoreError> {
        // `Claim::InFlight` can't come about: there is no other transaction beside this one.
        match self.state.answers.get(slot) {
            Some(answer) if answer.expires_at > now => Ok(Claim::Answered(answer.clone())),
            Some(_) | None => {
                self.claimed.insert(slot.clone());
                Ok(Claim::Free)
            }
        }
    }

    async fn keep(&mut self, slot: &IdempotencySlot, answer: &KeptAnswer) -> Result<(), StoreError> {
        let claimed = self.claimed.remove(slot);
        if !claimed && self.state.answers.contains_key(slot) {
            return Err(conflict("the idempotency key has been answered"));
        }
        self.state.answers.insert(slot.clone(), answer.clone());
        Ok(())
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
