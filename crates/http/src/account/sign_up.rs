//! `POST /api/v1/auth/signup`

use serde::Deserialize;
use spotter_application::account::SignUp;
use spotter_domain::account::{Email, Password};
use spotter_domain::text::DisplayName;
use utoipa::ToSchema;

use super::bodies::IssuedTokensBody;
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::Findings;

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignUp, example = json!({
    "email": "ada@example.org", "password": "correct horse battery", "display_name": "Ada"
}))]
pub(crate) struct Request {
    /// Unique, whatever its case.
    #[schema(format = "email", min_length = 5, max_length = 254)]
    email: String,
    #[schema(format = "password", min_length = 8, max_length = 256)]
    password: String,
    /// How they want to be called.
    #[schema(min_length = 1, max_length = 100)]
    display_name: String,
}

pub(crate) struct Operation;

/// Sign up
///
/// Makes an account and signs its owner in. `409 email_taken` when there is an account of that address.
#[utoipa::path(post, path = "/api/v1/auth/signup", tag = "auth", operation_id = "signUp",
    impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The account was made.", body = IssuedTokensBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let request = body.value;
    let mut findings = Findings::default();
    let email = findings.take("/email", Email::parse(&request.email));
    let password = findings.take("/password", Password::parse_new(request.password));
    let display_name = findings.take("/display_name", DisplayName::parse(&request.display_name));
    let (Some(email), Some(password), Some(display_name)) = (email, password, display_name) else {
        return Err(findings.into_error().into());
    };
    let command = SignUp { email, password, display_name };
    let issued = call.spotter().sign_up(&call.posted(&body.bytes)?, command).await?;
    created(&call, "/api/v1/me", &IssuedTokensBody::new(issued))
}
