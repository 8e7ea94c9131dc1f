//! Signing in.

use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::account::{Email, Password, Profile};
use spotter_domain::id::TokenFamilyId;
use spotter_domain::vault::TokenIssuer;

use super::tokens::{IssuedTokens, hand_out};
use crate::{Command, Error, RequestContext, Spotter, Work};

/// Signs somebody in.
#[derive(Clone, Debug)]
pub struct LogIn {
    /// The address as it was typed; one that can't be an address is unknown like any other.
    pub email: String,
    /// The password as it was typed.
    pub password: Password,
}

impl Spotter {
    /// Signs somebody in.
    ///
    /// # Errors
    ///
    /// `invalid_credentials`, the same and after the same time for an unknown address as for a wrong
    /// password; [`Error::TooMany`] after too many failures; [`Error::Busy`] when too many passwords are being
    /// checked.
    pub async fn log_in(&self, context: &RequestContext, command: LogIn) -> Result<IssuedTokens, Error> {
        let attempt = self.count_sign_in(&command.email, context.address).await?;
        let credentials = match Email::parse(&command.email) {
            Ok(email) => self.ports.accounts.credentials(&email).await?,
            Err(_) => None,
        };
        let hash = credentials.as_ref().map(|found| &found.password_hash);
        let verified = self.ports.hasher.verify(&command.password, hash).await?;
        let Some(found) = credentials.filter(|_| verified) else {
            return Err(invalid_credentials());
        };
        self.forgive_sign_in(&attempt).await;
        let open = IssueTokens { profile: found.profile, tokens: Arc::clone(&self.ports.tokens) };
        self.run(context, &open).await
    }
}

fn invalid_credentials() -> Error {
    Error::unauthenticated("invalid_credentials", "the e-mail address or the password is wrong")
}

struct IssueTokens {
    profile: Profile,
    tokens: Arc<dyn TokenIssuer>,
}

#[async_trait]
impl Command for IssueTokens {
    type Answer = IssuedTokens;

    async fn apply(&self, work: &mut Work<'_>) -> Result<IssuedTokens, Error> {
        let family = TokenFamilyId::generate(work.ids);
        hand_out(work, self.tokens.as_ref(), family, self.profile.clone()).await
    }
}
