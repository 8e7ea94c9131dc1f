//! `POST /api/v1/events/{id}/cancel`

use spotter_application::event::CancelEvent;

use super::bodies::{EventBody, EventPath};
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Cancel an event
///
/// For managers and owners. Calls it off with all of its registrations. Doing it twice changes nothing;
/// `409 event_completed` for an event that is over.
#[utoipa::path(post, path = "/api/v1/events/{id}/cancel", tag = "events", operation_id = "cancelEvent",
    impl_for = Operation,
    params(EventPath),
    responses((status = 200, description = "The event as it is now.", body = EventBody)))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = CancelEvent { event: call.id("id", "event")? };
    let event = call.spotter().run(&call.posted(&body.0)?, &command).await?;
    found(&call, &EventBody::new(event, call.now()))
}
