//! The error of a value that breaks its type's rule.

use std::borrow::Cow;

/// A value was refused by the type that it was to become; the text says what would be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub Cow<'static, str>);

impl Invalid {
    /// An error that says `detail`.
    pub fn new(detail: impl Into<Cow<'static, str>>) -> Self {
        Self(detail.into())
    }
}
