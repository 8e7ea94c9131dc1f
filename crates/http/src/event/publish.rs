//! `POST /api/v1/events/{id}/publish`

use spotter_application::event::Publish;

use super::bodies::{EventBody, EventPath};
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Publish an event
///
/// For managers and owners. Opening what is open changes nothing; `409 event_cancelled` for an event that was
/// called off.
#[utoipa::path(post, path = "/api/v1/events/{id}/publish", tag = "events", operation_id = "publishEvent",
    impl_for = Operation,
    params(EventPath),
    responses((status = 200, description = "The event as it is now.", body = EventBody)))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = Publish { event: call.id("id", "event")? };
    let event = call.spotter().run(&call.posted(&body.0)?, &command).await?;
    found(&call, &EventBody::new(event, call.now()))
}
