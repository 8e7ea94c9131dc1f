//! Writing refresh tokens.

use async_trait::async_trait;
use spotter_domain::account::{RefreshToken, RefreshTokenRepository};
use spotter_domain::id::{RefreshTokenId, TokenFamilyId};
use spotter_domain::vault::TokenDigest;
use spotter_domain::{StoreError, Timestamp};

use crate::refusal::{conflict, dangling, missing};
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl RefreshTokenRepository for MemoryUnitOfWork {
    async fn lock(&mut self, digest: TokenDigest) -> Result<Option<RefreshToken>, StoreError> {
        Ok(self.state.refresh_tokens.values().find(|token| token.digest == digest).cloned())
    }

    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.write(|state| {
            if !state.accounts.contains_key(&token.account) {
                return Err(dangling("refresh_tokens", "account_id", token.id));
            }
            let is_taken = |other: &RefreshToken| other.id == token.id || other.digest == token.digest;
            if state.refresh_tokens.values().any(is_taken) {
                return Err(conflict("there is a refresh token of that id or digest"));
            }
            state.refresh_tokens.insert(token.id, token.clone());
            Ok(())
        })
    }

    async fn mark_used(&mut self, id: RefreshTokenId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|state| {
            let token = state.refresh_tokens.get_mut(&id).ok_or_else(|| missing("refresh_tokens", id))?;
            token.used_at = Some(at);
            Ok(())
        })
    }

    async fn revoke_family(&mut self, family: TokenFamilyId, at: Timestamp) -> Result<(), StoreError> {
        for token in self.state.refresh_tokens.values_mut().filter(|token| token.family == family) {
            token.revoked_at.get_or_insert(at);
        }
        Ok(())
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        let expired: Vec<_> = self
            .state
            .refresh_tokens
            .values()
            .filter(|token| token.expires_at < now)
            .map(|token| token.id)
            .take(usize::from(limit))
            .collect();
        for id in &expired {
            self.state.refresh_tokens.remove(id);
        }
        Ok(expired.len() as u64)
    }
}
