//! Passwords and the port that hashes them.

use async_trait::async_trait;

use crate::Invalid;

/// A password in the clear, on its way to the hasher. Its `Debug` form hides it.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes a new password: 8 to 256 characters, of any kind.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is too short or too long.
    pub fn parse_new(password: String) -> Result<Self, Invalid> {
        let length = password.chars().count();
        if (8..=256).contains(&length) {
            Ok(Self(password))
        } else {
            Err(Invalid::new("must have 8 to 256 characters"))
        }
    }

    /// Takes a password that somebody presents; whatever it is, it is compared, not judged.
    #[must_use]
    pub fn presented(password: String) -> Self {
        Self(password)
    }

    /// The bytes to hash.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

/// A password's hash in the PHC string format, with its parameters and salt.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a PHC string.
    #[must_use]
    pub fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// Why a password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum HasherError {
    /// Too many are being hashed already.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The stored hash is not one, or hashing failed.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// Hashes passwords, slowly on purpose.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a new password with a new salt.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HasherError>;

    /// Whether `password` is the one behind `hash`. Without a hash the answer is no, and takes as long.
    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, HasherError>;
}
