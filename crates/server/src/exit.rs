//! How the program ends: with which code, and what it says on stderr.

use std::fmt;

/// Why the program can't go on.
#[derive(Debug)]
pub enum Failure {
    /// A setting or an argument is wrong: code 2.
    Usage(String),
    /// Anything else: code 1.
    Other(String),
}

impl Failure {
    /// The code that the process ends with.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Other(_) => 1,
        }
    }

    /// A failure with its cause and what to do about it.
    pub fn other(what: &str, cause: impl fmt::Display) -> Self {
        Self::Other(format!("{what}: {cause}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(text) | Self::Other(text)) = self;
        // One line, whatever the cause has to say.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        write!(f, "spotter: {text}")
    }
}

impl std::error::Error for Failure {}
