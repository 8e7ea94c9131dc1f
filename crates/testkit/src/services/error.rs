//! Why there is no service.

use std::fmt;

/// Why one way did not lead to a service; the next one is tried.
#[derive(Debug)]
pub(super) struct Declined(String);

impl Declined {
    pub(super) fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Declined {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<std::io::Error> for Declined {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Why the tests have no service to run against.
#[derive(Debug, thiserror::Error)]
pub enum ServicesError {
    /// The environment names a service that can't be used.
    #[error("{variable} names a service that can't be used: {reason}")]
    Named {
        /// The variable that names it.
        variable: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// None of the four ways led to it.
    #[error("{service} is needed and was found in none of four ways:\n{ways}")]
    NoneLeft {
        /// What is missing.
        service: &'static str,
        /// One line for each way, with the reason.
        ways: String,
    },
    /// There is no server that a test may crash.
    #[error("a PostgreSQL that can be crashed takes its programs on this machine: {0}")]
    Uncrashable(String),
    /// A server that was crashed does not come back.
    #[error("the PostgreSQL that was crashed does not come back: {0}")]
    Lost(String),
}

impl ServicesError {
    pub(super) fn none_left(
        service: &'static str,
        variable: &'static str,
        tried: &[(&'static str, Declined)],
    ) -> Self {
        let mut lines = vec![format!("  - {variable}: not set")];
        lines.extend(tried.iter().map(|(name, declined)| format!("  - {name}: {declined}")));
        Self::NoneLeft { service, ways: lines.join("\n") }
    }
}
