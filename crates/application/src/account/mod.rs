//! Signing up and in, and what people keep about themselves.

mod api_keys;
mod edit_profile;
mod grant_operator;
mod log_in;
mod log_out;
mod refresh;
mod sign_up;
mod tokens;
mod view_profile;

pub use api_keys::{CreateApiKey, CreatedApiKey, DeleteApiKey};
pub use edit_profile::EditProfile;
pub use grant_operator::GrantOperator;
pub use log_in::LogIn;
pub use log_out::LogOut;
pub use refresh::Refresh;
pub use sign_up::SignUp;
pub use tokens::{ACCESS_TOKEN_LIFETIME, IssuedTokens};
