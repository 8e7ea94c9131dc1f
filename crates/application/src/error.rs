//! What a use case answers when it can't do what it was asked.

use std::borrow::Cow;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use spotter_domain::{Invalid, StoreError};

/// Why a use case did nothing. Each variant is one that callers handle differently.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Values were refused by their types.
    #[error("the request has {} invalid value{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Invalid(Vec<FieldError>),
    /// Nobody is signed in, or with something that is no good.
    #[error("{}", .0.detail)]
    Unauthenticated(Refusal),
    /// Whoever is signed in may see the thing but not do this to it.
    #[error("{}", .0.detail)]
    Forbidden(Refusal),
    /// There is no such thing, or none that the caller may know of.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The rules say no, at this moment.
    #[error("{}", .0.detail)]
    Refused(Refusal),
    /// The thing is not in the version that the caller knows.
    #[error("the resource has changed since it was read")]
    VersionMismatch,
    /// The same idempotency key came with another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The first request with that idempotency key has not been answered yet.
    #[error("a request with this idempotency key is being worked on")]
    KeyInFlight,
    /// Too often.
    #[error("too many attempts")]
    TooMany {
        /// When to try again.
        retry_after: Duration,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// We have too much to do at this moment.
    #[error("too busy: {0}")]
    Busy(String),
    /// Something is broken here.
    #[error("internal error: {0}")]
    Internal(String),
}

/// A rule's no: a word for programs and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable, in `snake_case`.
    pub code: Cow<'static, str>,
    /// A sentence.
    pub detail: Cow<'static, str>,
}

impl Refusal {
    /// A refusal under `code`, explained by `detail`.
    pub fn new(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code: Cow::Borrowed(code), detail: detail.into() }
    }
}

/// A value that was refused, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the body, or the name of a parameter.
    pub pointer: Cow<'static, str>,
    /// What would be accepted.
    pub detail: Cow<'static, str>,
}

impl Error {
    /// A rule's no.
    pub fn refused(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused(Refusal::new(code, detail))
    }

    /// A no for want of a role.
    pub fn forbidden(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Forbidden(Refusal::new(code, detail))
    }

    /// A no for want of credentials.
    pub fn unauthenticated(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::Unauthenticated(Refusal::new(code, detail))
    }

    /// One refused value.
    pub fn invalid(pointer: impl Into<Cow<'static, str>>, invalid: Invalid) -> Self {
        Self::Invalid(vec![FieldError { pointer: pointer.into(), detail: invalid.0 }])
    }
}
