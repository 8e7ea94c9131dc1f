//! Signatures of notifications that wearables' makers send.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use spotter_domain::wearable::WebhookVerifier;

/// Recognises what WHOOP signs: HMAC-SHA-256 of the timestamp's text and the body with the secret of the
/// client, in base64 (developer.whoop.com, "Webhooks Security").
pub struct WhoopVerifier {
    mac: Hmac<Sha256>,
}

/// A secret was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret that is shared with a sender must not be empty: anybody could sign with it")]
pub struct EmptySecret;

impl WhoopVerifier {
    /// The verifier of an installation that shares `secret` with WHOOP.
    ///
    /// # Errors
    ///
    /// [`EmptySecret`].
    pub fn new(secret: &SecretString) -> Result<Self, EmptySecret> {
        let secret = secret.expose_secret();
        if secret.is_empty() {
            return Err(EmptySecret);
        }
        let Ok(mac) = Hmac::new_from_slice(secret.as_bytes()) else {
            unreachable!("HMAC takes keys of any length");
        };
        Ok(Self { mac })
    }
}

impl WebhookVerifier for WhoopVerifier {
    fn is_genuine(&self, timestamp: &str, body: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        let signed = self.mac.clone().chain_update(timestamp).chain_update(body);
        signed.verify_slice(&signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMESTAMP: &str = "1735689600000";
    const BODY: &[u8] = br#"{"user_id":10129,"id":"550e8400-e29b-41d4-a716-446655440000","type":"workout.updated","trace_id":"d3709ee7-104e-4f70-a928-2932964b017b"}"#;
    /// By `printf %s "$TIMESTAMP$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64`.
    const SIGNATURE: &str = "N/Mi9kMXEBCZXmrmb+1fZiPn0FpBRzkdVG+In0NsyQQ=";

    fn verifier() -> WhoopVerifier {
        WhoopVerifier::new(&"a secret that WHOOP knows, too".into()).unwrap()
    }

    #[test]
    fn what_was_signed_with_the_secret_is_genuine() {
        assert!(verifier().is_genuine(TIMESTAMP, BODY, SIGNATURE));
    }

    #[test]
    fn the_signature_is_that_of_rfc_4231_test_case_2() {
        let verifier = WhoopVerifier::new(&"Jefe".into()).unwrap();
        let signature = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        assert!(verifier.is_genuine("what do ya want ", b"for nothing?", signature));
        // What is signed is the whole, wherever the timestamp ends.
        assert!(verifier.is_genuine("", b"what do ya want for nothing?", signature));
    }

    #[test]
    fn whatever_is_changed_is_not_genuine() {
        let verifier = verifier();
        assert!(!verifier.is_genuine("1735689600001", BODY, SIGNATURE));
        assert!(!verifier.is_genuine(TIMESTAMP, &BODY[1..], SIGNATURE));
        assert!(!verifier.is_genuine(TIMESTAMP, b"", SIGNATURE));
        let other = WhoopVerifier::new(&"another secret".into()).unwrap();
        assert!(!other.is_genuine(TIMESTAMP, BODY, SIGNATURE));
        let bytes = STANDARD.decode(SIGNATURE).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!verifier.is_genuine(TIMESTAMP, BODY, &STANDARD.encode(changed)), "byte {at}");
        }
    }

    #[test]
    fn signatures_of_another_length_or_alphabet_are_none() {
        let verifier = verifier();
        let bytes = STANDARD.decode(SIGNATURE).unwrap();
        for length in 0..bytes.len() {
            let short = STANDARD.encode(&bytes[..length]);
            assert!(!verifier.is_genuine(TIMESTAMP, BODY, &short), "{length} bytes");
        }
        let long = STANDARD.encode([bytes.as_slice(), &[0]].concat());
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let bare = SIGNATURE.trim_end_matches('=');
        for other in [long.as_str(), &hex, bare, "=", "é", &format!(" {SIGNATURE}")] {
            assert!(!verifier.is_genuine(TIMESTAMP, BODY, other), "{other}");
        }
    }

    #[test]
    fn an_empty_secret_is_refused() {
        assert_eq!(WhoopVerifier::new(&"".into()).err(), Some(EmptySecret));
    }
}
