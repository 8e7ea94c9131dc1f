//! `GET /api/v1/events/{id}/registrations`

use serde::Deserialize;
use spotter_domain::registration::RegistrationStatus;
use utoipa::IntoParams;

use super::bodies::ItemBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::event::EventPath;
use crate::params::PageParams;
use crate::words;

const LIST: &str = "registrations";

/// Which registrations are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Filter {
    /// Those of this status.
    #[param(required = false, schema_with = words::registration_status)]
    status: String,
}

pub(crate) struct Operation;

/// The registrations of an event
///
/// For coaches and up, in the order of arrival.
#[utoipa::path(get, path = "/api/v1/events/{id}/registrations", tag = "registrations",
    operation_id = "listRegistrations", impl_for = Operation,
    params(EventPath, Filter, PageParams),
    responses((status = 200, description = "A page of registrations.", body = PageBody<ItemBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let event = call.id("id", "event")?;
    let params = call.params()?;
    let status = params.read("status", RegistrationStatus::parse)?;
    let registrations = call.spotter().registrations(call.caller, event, status, params.page(LIST)?).await?;
    page(&call, LIST, registrations, ItemBody::new)
}
