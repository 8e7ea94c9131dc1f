//! Reading the queue for staff.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::QueueNumber;
use crate::id::{AccountId, ClubId, EventId, RegistrationId};
use crate::page::{Page, PageRequest};
use crate::{StoreError, Timestamp};

/// An entry of the queue as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitlistEntryView {
    /// Which registration.
    pub registration: RegistrationId,
    /// The person.
    pub account: AccountId,
    /// How the person wants to be called.
    pub display_name: String,
    /// How many seats they wait for.
    pub party_size: u16,
    /// Its place in the order of arrival.
    pub queue_number: QueueNumber,
    /// 1 + how many entries stand before it.
    pub position: u64,
    /// How often smaller parties have passed it.
    pub passes: u16,
    /// When it arrived.
    pub registered_at: Timestamp,
}

/// Reads queues.
#[async_trait]
pub trait WaitlistQueries: Send + Sync {
    /// The queue of an event in order.
    async fn entries(
        &self,
        club: ClubId,
        event: EventId,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<WaitlistEntryView, QueueNumber>, StoreError>;
}
