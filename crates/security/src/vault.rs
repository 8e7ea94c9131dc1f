//! The vault: tokens, digests, fingerprints and seals.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pasetors::Local;
use pasetors::keys::SymmetricKey;
use pasetors::token::UntrustedToken;
use pasetors::version4::{LocalToken, V4};
use sha2::{Digest, Sha256};
use spotter_domain::vault::{BrokenSeal, SecretToken, TokenDigest, Vault};

use crate::keys::{SigningKey, mac};

/// Keeps it apart from other uses of the same construction.
const SEAL: Option<&[u8]> = Some(b"spotter sealed answer");

/// A vault whose fingerprints and seals depend on the signing key. Seals are PASETO v4.local tokens
/// (`XChaCha20` with keyed `BLAKE2b`).
pub struct KeyedVault {
    fingerprint_key: [u8; 32],
    seal_key: SymmetricKey<V4>,
}

impl KeyedVault {
    /// The vault of an installation.
    #[must_use]
    pub fn new(key: &SigningKey) -> Self {
        Self {
            fingerprint_key: key.derive("spotter fingerprint v1"),
            seal_key: symmetric(&key.derive("spotter seal v1")),
        }
    }
}

/// A key of the length that the token format asks for.
pub(crate) fn symmetric(bytes: &[u8; 32]) -> SymmetricKey<V4> {
    let Ok(key) = SymmetricKey::from(bytes) else {
        unreachable!("32 bytes are what a v4.local key has");
    };
    key
}

impl Vault for KeyedVault {
    fn fresh_token(&self, prefix: &str) -> SecretToken {
        let mut bytes = [0_u8; 32];
        let filled = getrandom::fill(&mut bytes);
        assert!(
            filled.is_ok(),
            "the operating system has no randomness to give: no token may be made without"
        );
        SecretToken::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn digest(&self, token: &str) -> TokenDigest {
        // The tokens have 256 random bits, so a plain hash can't be searched; it needs no key and so
        // survives a change of the signing key.
        TokenDigest(Sha256::digest(token.as_bytes()).into())
    }

    fn fingerprint(&self, bytes: &[u8]) -> [u8; 32] {
        mac(&self.fingerprint_key, &[bytes])
    }

    fn seal(&self, plain: &[u8]) -> Vec<u8> {
        // A token's payload has to be text, and not empty.
        let payload = format!(".{}", URL_SAFE_NO_PAD.encode(plain));
        let sealed = LocalToken::encrypt(&self.seal_key, payload.as_bytes(), None, SEAL);
        let Ok(sealed) = sealed else {
            unreachable!("encryption fails only for want of randomness");
        };
        sealed.into_bytes()
    }

    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, BrokenSeal> {
        let sealed = std::str::from_utf8(sealed).map_err(|_| BrokenSeal)?;
        let token = UntrustedToken::<Local, V4>::try_from(sealed).map_err(|_| BrokenSeal)?;
        let opened = LocalToken::decrypt(&self.seal_key, &token, None, SEAL).map_err(|_| BrokenSeal)?;
        let payload = opened.payload().strip_prefix('.').ok_or(BrokenSeal)?;
        URL_SAFE_NO_PAD.decode(payload).map_err(|_| BrokenSeal)
    }
}
