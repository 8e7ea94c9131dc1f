//! The first way: a service that whoever runs the tests has named.

use std::time::Duration;

use super::error::ServicesError;
use super::readiness::{self, Deadline};
use super::running::{Keep, Provenance, Running};

/// The variable that names a PostgreSQL for the tests, as a role that may create databases.
pub const DATABASE_URL: &str = "SPOTTER_TEST_DATABASE_URL";

/// The variable that names a Redis for the tests.
pub const REDIS_URL: &str = "SPOTTER_TEST_REDIS_URL";

/// Long enough for a service that is started beside the tests.
const PATIENCE: Duration = Duration::from_secs(20);

/// # Errors
///
/// When the one that is named does not answer or is too old.
pub(super) fn postgres() -> Result<Option<Running>, ServicesError> {
    named(DATABASE_URL, |url| readiness::postgres(url, Deadline::within(PATIENCE)))
}

/// # Errors
///
/// When the one that is named does not answer.
pub(super) fn redis() -> Result<Option<Running>, ServicesError> {
    named(REDIS_URL, |url| readiness::redis(url, Deadline::within(PATIENCE)))
}

fn named(
    variable: &'static str,
    version_of: impl FnOnce(&str) -> Result<String, String>,
) -> Result<Option<Running>, ServicesError> {
    let Some(url) = std::env::var(variable).ok().filter(|url| !url.trim().is_empty()) else {
        return Ok(None);
    };
    match version_of(&url) {
        Ok(version) => Ok(Some(Running::new(url, version, Provenance::Environment, Keep::Nothing))),
        Err(reason) => Err(ServicesError::Named { variable, reason }),
    }
}
