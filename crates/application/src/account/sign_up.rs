//! Making an account.

use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::account::{Account, Email, HasherError, Password, PasswordHash, Preferences};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, TokenFamilyId};
use spotter_domain::store::Inserted;
use spotter_domain::text::DisplayName;
use spotter_domain::vault::TokenIssuer;

use super::tokens::{IssuedTokens, hand_out};
use crate::{Command, Error, RequestContext, Spotter, Work};

/// Makes an account and signs its owner in.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// Where they are reached.
    pub email: Email,
    /// What they will prove themselves with.
    pub password: Password,
    /// How they want to be called.
    pub display_name: DisplayName,
}

impl Spotter {
    /// Makes an account and signs its owner in. The password is hashed before the transaction begins.
    ///
    /// # Errors
    ///
    /// `email_taken` when there is an account of that address; [`Error::Busy`] when too many passwords are
    /// being hashed.
    pub async fn sign_up(&self, context: &RequestContext, command: SignUp) -> Result<IssuedTokens, Error> {
        let password_hash = self.ports.hasher.hash(&command.password).await?;
        let create = CreateAccount {
            email: command.email,
            display_name: command.display_name,
            password_hash,
            tokens: Arc::clone(&self.ports.tokens),
        };
        self.run(context, &create).await
    }
}

struct CreateAccount {
    email: Email,
    display_name: DisplayName,
    password_hash: PasswordHash,
    tokens: Arc<dyn TokenIssuer>,
}

#[async_trait]
impl Command for CreateAccount {
    type Answer = IssuedTokens;

    async fn apply(&self, work: &mut Work<'_>) -> Result<IssuedTokens, Error> {
        let account = Account {
            id: AccountId::generate(work.ids),
            email: self.email.clone(),
            display_name: self.display_name.clone(),
            password_hash: self.password_hash.clone(),
            preferences: Preferences::default(),
            is_operator: false,
            version: 1,
            created_at: work.now,
        };
        if work.unit.accounts().insert(&account).await? == Inserted::Duplicate {
            return Err(Error::refused("email_taken", "there is an account of this e-mail address"));
        }
        work.announce(DomainEvent::AccountCreated { account: account.id });
        let family = TokenFamilyId::generate(work.ids);
        hand_out(work, self.tokens.as_ref(), family, account.profile()).await
    }
}

impl From<HasherError> for Error {
    fn from(error: HasherError) -> Self {
        match error {
            HasherError::Busy => Self::Busy(error.to_string()),
            HasherError::Failed(_) => Self::Internal(error.to_string()),
        }
    }
}
