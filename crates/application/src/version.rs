//! Guarding an edit by the version that its author has seen.

use crate::Error;

/// Which version a caller expects to edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExpectedVersion {
    /// Whatever there is.
    #[default]
    Any,
    /// One of these.
    OneOf(Vec<u32>),
}

impl ExpectedVersion {
    /// Lets an edit of `version` pass if it is expected.
    ///
    /// # Errors
    ///
    /// [`Error::VersionMismatch`].
    pub fn check(&self, version: u32) -> Result<(), Error> {
        match self {
            Self::OneOf(expected) if !expected.contains(&version) => Err(Error::VersionMismatch),
            Self::OneOf(_) | Self::Any => Ok(()),
        }
    }
}
