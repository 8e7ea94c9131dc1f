//! Reading accounts.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Athlete, Email, PasswordHash, Preferences};
use crate::id::{AccountId, ApiKeyId};
use crate::page::{Page, PageRequest};
use crate::vault::TokenDigest;
use crate::{StoreError, Timestamp};

/// An account as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Names the account.
    pub id: AccountId,
    /// The address as it was written.
    pub email: String,
    /// How they want to be called.
    pub display_name: String,
    /// How they want to see things.
    pub preferences: Preferences,
    /// Whether they run the installation.
    pub is_operator: bool,
    /// Grows with every edit.
    pub version: u32,
}

/// An API key as its owner sees it; the key itself was shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyView {
    /// Names the key.
    pub id: ApiKeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What signing in needs to know of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The account.
    pub profile: Profile,
    /// What proves its password.
    pub password_hash: PasswordHash,
}

/// Reads accounts.
#[async_trait]
pub trait AccountQueries: Send + Sync {
    /// The profile of an account.
    async fn profile(&self, id: AccountId) -> Result<Option<Profile>, StoreError>;
    /// The person of an account, as their workouts know them.
    async fn athlete(&self, id: AccountId) -> Result<Option<Athlete>, StoreError>;
    /// Up to `limit` accounts by id, from the first after `after` on.
    async fn ids(&self, after: Option<AccountId>, limit: u16) -> Result<Vec<AccountId>, StoreError>;
    /// What signing in needs to know of the account of that address, whatever its case.
    async fn credentials(&self, email: &Email) -> Result<Option<Credentials>, StoreError>;
    /// Who a program that presents the key of that digest acts as.
    async fn owner_of_key(&self, digest: TokenDigest) -> Result<Option<AccountId>, StoreError>;
    /// The keys of an account, oldest first.
    async fn api_keys(
        &self,
        account: AccountId,
        page: PageRequest<ApiKeyId>,
    ) -> Result<Page<ApiKeyView, ApiKeyId>, StoreError>;
}
