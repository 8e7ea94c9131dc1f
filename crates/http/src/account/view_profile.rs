//! `GET /api/v1/me`

use super::bodies::UserBody;
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// Who I am
#[utoipa::path(get, path = "/api/v1/me", tag = "me", operation_id = "viewProfile", impl_for = Operation,
    responses((status = 200, description = "The caller's own profile.", body = UserBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let profile = call.spotter().profile(call.caller).await?;
    found(&call, &UserBody::new(profile))
}
