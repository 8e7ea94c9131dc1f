//! `POST /api/v1/registrations/{id}/attendance`

use serde::Deserialize;
use spotter_application::registration::RecordAttendance;
use spotter_domain::registration::Attendance;
use utoipa::ToSchema;

use super::bodies::{RegistrationBody, RegistrationPath};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;

/// Whether they came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecordAttendance, example = json!({"attended": true}))]
pub(crate) struct Request {
    attended: bool,
}

pub(crate) struct Operation;

/// Record attendance
///
/// For coaches and up, from the start of the event on; a mistake can be put right. `409 event_not_started`,
/// `not_confirmed`.
#[utoipa::path(post, path = "/api/v1/registrations/{id}/attendance", tag = "registrations",
    operation_id = "recordAttendance", impl_for = Operation,
    params(RegistrationPath),
    request_body = Request,
    responses((status = 200, description = "The registration as it is now.", body = RegistrationBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let registration = call.id("id", "registration")?;
    let attendance = if body.value.attended { Attendance::Attended } else { Attendance::NoShow };
    let command = RecordAttendance { registration, attendance };
    let registration = call.spotter().record_attendance(&call.posted(&body.bytes)?, command).await?;
    found(&call, &RegistrationBody::new(&registration))
}
