//! Writing refresh tokens.

use async_trait::async_trait;
use spotter_domain::account::{RefreshToken, RefreshTokenRepository};
use spotter_domain::id::{RefreshTokenId, TokenFamilyId};
use spotter_domain::vault::TokenDigest;
use spotter_domain::{StoreError, Timestamp};

use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "refresh_tokens";

const COLUMNS: &str = "id, family, account_id, digest, issued_at, expires_at, used_at, revoked_at";

impl TryFrom<Row> for RefreshToken {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            family: row.id("family")?,
            account: row.id("account_id")?,
            digest: TokenDigest(row.digest("digest")?),
            issued_at: row.time("issued_at")?,
            expires_at: row.time("expires_at")?,
            used_at: row.time_or_null("used_at")?,
            revoked_at: row.time_or_null("revoked_at")?,
        })
    }
}

fn lock(backend: Backend, digest: TokenDigest) -> Sql {
    let locking = backend.locking(" FOR UPDATE");
    let text = format!("SELECT {COLUMNS} FROM refresh_tokens WHERE digest = $1{locking}");
    Sql::new(backend, TABLE, "lock", text).bytes(&digest.0)
}

fn insert(backend: Backend, token: &RefreshToken) -> Sql {
    let text = format!("INSERT INTO refresh_tokens ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    Sql::new(backend, TABLE, "insert", text)
        .uuid(token.id.uuid())
        .uuid(token.family.uuid())
        .uuid(token.account.uuid())
        .bytes(&token.digest.0)
        .time(token.issued_at)
        .time(token.expires_at)
        .time_or_null(token.used_at)
        .time_or_null(token.revoked_at)
}

fn mark_used(backend: Backend, id: RefreshTokenId, at: Timestamp) -> Sql {
    let text = "UPDATE refresh_tokens SET used_at = $2 WHERE id = $1";
    Sql::new(backend, TABLE, "mark_used", text).uuid(id.uuid()).time(at)
}

pub(crate) fn revoke_family(backend: Backend, family: TokenFamilyId, at: Timestamp) -> Sql {
    let text = "UPDATE refresh_tokens SET revoked_at = $2 WHERE family = $1 AND revoked_at IS NULL";
    Sql::new(backend, TABLE, "revoke_family", text).uuid(family.uuid()).time(at)
}

pub(crate) fn purge(backend: Backend, now: Timestamp, limit: u16) -> Sql {
    let skip = backend.locking(" FOR UPDATE SKIP LOCKED");
    let text = format!(
        "WITH expired AS MATERIALIZED (SELECT id FROM refresh_tokens \
         WHERE expires_at < $1 ORDER BY expires_at LIMIT $2{skip}) \
         DELETE FROM refresh_tokens WHERE id IN (SELECT id FROM expired)"
    );
    Sql::new(backend, TABLE, "purge", text).time(now).int(limit)
}

#[async_trait]
impl RefreshTokenRepository for SeaOrmUnitOfWork {
    async fn lock(&mut self, digest: TokenDigest) -> Result<Option<RefreshToken>, StoreError> {
        row::one(self.one(lock(self.backend, digest)).await?)
    }

    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        self.execute_on(insert(self.backend, token), token.id.uuid(), 1).await
    }

    async fn mark_used(&mut self, id: RefreshTokenId, at: Timestamp) -> Result<(), StoreError> {
        self.execute_on(mark_used(self.backend, id, at), id.uuid(), 1).await
    }

    async fn revoke_family(&mut self, family: TokenFamilyId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(revoke_family(self.backend, family, at)).await.map(drop)
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.execute(purge(self.backend, now, limit)).await
    }
}
