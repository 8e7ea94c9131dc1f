//! Making and deleting API keys.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::account::{ApiKey, ApiKeyView};
use spotter_domain::id::ApiKeyId;
use spotter_domain::text::KeyName;

use crate::{Command, Error, Work};

/// Makes a key with which a program acts as the caller.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// What it is to be called.
    pub name: KeyName,
}

/// A new key. This is the only time that it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreatedApiKey {
    /// What can be seen of it later.
    pub view: ApiKeyView,
    /// The key itself.
    pub key: String,
}

#[async_trait]
impl Command for CreateApiKey {
    type Answer = CreatedApiKey;

    async fn apply(&self, work: &mut Work<'_>) -> Result<CreatedApiKey, Error> {
        let account = work.caller.account()?;
        if work.unit.api_keys().count_of(account).await? >= ApiKey::MAX_PER_ACCOUNT {
            let most = ApiKey::MAX_PER_ACCOUNT;
            return Err(Error::refused(
                "too_many_api_keys",
                format!("an account has at most {most} API keys"),
            ));
        }
        let token = work.vault.fresh_token(ApiKey::PREFIX);
        let key = ApiKey {
            id: ApiKeyId::generate(work.ids),
            account,
            name: self.name.clone(),
            digest: work.vault.digest(token.expose()),
            created_at: work.now,
        };
        work.unit.api_keys().insert(&key).await?;
        let view = ApiKeyView { id: key.id, name: key.name.as_str().to_owned(), created_at: key.created_at };
        Ok(CreatedApiKey { view, key: token.expose().to_owned() })
    }
}

/// Deletes a key of the caller's: programs that present it are strangers from now on.
#[derive(Clone, Copy, Debug)]
pub struct DeleteApiKey {
    /// Which key.
    pub id: ApiKeyId,
}

#[async_trait]
impl Command for DeleteApiKey {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let account = work.caller.account()?;
        match work.unit.api_keys().delete(account, self.id).await? {
            0 => Err(Error::NotFound("API key")),
            _ => Ok(()),
        }
    }
}
