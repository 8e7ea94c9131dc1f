//! `GET /api/v1/clubs/{club}/athletes`

use super::consent_bodies::AthleteBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::club::ClubPath;
use crate::params::PageParams;

const LIST: &str = "athletes";

pub(crate) struct Operation;

/// Whom the coaches of a club see
///
/// For coaches and up: the members who let them see their workout sessions.
#[utoipa::path(get, path = "/api/v1/clubs/{club}/athletes", tag = "workouts", operation_id = "listAthletes",
    impl_for = Operation,
    params(ClubPath, PageParams),
    responses((status = 200, description = "A page of people.", body = PageBody<AthleteBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.club()?;
    let wanted = call.params()?.page(LIST)?;
    let athletes = call.spotter().coached_athletes(call.caller, &club, wanted).await?;
    page(&call, LIST, athletes, AthleteBody::new)
}
