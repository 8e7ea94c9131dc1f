//! Everything cryptographic: password hashing, access tokens, sealed answers, signatures. All of it is done by
//! well-kept libraries; here stands only which, and with what parameters.

mod keys;
mod password_hasher;
mod token_issuer;
mod vault;
mod webhook;

pub use keys::{KeyError, SigningKey};
pub use password_hasher::{Argon2Hasher, HashingLimits};
pub use token_issuer::PasetoIssuer;
pub use vault::KeyedVault;
pub use webhook::{EmptySecret, WhoopVerifier};
