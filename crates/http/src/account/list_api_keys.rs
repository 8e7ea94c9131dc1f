//! `GET /api/v1/me/api-keys`

use super::bodies::ApiKeyBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;

const LIST: &str = "api-keys";

pub(crate) struct Operation;

/// My API keys
///
/// Oldest first; the keys themselves were told when they were made.
#[utoipa::path(get, path = "/api/v1/me/api-keys", tag = "me", operation_id = "listApiKeys",
    impl_for = Operation,
    params(PageParams),
    responses((status = 200, description = "A page of keys.", body = PageBody<ApiKeyBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let wanted = call.params()?.page(LIST)?;
    let keys = call.spotter().api_keys(call.caller, wanted).await?;
    page(&call, LIST, keys, ApiKeyBody::new)
}
