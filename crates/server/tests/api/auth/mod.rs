//! Signing up, in and out.

mod access_tokens;
mod login;
mod login_limits;
mod logout;
mod refresh;
mod signup;
mod signup_twice;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

pub(crate) const EMAIL: &str = "Ada.Lovelace@Example.org";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// What somebody new sends.
pub(crate) fn newcomer(email: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "display_name": "Ada"})
}

pub(crate) async fn sign_up(app: &TestApp, email: &str) -> Answer {
    app.post("/api/v1/auth/signup", &newcomer(email)).await.expect(201)
}

pub(crate) async fn log_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post("/api/v1/auth/login", &json!({"email": email, "password": password})).await
}

pub(crate) async fn refresh(app: &TestApp, refresh_token: &str) -> Answer {
    app.post("/api/v1/auth/refresh", &json!({"refresh_token": refresh_token})).await
}

pub(crate) async fn log_out(app: &TestApp, refresh_token: &str) -> Answer {
    app.post("/api/v1/auth/logout", &json!({"refresh_token": refresh_token})).await
}

/// Who the bearer of a token is.
pub(crate) async fn me(app: &TestApp, bearer: &str) -> Answer {
    Answer::of(app.request(Method::GET, "/api/v1/me").bearer_auth(bearer)).await
}
