//! `POST /api/v1/auth/logout`

use spotter_application::account::LogOut;
use spotter_domain::vault::SecretToken;

use super::bodies::RefreshTokenRequest;
use crate::answer::{Reply, done};
use crate::body::JsonBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Sign out
///
/// Ends the sign-in that the refresh token descends from. Doing it twice changes nothing.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "auth", operation_id = "logOut",
    impl_for = Operation,
    request_body = RefreshTokenRequest,
    responses((status = 204, description = "Signed out.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<RefreshTokenRequest>) -> Reply {
    let command = LogOut { refresh_token: SecretToken::new(body.value.refresh_token) };
    call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    done()
}
