//! Signing out.

use async_trait::async_trait;
use spotter_domain::vault::SecretToken;

use crate::{Command, Error, Work};

/// Ends the family of a refresh token. Signing out twice, or with a token that nobody knows, changes nothing.
#[derive(Clone, Debug)]
pub struct LogOut {
    /// The token as it was presented.
    pub refresh_token: SecretToken,
}

#[async_trait]
impl Command for LogOut {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let digest = work.vault.digest(self.refresh_token.expose());
        if let Some(token) = work.unit.refresh_tokens().lock(digest).await? {
            work.unit.refresh_tokens().revoke_family(token.family, work.now).await?;
        }
        Ok(())
    }
}
