//! The signing key, and the keys for each purpose that are derived from it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The secret that everything else is derived from. All nodes of an installation share it.
#[derive(Clone)]
pub struct SigningKey(SecretString);

/// A signing key was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key needs at least 32 characters")]
pub struct KeyError;

impl SigningKey {
    /// Takes a configured key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when it is too short to be safe.
    pub fn parse(key: SecretString) -> Result<Self, KeyError> {
        if key.expose_secret().chars().count() >= 32 { Ok(Self(key)) } else { Err(KeyError) }
    }

    /// Makes a key of 256 random bits.
    ///
    /// # Errors
    ///
    /// The operating system's, when it has no randomness to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(SecretString::from(URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// The key as it is kept in a file.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// A key for one purpose, by HMAC-SHA-256 of the purpose's name (the expand step of RFC 5869 for one
    /// block): knowing one of them tells nothing about the others.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        mac(self.expose().as_bytes(), &[purpose.as_bytes(), &[1]])
    }
}

/// HMAC-SHA-256 of the concatenated `parts`.
pub(crate) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of any length");
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_keys_are_refused() {
        assert!(SigningKey::parse("short".into()).is_err());
        assert!(SigningKey::parse("0123456789abcdef0123456789abcdef".into()).is_ok());
    }

    #[test]
    fn keys_differ_by_purpose_and_by_signing_key() {
        let (a, b) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        assert_ne!(a.derive("x"), a.derive("y"));
        assert_ne!(a.derive("x"), b.derive("x"));
        assert_eq!(a.derive("x"), a.derive("x"));
    }

    #[test]
    fn the_mac_is_that_of_rfc_4231_test_case_2() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let made = mac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let expected: Vec<u8> =
            (0..32).map(|i| u8::from_str_radix(&expected[2 * i..2 * i + 2], 16).unwrap()).collect();
        assert_eq!(made.as_slice(), expected);
    }
}
