//! Writing API keys.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{ApiKey, ApiKeyRepository};
use spotter_domain::id::{AccountId, ApiKeyId};

use crate::Backend;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "api_keys";

fn insert(backend: Backend, key: &ApiKey) -> Sql {
    let text = "INSERT INTO api_keys (account_id, id, digest, name, created_at) VALUES ($1, $2, $3, $4, $5)";
    Sql::new(backend, TABLE, "insert", text)
        .uuid(key.account.uuid())
        .uuid(key.id.uuid())
        .bytes(&key.digest.0)
        .text(key.name.as_str())
        .time(key.created_at)
}

fn count_of(backend: Backend, account: AccountId) -> Sql {
    let text = "SELECT count(*) AS count FROM api_keys WHERE account_id = $1";
    Sql::new(backend, TABLE, "count_of", text).uuid(account.uuid())
}

fn delete(backend: Backend, account: AccountId, id: ApiKeyId) -> Sql {
    let text = "DELETE FROM api_keys WHERE account_id = $1 AND id = $2";
    Sql::new(backend, TABLE, "delete", text).uuid(account.uuid()).uuid(id.uuid())
}

#[async_trait]
impl ApiKeyRepository for SeaOrmUnitOfWork {
    async fn insert(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        self.execute_on(insert(self.backend, key), key.id.uuid(), 1).await
    }

    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError> {
        self.count(count_of(self.backend, account)).await
    }

    async fn delete(&mut self, account: AccountId, id: ApiKeyId) -> Result<u64, StoreError> {
        self.execute(delete(self.backend, account, id)).await
    }
}
