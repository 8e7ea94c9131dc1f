//! `GET /api/v1/me/registrations`

use serde::Deserialize;
use spotter_application::registration::WhenWanted;
use spotter_domain::Invalid;
use utoipa::IntoParams;

use super::bodies::MineBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;
use crate::words;

/// Which registrations are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Filter {
    /// Those of events that are not over, or of events that are; all without it.
    #[param(required = false, schema_with = words::when)]
    when: String,
}

pub(crate) struct Operation;

/// My registrations
///
/// The soonest event first; of past events, the latest first.
#[utoipa::path(get, path = "/api/v1/me/registrations", tag = "registrations",
    operation_id = "listMyRegistrations",
    impl_for = Operation,
    params(Filter, PageParams),
    responses((status = 200, description = "A page of registrations.", body = PageBody<MineBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let when = params.read("when", when)?.unwrap_or_default();
    // Past events come in another order, where a place in this one means nothing.
    let list = if when == WhenWanted::Past { "my-past-registrations" } else { "my-registrations" };
    let registrations = call.spotter().my_registrations(call.caller, when, params.page(list)?).await?;
    let now = call.now();
    page(&call, list, registrations, |registration| MineBody::new(registration, now))
}

fn when(word: &str) -> Result<WhenWanted, Invalid> {
    match word {
        "upcoming" => Ok(WhenWanted::Upcoming),
        "past" => Ok(WhenWanted::Past),
        _ => Err(Invalid::new("must be upcoming or past")),
    }
}
