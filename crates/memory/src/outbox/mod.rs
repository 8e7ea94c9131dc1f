//! The outbox: announcements written in the unit of work that caused them, and their way out.

mod queue;

use async_trait::async_trait;
use spotter_domain::outbox::{Outbox, OutboxMessage};
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::conflict;
use crate::store::MemoryUnitOfWork;

/// How often a message is tried.
const MAX_ATTEMPTS: u32 = 20;

/// A message with what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    message: OutboxMessage,
    processed_at: Option<Timestamp>,
    attempts: u32,
    next_attempt_at: Timestamp,
}

impl Kept {
    const fn is_pending(&self) -> bool {
        self.processed_at.is_none() && self.attempts < MAX_ATTEMPTS
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.is_pending() && self.next_attempt_at <= now
    }

    /// Whether it failed and is still to be delivered, so that later ones of its aggregate wait for it.
    const fn holds_back(&self) -> bool {
        self.is_pending() && self.attempts > 0
    }
}

impl From<OutboxMessage> for Kept {
    fn from(message: OutboxMessage) -> Self {
        let next_attempt_at = message.created_at;
        Self { message, processed_at: None, attempts: 0, next_attempt_at }
    }
}

#[async_trait]
impl Outbox for MemoryUnitOfWork {
    async fn append(&mut self, messages: &[OutboxMessage]) -> Result<(), StoreError> {
        self.write(|state| {
            messages.iter().try_for_each(|message| {
                match state.outbox.insert(message.id, message.clone().into()) {
                    None => Ok(()),
                    Some(_) => Err(conflict("the outbox has a message of that id")),
                }
            })
        })
    }

    async fn pending(&mut self, now: Timestamp, limit: u16) -> Result<Vec<OutboxMessage>, StoreError> {
        let due = self.state.outbox.values().filter(|kept| kept.is_due(now));
        Ok(due.take(usize::from(limit)).map(|kept| kept.message.clone()).collect())
    }
}
