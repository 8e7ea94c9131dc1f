//! `PUT /api/v1/wearables/whoop`

use serde::Deserialize;
use spotter_application::wearable::{LinkWhoop, measures};
use utoipa::ToSchema;

use super::bodies::LinkBody;
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Whole};

/// A user of WHOOP.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkWhoop, example = json!({"user_id": 10_129}))]
pub(crate) struct Request {
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    user_id: Whole,
}

pub(crate) struct Operation;

/// Say which user of WHOOP I am
///
/// What WHOOP tells of that user is kept as mine from now on. `409 wearable_linked` when somebody else is that
/// user.
#[utoipa::path(put, path = "/api/v1/wearables/whoop", tag = "wearables", operation_id = "linkWhoop",
    impl_for = Operation,
    request_body = Request,
    responses(
        (status = 200, description = "The user that the caller is now.", body = LinkBody),
        (status = 409, description = "Somebody else is that user.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let mut findings = Findings::default();
    let Some(user) = findings.take("/user_id", measures::number(body.value.user_id.to_i64())) else {
        return Err(findings.into_error().into());
    };
    call.spotter().run(&call.context(), &LinkWhoop { user }).await?;
    found(&call, &LinkBody { user_id: Some(user) })
}
