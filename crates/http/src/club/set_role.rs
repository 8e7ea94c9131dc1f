//! `PUT /api/v1/clubs/{club}/members/{user_id}`

use serde::Deserialize;
use spotter_application::club::SetRole;
use spotter_domain::club::Role;
use utoipa::ToSchema;

use super::bodies::{ClubPath, MembershipBody};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::Findings;
use crate::words;

/// What somebody may do from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetRole, example = json!({"role": "coach"}))]
pub(crate) struct Request {
    #[schema(schema_with = words::role)]
    role: String,
}

pub(crate) struct Operation;

/// Give somebody a role
///
/// Makes them a member if they are none. Managers move people below managers; owners move everybody.
/// `409 last_owner` when the club would be left without an owner.
#[utoipa::path(put, path = "/api/v1/clubs/{club}/members/{user_id}", tag = "clubs", operation_id = "setRole",
    impl_for = Operation,
    params(ClubPath, ("user_id" = Uuid, Path, description = "The person.")),
    request_body = Request,
    responses(
        (status = 200, description = "Their membership as it is now.", body = MembershipBody),
        (status = 409, description = "The club keeps at least one owner.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let (club, account) = (call.club()?, call.id("user_id", "account")?);
    let mut findings = Findings::default();
    let Some(role) = findings.take("/role", Role::parse(&body.value.role)) else {
        return Err(findings.into_error().into());
    };
    let membership = call.spotter().run(&call.context(), &SetRole { club, account, role }).await?;
    found(&call, &MembershipBody::new(membership))
}
