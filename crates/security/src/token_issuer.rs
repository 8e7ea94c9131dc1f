//! Access tokens: PASETO v4.local, so that nobody but us can make or read one.

use jiff::Timestamp;
use pasetors::Local;
use pasetors::keys::SymmetricKey;
use pasetors::token::UntrustedToken;
use pasetors::version4::{LocalToken, V4};
use serde::{Deserialize, Serialize};
use spotter_domain::vault::{AccessClaims, SecretToken, TokenError, TokenIssuer};
use uuid::Uuid;

use crate::keys::SigningKey;
use crate::vault::symmetric;

/// Keeps access tokens apart from everything else that is sealed.
const PURPOSE: Option<&[u8]> = Some(b"spotter access token");

/// Issues access tokens that only holders of the signing key can make, read or check.
pub struct PasetoIssuer {
    key: SymmetricKey<V4>,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    exp: Timestamp,
}

impl PasetoIssuer {
    /// The issuer of an installation.
    #[must_use]
    pub fn new(key: &SigningKey) -> Self {
        Self { key: symmetric(&key.derive("spotter access token v1")) }
    }
}

impl TokenIssuer for PasetoIssuer {
    fn issue(&self, claims: AccessClaims) -> SecretToken {
        let claims = Claims { sub: claims.account.uuid(), exp: claims.expires_at };
        let token = serde_json::to_vec(&claims)
            .ok()
            .and_then(|plain| LocalToken::encrypt(&self.key, &plain, None, PURPOSE).ok());
        let Some(token) = token else {
            unreachable!("these claims are always JSON, and encryption fails only for want of randomness");
        };
        SecretToken::new(token)
    }

    fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError> {
        let untrusted = UntrustedToken::<Local, V4>::try_from(token).map_err(|_| TokenError::Invalid)?;
        let trusted =
            LocalToken::decrypt(&self.key, &untrusted, None, PURPOSE).map_err(|_| TokenError::Invalid)?;
        let claims: Claims = serde_json::from_str(trusted.payload()).map_err(|_| TokenError::Invalid)?;
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(AccessClaims { account: claims.sub.into(), expires_at: claims.exp })
    }
}
