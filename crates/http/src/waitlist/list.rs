//! `GET /api/v1/events/{id}/waitlist`

use serde::Serialize;
use spotter_domain::Timestamp;
use spotter_domain::waitlist::WaitlistEntryView;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::event::EventPath;
use crate::params::PageParams;

const LIST: &str = "waitlist";

/// An entry of the queue.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitlistEntry)]
pub(crate) struct EntryBody {
    registration_id: Uuid,
    user_id: Uuid,
    /// How the person wants to be called.
    display_name: String,
    /// How many seats they wait for.
    party_size: u16,
    /// Its place in the order of arrival, given once.
    queue_number: u64,
    /// 1 + how many entries stand before it.
    position: u64,
    /// How often smaller parties have passed it.
    passes: u16,
    registered_at: Timestamp,
}

impl EntryBody {
    fn new(view: WaitlistEntryView) -> Self {
        Self {
            registration_id: view.registration.uuid(),
            user_id: view.account.uuid(),
            display_name: view.display_name,
            party_size: view.party_size,
            queue_number: view.queue_number.get(),
            position: view.position,
            passes: view.passes,
            registered_at: view.registered_at,
        }
    }
}

pub(crate) struct Operation;

/// The waitlist of an event
///
/// For coaches and up, in order.
#[utoipa::path(get, path = "/api/v1/events/{id}/waitlist", tag = "registrations",
    operation_id = "listWaitlist",
    impl_for = Operation,
    params(EventPath, PageParams),
    responses((status = 200, description = "A page of the queue.", body = PageBody<EntryBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let event = call.id("id", "event")?;
    let wanted = call.params()?.page(LIST)?;
    let entries = call.spotter().waitlist(call.caller, event, wanted).await?;
    page(&call, LIST, entries, EntryBody::new)
}
