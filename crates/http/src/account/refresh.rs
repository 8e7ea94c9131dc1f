//! `POST /api/v1/auth/refresh`

use spotter_application::account::Refresh;
use spotter_domain::vault::SecretToken;

use super::bodies::{IssuedTokensBody, RefreshTokenRequest};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Exchange a refresh token
///
/// A refresh token works once. Presenting it again ends the sign-in that it descends from:
/// `401 invalid_refresh_token`.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "auth", operation_id = "refresh",
    impl_for = Operation,
    request_body = RefreshTokenRequest,
    responses((status = 200, description = "The next pair.", body = IssuedTokensBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<RefreshTokenRequest>) -> Reply {
    let command = Refresh { refresh_token: SecretToken::new(body.value.refresh_token) };
    let issued = call.spotter().refresh(&call.posted(&body.bytes)?, command).await?;
    found(&call, &IssuedTokensBody::new(issued))
}
