//! Exchanging a refresh token for the next pair.

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::account::Rotation;
use spotter_domain::vault::{SecretToken, TokenIssuer};

use super::tokens::{IssuedTokens, hand_out};
use crate::{Command, Error, RequestContext, Spotter, Work};

/// Exchanges a refresh token.
#[derive(Clone, Debug)]
pub struct Refresh {
    /// The token as it was presented.
    pub refresh_token: SecretToken,
}

impl Spotter {
    /// Exchanges a refresh token for a new pair. It works once; presenting it again ends its whole family.
    ///
    /// # Errors
    ///
    /// `invalid_refresh_token`, whatever is wrong with it.
    pub async fn refresh(&self, context: &RequestContext, command: Refresh) -> Result<IssuedTokens, Error> {
        let rotate = Rotate { token: command.refresh_token, tokens: Arc::clone(&self.ports.tokens) };
        match self.run(context, &rotate).await? {
            Rotated::Issued(issued) => Ok(*issued),
            Rotated::Ended => {
                tracing::warn!("a refresh token came back after it was used: its family was ended");
                Err(invalid())
            }
        }
    }
}

fn invalid() -> Error {
    Error::unauthenticated("invalid_refresh_token", "the refresh token is not valid: sign in again")
}

struct Rotate {
    token: SecretToken,
    tokens: Arc<dyn TokenIssuer>,
}

/// Ending a family is an effect that has to be committed, so it is an answer and not an error.
#[derive(Serialize, Deserialize)]
enum Rotated {
    Issued(Box<IssuedTokens>),
    Ended,
}

#[async_trait]
impl Command for Rotate {
    type Answer = Rotated;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Rotated, Error> {
        let digest = work.vault.digest(self.token.expose());
        let token = work.unit.refresh_tokens().lock(digest).await?.ok_or_else(invalid)?;
        match token.present(work.now) {
            Rotation::Refuse => Err(invalid()),
            Rotation::EndFamily => {
                work.unit.refresh_tokens().revoke_family(token.family, work.now).await?;
                Ok(Rotated::Ended)
            }
            Rotation::Rotate => {
                work.unit.refresh_tokens().mark_used(token.id, work.now).await?;
                let account = work.unit.accounts().by_id(token.account).await?.ok_or_else(invalid)?;
                let issued = hand_out(work, self.tokens.as_ref(), token.family, account.profile()).await?;
                Ok(Rotated::Issued(Box::new(issued)))
            }
        }
    }
}
