//! Signing up and in, the caller's own profile, keys for programs.

mod bodies;
pub(crate) mod create_api_key;
pub(crate) mod delete_api_key;
pub(crate) mod edit_profile;
pub(crate) mod list_api_keys;
pub(crate) mod log_in;
pub(crate) mod log_out;
pub(crate) mod refresh;
pub(crate) mod sign_up;
pub(crate) mod view_profile;
