//! `POST /api/v1/events/{id}/registrations`

use serde::Deserialize;
use spotter_application::registration::Register;
use spotter_domain::registration::PartySize;
use utoipa::ToSchema;

use super::bodies::RegistrationBody;
use crate::answer::{Reply, created};
use crate::body::OptionalJsonBody;
use crate::call::Call;
use crate::event::EventPath;
use crate::fields::{Findings, Whole, identifier};

/// A claim.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Register, example = json!({"party_size": 2}))]
pub(crate) struct Request {
    /// How many seats.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 100, default = 1)]
    party_size: Option<Whole>,
    /// For whom, if not for the caller: for staff.
    #[schema(format = "uuid")]
    user_id: Option<String>,
}

pub(crate) struct Operation;

/// Register for an event
///
/// Answers with a confirmed or a waitlisted registration, and why. Refusals are `409`: `already_registered`,
/// `event_closed`, `party_too_large`, `waitlist_closed`, `waitlist_full`. No body at all registers the caller
/// alone.
#[utoipa::path(post, path = "/api/v1/events/{id}/registrations", tag = "registrations",
    operation_id = "register",
    impl_for = Operation,
    params(EventPath),
    request_body = Option<Request>,
    responses(
        (status = 201, description = "The registration.", body = RegistrationBody),
        (status = 403, description = "Others are registered by staff.")))]
pub(crate) async fn handle(call: Call, body: OptionalJsonBody<Request>) -> Reply {
    let OptionalJsonBody(body) = body;
    let event = call.id("id", "event")?;
    let mut findings = Findings::default();
    let party_size = body.value.party_size.map(|size| PartySize::new(size.to_u16()));
    let party_size = findings.take_optional("/party_size", party_size).unwrap_or_default();
    let person = findings.take_optional("/user_id", body.value.user_id.as_deref().map(identifier));
    let command = findings.finish(Register { event, party_size, person })?;
    let registration = call.spotter().register(&call.posted(&body.bytes)?, command).await?;
    let location = format!("/api/v1/registrations/{}", registration.id);
    created(&call, location, &RegistrationBody::new(&registration))
}
