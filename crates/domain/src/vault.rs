//! The port of everything secret: making it, recognising it, and keeping it out of plain sight.

use crate::Timestamp;
use crate::id::AccountId;

/// A secret made by us and shown to its owner once. Its `Debug` form hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretToken(String);

impl SecretToken {
    /// Wraps a token, made by us or presented to us.
    #[must_use]
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The token in the clear, to be handed to its owner.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretToken(..)")
    }
}

/// What is stored of a token: enough to recognise it, not enough to use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest(pub [u8; 32]);

/// A sealed text could not be opened: it was changed, or sealed with another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed text can't be opened with this key")]
pub struct BrokenSeal;

/// Makes and guards secrets.
pub trait Vault: Send + Sync {
    /// A new token of 256 random bits that begins with `prefix`.
    fn fresh_token(&self, prefix: &str) -> SecretToken;
    /// The digest under which a token is stored. The same for the same token, on every node.
    fn digest(&self, token: &str) -> TokenDigest;
    /// A keyed fingerprint: equal for equal bytes, and useless for guessing them without the key.
    fn fingerprint(&self, bytes: &[u8]) -> [u8; 32];
    /// Encrypts and authenticates `plain`.
    fn seal(&self, plain: &[u8]) -> Vec<u8>;
    /// Opens what [`Vault::seal`] made.
    ///
    /// # Errors
    ///
    /// [`BrokenSeal`] when it was changed or sealed with another key.
    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, BrokenSeal>;
}

/// What an access token says about its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// Who it was issued to.
    pub account: AccountId,
    /// When it ceases to be good.
    pub expires_at: Timestamp,
}

/// Why a presented access token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was good once.
    #[error("the access token has expired")]
    Expired,
    /// It was not made with our key, or was changed.
    #[error("the access token is not valid")]
    Invalid,
}

/// Issues and checks access tokens.
pub trait TokenIssuer: Send + Sync {
    /// A token that carries `claims`.
    fn issue(&self, claims: AccessClaims) -> SecretToken;
    /// The claims of a token that is good at `now`.
    ///
    /// # Errors
    ///
    /// [`TokenError`] says whether it expired or never was good.
    fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError>;
}
