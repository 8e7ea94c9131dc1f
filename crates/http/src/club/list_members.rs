//! `GET /api/v1/clubs/{club}/members`

use super::bodies::{ClubPath, MemberBody};
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;

const LIST: &str = "members";

pub(crate) struct Operation;

/// The members of a club
///
/// For managers and owners.
#[utoipa::path(get, path = "/api/v1/clubs/{club}/members", tag = "clubs", operation_id = "listMembers",
    impl_for = Operation,
    params(ClubPath, PageParams),
    responses((status = 200, description = "A page of members.", body = PageBody<MemberBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.club()?;
    let wanted = call.params()?.page(LIST)?;
    let members = call.spotter().members(call.caller, &club, wanted).await?;
    page(&call, LIST, members, MemberBody::new)
}
