//! Reading the queue for staff.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::waitlist::{QueueNumber, WaitlistEntryView, WaitlistQueries};

use crate::page::page;
use crate::store::MemoryStore;

#[async_trait]
impl WaitlistQueries for MemoryStore {
    async fn entries(
        &self,
        club: ClubId,
        event: EventId,
        request: PageRequest<QueueNumber>,
    ) -> Result<Page<WaitlistEntryView, QueueNumber>, StoreError> {
        let state = self.committed();
        let entries = state
            .waiting_after(club, event, None)
            .zip(1_u64..)
            .filter(|(waiting, _)| request.after.is_none_or(|after| waiting.queue_number > after))
            .map(|(waiting, position)| WaitlistEntryView {
                registration: waiting.id,
                account: waiting.account,
                display_name: state.display_name(waiting.account),
                party_size: waiting.party_size.get(),
                queue_number: waiting.queue_number,
                position,
                passes: waiting.passes,
                registered_at: waiting.registered_at,
            });
        Ok(page(entries, request.limit, |entry| entry.queue_number))
    }
}
