//! Writing accounts and their tokens.

use async_trait::async_trait;

use super::{Account, ApiKey, Athlete, Email, RefreshToken};
use crate::id::{AccountId, ApiKeyId, RefreshTokenId, TokenFamilyId};
use crate::store::Inserted;
use crate::vault::TokenDigest;
use crate::{StoreError, Timestamp};

/// Stores accounts.
#[async_trait]
pub trait AccountRepository: Send {
    /// The account of that id.
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;
    /// The person of an account, as their workouts know them, locked: whatever is written of their workouts
    /// and their exercises, and whatever is derived from it, is written under this lock.
    async fn lock_athlete(&mut self, id: AccountId) -> Result<Option<Athlete>, StoreError> {
        Ok(self.lock_athletes(&[id]).await?.pop())
    }
    /// The people of several accounts, locked in the order of their ids, whatever order they are asked in, so that
    /// two transactions can't wait for each other. Who does not exist is left out.
    async fn lock_athletes(&mut self, ids: &[AccountId]) -> Result<Vec<Athlete>, StoreError>;
    /// Counts the exercises' version of people up, each of whom is named once: what was cached of their exercises
    /// and names is old.
    async fn touch_exercises(&mut self, ids: &[AccountId]) -> Result<(), StoreError>;
    /// The account of that address, whatever its case.
    async fn by_email(&mut self, email: &Email) -> Result<Option<Account>, StoreError>;
    /// Writes a new account, unless its address is taken.
    async fn insert(&mut self, account: &Account) -> Result<Inserted, StoreError>;
    /// Writes an account over its version before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when the stored version is not the one before.
    async fn update(&mut self, account: &Account) -> Result<(), StoreError>;
}

/// Stores refresh tokens.
#[async_trait]
pub trait RefreshTokenRepository: Send {
    /// The token of that digest, locked against other transactions until this one ends.
    async fn lock(&mut self, digest: TokenDigest) -> Result<Option<RefreshToken>, StoreError>;
    /// Writes a new token.
    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError>;
    /// Marks a token as used.
    async fn mark_used(&mut self, id: RefreshTokenId, at: Timestamp) -> Result<(), StoreError>;
    /// Ends a family: none of its tokens is good from now on. Ending it again changes nothing.
    async fn revoke_family(&mut self, family: TokenFamilyId, at: Timestamp) -> Result<(), StoreError>;
    /// Deletes up to `limit` tokens that expired before `now`; says how many it deleted.
    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError>;
}

/// Stores API keys.
#[async_trait]
pub trait ApiKeyRepository: Send {
    /// Writes a new key.
    async fn insert(&mut self, key: &ApiKey) -> Result<(), StoreError>;
    /// How many keys an account has.
    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError>;
    /// Deletes a key of an account; says how many there were (none or one).
    async fn delete(&mut self, account: AccountId, id: ApiKeyId) -> Result<u64, StoreError>;
}
