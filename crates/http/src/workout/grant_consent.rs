//! `PUT /api/v1/clubs/{club}/coaching-consent`

use spotter_application::workout::GrantCoachingConsent;

use super::consent_bodies::ConsentBody;
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;
use crate::club::ClubPath;

pub(crate) struct Operation;

/// Let coaches see my workout sessions
///
/// For members of the club: its coaches and up see the caller's workout sessions from now on. Doing it twice changes
/// nothing.
#[utoipa::path(put, path = "/api/v1/clubs/{club}/coaching-consent", tag = "workouts",
    operation_id = "grantCoachingConsent",
    impl_for = Operation,
    params(ClubPath),
    responses(
        (status = 200, description = "The consent as it is now.", body = ConsentBody),
        (status = 403, description = "Only members of the club can consent."),
        (status = 413, description = "The body is larger than 1 MiB.")))]
pub(crate) async fn handle(call: Call, _: EmptyBody) -> Reply {
    let club = call.club()?;
    let command = GrantCoachingConsent { club: club.clone() };
    let granted_at = match call.spotter().run(&call.context(), &command).await? {
        Some(now) => Some(now),
        None => call.spotter().coaching_consent(call.caller, &club).await?.map(|consent| consent.granted_at),
    };
    found(&call, &ConsentBody::new(&club, granted_at))
}
