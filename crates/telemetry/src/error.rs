//! Why telemetry could not be started. No message repeats a value: an address may carry a password.

use tracing_subscriber::util::TryInitError;

/// Why [`init`](crate::init) failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A variable of the environment holds what nobody understands. Its value is left out on purpose.
    #[error("{variable} is not understood: expected {expected}")]
    Variable {
        /// The name of the variable.
        variable: &'static str,
        /// What would have been understood.
        expected: &'static str,
    },
    /// The thread pool or the trust store that sending traces needs is not to be had.
    #[error("traces can't be sent from this machine: {0}")]
    Machine(#[from] std::io::Error),
    /// Somebody else has already taken the process's logs.
    #[error("logging was already started in this process")]
    AlreadyStarted(#[from] TryInitError),
}

impl Error {
    /// Whether somebody has to correct a setting (and not the machine, or the program).
    #[must_use]
    pub fn is_wrong_setting(&self) -> bool {
        matches!(self, Self::Variable { .. })
    }
}
