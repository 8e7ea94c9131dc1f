//! `POST /api/v1/me/api-keys`

use serde::Deserialize;
use spotter_application::account::CreateApiKey;
use spotter_domain::text::KeyName;
use utoipa::ToSchema;

use super::bodies::CreatedApiKeyBody;
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::Findings;

/// A new key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateApiKey, example = json!({"name": "The door's reader"}))]
pub(crate) struct Request {
    /// What its owner calls it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
}

pub(crate) struct Operation;

/// Make an API key
///
/// A program that presents the key as a bearer token acts as the caller. `409 too_many_api_keys` at the
/// twenty-first.
#[utoipa::path(post, path = "/api/v1/me/api-keys", tag = "me", operation_id = "createApiKey",
    impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The key, told this once.", body = CreatedApiKeyBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let mut findings = Findings::default();
    let Some(name) = findings.take("/name", KeyName::parse(&body.value.name)) else {
        return Err(findings.into_error().into());
    };
    let key = call.spotter().run(&call.posted(&body.bytes)?, &CreateApiKey { name }).await?;
    let location = format!("/api/v1/me/api-keys/{}", key.view.id);
    created(&call, location, &CreatedApiKeyBody::new(key))
}
