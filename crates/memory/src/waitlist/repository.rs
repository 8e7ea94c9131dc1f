//! Reading the queue in the transaction that decides upon it.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::registration::{Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, WaitlistRepository};

use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    /// Whoever waits for an event, in the order of their numbers, from the first after `after` on.
    pub(crate) fn waiting_after(
        &self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
    ) -> impl Iterator<Item = &Registration> {
        self.arrivals_after(club, event, after)
            .filter(|registration| registration.status == RegistrationStatus::Waitlisted)
    }
}

#[async_trait]
impl WaitlistRepository for MemoryUnitOfWork {
    async fn head(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError> {
        let waiting = self.state.waiting_after(club, event, after);
        Ok(waiting.take(usize::from(limit)).cloned().collect())
    }
}
