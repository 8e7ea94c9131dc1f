//! `POST /api/v1/auth/login`

use serde::Deserialize;
use spotter_application::account::LogIn;
use spotter_domain::account::Password;
use utoipa::ToSchema;

use super::bodies::IssuedTokensBody;
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;

/// Somebody who comes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LogIn, example = json!({"email": "ada@example.org", "password": "correct horse battery"}))]
pub(crate) struct Request {
    email: String,
    #[schema(format = "password")]
    password: String,
}

pub(crate) struct Operation;

/// Sign in
///
/// `401 invalid_credentials` is the same for an unknown address as for a wrong password;
/// `429 too_many_attempts` after too many failures.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "auth", operation_id = "logIn", impl_for = Operation,
    request_body = Request,
    responses((status = 200, description = "Signed in.", body = IssuedTokensBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let Request { email, password } = body.value;
    let command = LogIn { email, password: Password::presented(password) };
    let issued = call.spotter().log_in(&call.posted(&body.bytes)?, command).await?;
    found(&call, &IssuedTokensBody::new(issued))
}
