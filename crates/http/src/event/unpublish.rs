//! `POST /api/v1/events/{id}/unpublish`

use spotter_application::event::Unpublish;

use super::bodies::{EventBody, EventPath};
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Unpublish an event
///
/// For managers and owners. Hides it again, while nobody is registered: `409 event_has_registrations`.
#[utoipa::path(post, path = "/api/v1/events/{id}/unpublish", tag = "events", operation_id = "unpublishEvent",
    impl_for = Operation,
    params(EventPath),
    responses((status = 200, description = "The event as it is now.", body = EventBody)))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = Unpublish { event: call.id("id", "event")? };
    let event = call.spotter().run(&call.posted(&body.0)?, &command).await?;
    found(&call, &EventBody::new(event, call.now()))
}
