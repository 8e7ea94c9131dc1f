//! Reading accounts.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{Account, AccountQueries, ApiKeyView, Athlete, Credentials, Email, Profile};
use spotter_domain::id::{AccountId, ApiKeyId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::vault::TokenDigest;

use crate::page::page;
use crate::store::MemoryStore;

#[async_trait]
impl AccountQueries for MemoryStore {
    async fn profile(&self, id: AccountId) -> Result<Option<Profile>, StoreError> {
        Ok(self.committed().accounts.get(&id).map(Account::profile))
    }

    async fn athlete(&self, id: AccountId) -> Result<Option<Athlete>, StoreError> {
        Ok(self.committed().athlete(id))
    }

    async fn ids(&self, after: Option<AccountId>, limit: u16) -> Result<Vec<AccountId>, StoreError> {
        let state = self.committed();
        let ids = state.accounts.keys().filter(|id| Some(**id) > after);
        Ok(ids.take(limit.into()).copied().collect())
    }

    async fn credentials(&self, email: &Email) -> Result<Option<Credentials>, StoreError> {
        let of = |account: &Account| Credentials {
            profile: account.profile(),
            password_hash: account.password_hash.clone(),
        };
        Ok(self.committed().account_of(email).map(of))
    }

    async fn owner_of_key(&self, digest: TokenDigest) -> Result<Option<AccountId>, StoreError> {
        Ok(self.committed().api_keys.values().find(|key| key.digest == digest).map(|key| key.account))
    }

    async fn api_keys(
        &self,
        account: AccountId,
        request: PageRequest<ApiKeyId>,
    ) -> Result<Page<ApiKeyView, ApiKeyId>, StoreError> {
        let state = self.committed();
        // Identifiers grow with time, so the oldest key has the smallest.
        let keys = state
            .api_keys
            .values()
            .filter(|key| key.account == account && request.after.is_none_or(|after| key.id > after))
            .map(|key| ApiKeyView {
                id: key.id,
                name: key.name.as_str().to_owned(),
                created_at: key.created_at,
            });
        Ok(page(keys, request.limit, |key| key.id))
    }
}
