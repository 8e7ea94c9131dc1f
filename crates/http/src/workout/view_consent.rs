//! `GET /api/v1/clubs/{club}/coaching-consent`

use super::consent_bodies::ConsentBody;
use crate::answer::{Reply, found};
use crate::call::Call;
use crate::club::ClubPath;

pub(crate) struct Operation;

/// Whether coaches see my workout sessions
#[utoipa::path(get, path = "/api/v1/clubs/{club}/coaching-consent", tag = "workouts",
    operation_id = "viewCoachingConsent",
    impl_for = Operation,
    params(ClubPath),
    responses((status = 200, description = "The caller's consent in the club.", body = ConsentBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.club()?;
    let consent = call.spotter().coaching_consent(call.caller, &club).await?;
    found(&call, &ConsentBody::new(&club, consent.map(|consent| consent.granted_at)))
}
