//! Reading accounts.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{
    AccountQueries, ApiKeyView, Athlete, Credentials, Email, PasswordHash, Profile,
};
use spotter_domain::id::{AccountId, ApiKeyId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::vault::TokenDigest;
use uuid::Uuid;

use super::preferences;
use super::repository::athlete;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::{Backend, Database};

fn read_profile(row: &Row) -> Result<Profile, StoreError> {
    Ok(Profile {
        id: row.id("id")?,
        email: row.get("email")?,
        display_name: row.get("display_name")?,
        preferences: preferences::read(row)?,
        is_operator: row.get("is_operator")?,
        version: row.int("version")?,
    })
}

impl TryFrom<Row> for Credentials {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self { profile: read_profile(&row)?, password_hash: PasswordHash::new(row.get("password_hash")?) })
    }
}

impl TryFrom<Row> for ApiKeyView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self { id: row.id("id")?, name: row.get("name")?, created_at: row.time("created_at")? })
    }
}

fn profile(backend: Backend, id: AccountId) -> Sql {
    let text = format!(
        "SELECT id, email, display_name, {}, is_operator, version FROM accounts WHERE id = $1",
        preferences::COLUMNS
    );
    Sql::new(backend, "accounts", "profile", text).uuid(id.uuid())
}

fn ids(backend: Backend, after: Option<AccountId>, limit: u16) -> Sql {
    let text = "SELECT id FROM accounts WHERE id > $1 ORDER BY id LIMIT $2";
    Sql::new(backend, "accounts", "ids", text).uuid(after.map_or(Uuid::nil(), AccountId::uuid)).int(limit)
}

fn credentials(backend: Backend, email: &Email) -> Sql {
    let text = format!(
        "SELECT id, email, display_name, {}, is_operator, version, password_hash FROM accounts \
         WHERE email_canonical = $1",
        preferences::COLUMNS
    );
    Sql::new(backend, "accounts", "credentials", text).text(email.canonical())
}

fn owner_of_key(backend: Backend, digest: TokenDigest) -> Sql {
    let text = "SELECT account_id FROM api_keys WHERE digest = $1";
    Sql::new(backend, "api_keys", "owner_of_key", text).bytes(&digest.0)
}

/// Oldest first is by id: ids sort by the time they were made.
fn api_keys(backend: Backend, account: AccountId, page: PageRequest<ApiKeyId>) -> Sql {
    let after = if page.after.is_some() { " AND id > $3" } else { "" };
    let text = format!(
        "SELECT id, name, created_at FROM api_keys WHERE account_id = $1{after} ORDER BY id LIMIT $2"
    );
    let sql = Sql::new(backend, "api_keys", "api_keys", text);
    let sql = sql.uuid(account.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.uuid(after.uuid()),
        None => sql,
    }
}

#[async_trait]
impl AccountQueries for Database {
    async fn profile(&self, id: AccountId) -> Result<Option<Profile>, StoreError> {
        self.read_one(profile(self.backend(), id)).await?.as_ref().map(read_profile).transpose()
    }

    async fn athlete(&self, id: AccountId) -> Result<Option<Athlete>, StoreError> {
        row::one(self.read_one(athlete(self.backend(), id, "athlete", "")).await?)
    }

    async fn ids(&self, after: Option<AccountId>, limit: u16) -> Result<Vec<AccountId>, StoreError> {
        let rows = self.read_all(ids(self.backend(), after, limit)).await?;
        rows.iter().map(|row| row.id("id")).collect()
    }

    async fn credentials(&self, email: &Email) -> Result<Option<Credentials>, StoreError> {
        row::one(self.read_one(credentials(self.backend(), email)).await?)
    }

    async fn owner_of_key(&self, digest: TokenDigest) -> Result<Option<AccountId>, StoreError> {
        let row = self.read_one(owner_of_key(self.backend(), digest)).await?;
        row.map(|row| row.id("account_id")).transpose()
    }

    async fn api_keys(
        &self,
        account: AccountId,
        page: PageRequest<ApiKeyId>,
    ) -> Result<Page<ApiKeyView, ApiKeyId>, StoreError> {
        let keys: Vec<ApiKeyView> = row::all(self.read_all(api_keys(self.backend(), account, page)).await?)?;
        Ok(Page::from_lookahead(keys, page.limit, |key| key.id))
    }
}
