//! Writing accounts and API keys.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{Account, AccountRepository, ApiKey, ApiKeyRepository, Athlete, Email};
use spotter_domain::id::{AccountId, ApiKeyId};
use spotter_domain::store::Inserted;

use crate::refusal::{conflict, dangling, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

/// The exercises' version of somebody whose exercises have never changed.
const FIRST_VERSION: u32 = 1;

impl State {
    /// The account of an address, whatever its case.
    pub(super) fn account_of(&self, email: &Email) -> Option<&Account> {
        self.accounts.values().find(|account| account.email == *email)
    }

    /// The person of an account.
    pub(crate) fn athlete(&self, id: AccountId) -> Option<Athlete> {
        self.accounts.get(&id).map(|account| Athlete {
            account: id,
            preferences: account.preferences.clone(),
            exercises_version: self.exercises_versions.get(&id).copied().unwrap_or(FIRST_VERSION),
        })
    }
}

#[async_trait]
impl AccountRepository for MemoryUnitOfWork {
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(self.state.accounts.get(&id).cloned())
    }

    async fn lock_athletes(&mut self, ids: &[AccountId]) -> Result<Vec<Athlete>, StoreError> {
        let ids: BTreeSet<AccountId> = ids.iter().copied().collect();
        Ok(ids.into_iter().filter_map(|id| self.state.athlete(id)).collect())
    }

    async fn touch_exercises(&mut self, ids: &[AccountId]) -> Result<(), StoreError> {
        self.write(|state| {
            for id in ids {
                if !state.accounts.contains_key(id) {
                    return Err(missing("accounts", *id));
                }
                *state.exercises_versions.entry(*id).or_insert(FIRST_VERSION) += 1;
            }
            Ok(())
        })
    }

    async fn by_email(&mut self, email: &Email) -> Result<Option<Account>, StoreError> {
        Ok(self.state.account_of(email).cloned())
    }

    async fn insert(&mut self, account: &Account) -> Result<Inserted, StoreError> {
        if self.state.account_of(&account.email).is_some() {
            return Ok(Inserted::Duplicate);
        }
        self.write(|state| match state.accounts.insert(account.id, account.clone()) {
            None => Ok(Inserted::New),
            Some(_) => Err(conflict("there is an account of that id")),
        })
    }

    async fn update(&mut self, account: &Account) -> Result<(), StoreError> {
        let stored = self.state.accounts.get(&account.id);
        if stored.is_none_or(|stored| stored.version + 1 != account.version) {
            return Err(conflict("the account is not in the version before"));
        }
        if self.state.account_of(&account.email).is_some_and(|other| other.id != account.id) {
            return Err(conflict("there is an account of that address"));
        }
        self.state.accounts.insert(account.id, account.clone());
        Ok(())
    }
}

#[async_trait]
impl ApiKeyRepository for MemoryUnitOfWork {
    async fn insert(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        self.write(|state| {
            if !state.accounts.contains_key(&key.account) {
                return Err(dangling("api_keys", "account_id", key.id));
            }
            let is_taken = |other: &ApiKey| other.id == key.id || other.digest == key.digest;
            if state.api_keys.values().any(is_taken) {
                return Err(conflict("there is an API key of that id or digest"));
            }
            state.api_keys.insert(key.id, key.clone());
            Ok(())
        })
    }

    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError> {
        Ok(self.state.api_keys.values().filter(|key| key.account == account).count() as u64)
    }

    async fn delete(&mut self, account: AccountId, id: ApiKeyId) -> Result<u64, StoreError> {
        if self.state.api_keys.get(&id).is_some_and(|key| key.account == account) {
            self.state.api_keys.remove(&id);
            Ok(1)
        } else {
            Ok(0)
        }
    }
}
