//! `GET /api/v1/wearables/whoop`

use super::bodies::LinkBody;
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// Which user of WHOOP I am
#[utoipa::path(get, path = "/api/v1/wearables/whoop", tag = "wearables", operation_id = "viewWhoopLink",
    impl_for = Operation,
    responses((status = 200, description = "The user that the caller is, or null.", body = LinkBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let user_id = call.spotter().whoop_user(call.caller).await?;
    found(&call, &LinkBody { user_id })
}
