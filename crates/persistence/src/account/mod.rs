//! People: accounts, their tokens and their keys.

pub(crate) mod api_key;
mod preferences;
pub(crate) mod queries;
pub(crate) mod refresh_token;
pub(crate) mod repository;
