//! Reading the queue in the transaction that decides upon it.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::registration::{Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueEntry, QueueNumber, WaitlistRepository};

use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    /// Whoever waits for an event, in the order of their numbers, from the first after `after` on.
    pub(super) fn waiting_after(
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
    ) -> Result<Vec<QueueEntry>, StoreError> {
        let waiting = self.state.waiting_after(club, event, after);
        Ok(waiting.take(usize::from(limit)).map(Registration::queue_entry).collect())
    }

    async fn count_before(
        &mut self,
        club: ClubId,
        event: EventId,
        number: QueueNumber,
    ) -> Result<u64, StoreError> {
        let waiting = self.state.waiting_after(club, event, None);
        Ok(waiting.take_while(|waiting| waiting.queue_number < number).count() as u64)
    }
}
