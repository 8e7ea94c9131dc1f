//! Reading the queue in the transaction that decides upon it.

use async_trait::async_trait;

use super::QueueNumber;
use crate::StoreError;
use crate::id::{ClubId, EventId};
use crate::registration::Registration;

/// Reads the queue of an event whose lock this transaction holds.
#[async_trait]
pub trait WaitlistRepository: Send {
    /// Up to `limit` waiting entries in the order of their numbers, from the first after `after` on.
    async fn head(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError>;
}
