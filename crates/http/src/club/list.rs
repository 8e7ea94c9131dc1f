//! `GET /api/v1/clubs`

use super::bodies::ClubBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;

const LIST: &str = "clubs";

pub(crate) struct Operation;

/// All clubs
///
/// By slug, each with the caller's role in it.
#[utoipa::path(get, path = "/api/v1/clubs", tag = "clubs", operation_id = "listClubs", impl_for = Operation,
    params(PageParams),
    responses((status = 200, description = "A page of clubs.", body = PageBody<ClubBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let wanted = call.params()?.page(LIST)?;
    let clubs = call.spotter().clubs(call.caller, wanted).await?;
    page(&call, LIST, clubs, ClubBody::new)
}
