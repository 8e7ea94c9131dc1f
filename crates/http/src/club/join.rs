//! `POST /api/v1/clubs/{club}/join`

use spotter_application::club::Join;

use super::bodies::{ClubPath, MembershipBody};
use crate::answer::{Reply, created};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Join a club
///
/// Makes the caller a member. Whoever belongs to the club already keeps their role.
#[utoipa::path(post, path = "/api/v1/clubs/{club}/join", tag = "clubs", operation_id = "joinClub",
    impl_for = Operation,
    params(ClubPath),
    responses((status = 201, description = "The caller's membership.", body = MembershipBody)))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = Join { club: call.club()? };
    let membership = call.spotter().run(&call.posted(&body.0)?, &command).await?;
    let location = format!("/api/v1/clubs/{}/members/{}", membership.club, membership.account);
    created(&call, location, &MembershipBody::new(membership))
}
