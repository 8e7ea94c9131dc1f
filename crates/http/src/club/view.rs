//! `GET /api/v1/clubs/{club}`

use super::bodies::{ClubBody, ClubPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// A club
#[utoipa::path(get, path = "/api/v1/clubs/{club}", tag = "clubs", operation_id = "viewClub",
    impl_for = Operation,
    params(ClubPath),
    responses((status = 200, description = "The club.", body = ClubBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.spotter().club(call.caller, &call.club()?).await?;
    found(&call, &ClubBody::new(club))
}
