//! `GET /api/v1/events/{id}`

use super::bodies::{EventBody, EventPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// An event
///
/// Published events are public; staff of the club see drafts too.
#[utoipa::path(get, path = "/api/v1/events/{id}", tag = "events", operation_id = "viewEvent",
    impl_for = Operation,
    params(EventPath),
    responses((status = 200, description = "The event.", body = EventBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let event = call.spotter().event(call.caller, call.id("id", "event")?).await?;
    found(&call, &EventBody::new(event, call.now()))
}
