//! The outbox.

use async_trait::async_trait;
use spotter_domain::outbox::{Outbox, OutboxMessage};
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::conflict;
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl Outbox for MemoryUnitOfWork {
    async fn append(&mut self, messages: &[OutboxMessage]) -> Result<(), StoreError> {
        self.write(|state| {
            messages.iter().try_for_each(|message| match state.outbox.insert(message.id, message.clone()) {
                None => Ok(()),
                Some(_) => Err(conflict("the outbox has a message of that id")),
            })
        })
    }

    async fn pending(&mut self, now: Timestamp, limit: u16) -> Result<Vec<OutboxMessage>, StoreError> {
        // A message is due from its creation on: nothing here processes messages, so none is ever put off.
        let mut due: Vec<_> =
            self.state.outbox.values().filter(|message| message.created_at <= now).cloned().collect();
        due.sort_by_key(|message| (message.created_at, message.id));
        due.truncate(usize::from(limit));
        Ok(due)
    }
}
