//! What somebody who signed in is handed.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use spotter_domain::account::{Profile, RefreshToken};
use spotter_domain::id::{AccountId, RefreshTokenId, TokenFamilyId};
use spotter_domain::vault::{AccessClaims, SecretToken, TokenIssuer};

use crate::{Error, Work};

/// How long an access token is good for: 15 minutes.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_mins(15);

const REFRESH_PREFIX: &str = "spr_";

/// A sign-in, as its owner is told of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IssuedTokens {
    /// Who signed in.
    pub profile: Profile,
    /// The access token.
    #[serde(with = "secret")]
    pub access_token: SecretToken,
    /// The refresh token.
    #[serde(with = "secret")]
    pub refresh_token: SecretToken,
}

/// Writes the next refresh token of a family and answers with the pair.
pub(super) async fn hand_out(
    work: &mut Work<'_>,
    tokens: &dyn TokenIssuer,
    family: TokenFamilyId,
    profile: Profile,
) -> Result<IssuedTokens, Error> {
    let account: AccountId = profile.id;
    let refresh_token = work.vault.fresh_token(REFRESH_PREFIX);
    let stored = RefreshToken {
        id: RefreshTokenId::generate(work.ids),
        family,
        account,
        digest: work.vault.digest(refresh_token.expose()),
        issued_at: work.now,
        expires_at: work.now + RefreshToken::LIFETIME,
        used_at: None,
        revoked_at: None,
    };
    work.unit.refresh_tokens().insert(&stored).await?;
    let access_token = tokens.issue(AccessClaims { account, expires_at: work.now + ACCESS_TOKEN_LIFETIME });
    Ok(IssuedTokens { profile, access_token, refresh_token })
}

/// Tokens are written out only into sealed answers.
mod secret {
    use serde::{Deserialize, Deserializer, Serializer};
    use spotter_domain::vault::SecretToken;

    pub(super) fn serialize<S: Serializer>(token: &SecretToken, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(token.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretToken, D::Error> {
        String::deserialize(deserializer).map(SecretToken::new)
    }
}
