//! `POST /api/v1/registrations/{id}/cancel`

use spotter_application::registration::Cancel;

use super::bodies::{RegistrationBody, RegistrationPath};
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Cancel a registration
///
/// For the person themselves and for staff. The seats go to those who wait in the same moment; doing it
/// twice is doing it once. `409 attendance_recorded` afterwards.
#[utoipa::path(post, path = "/api/v1/registrations/{id}/cancel", tag = "registrations",
    operation_id = "cancelRegistration", impl_for = Operation,
    params(RegistrationPath),
    responses((status = 200, description = "The registration as it is now.", body = RegistrationBody)))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = Cancel { registration: call.id("id", "registration")? };
    let registration = call.spotter().cancel(&call.posted(&body.0)?, command).await?;
    found(&call, &RegistrationBody::new(&registration))
}
