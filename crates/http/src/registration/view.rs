//! `GET /api/v1/registrations/{id}`

use super::bodies::{RegistrationBody, RegistrationPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// A registration
///
/// For the person themselves and for staff, with every decision and its reason.
#[utoipa::path(get, path = "/api/v1/registrations/{id}", tag = "registrations",
    operation_id = "viewRegistration",
    impl_for = Operation,
    params(RegistrationPath),
    responses((status = 200, description = "The registration.", body = RegistrationBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let registration = call.spotter().registration(call.caller, call.id("id", "registration")?).await?;
    found(&call, &RegistrationBody::new(&registration))
}
