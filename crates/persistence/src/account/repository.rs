//! Writing accounts.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{Account, AccountRepository, Athlete, Email, PasswordHash};
use spotter_domain::id::AccountId;
use spotter_domain::store::Inserted;
use spotter_domain::text::DisplayName;

use super::preferences;
use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

/// Named one by one, here and elsewhere: a statement that was prepared with `*` fails once a column is added,
/// and columns are added while other nodes run.
fn columns() -> String {
    let preferences = preferences::COLUMNS;
    format!("id, email, display_name, password_hash, {preferences}, is_operator, version, created_at")
}

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            email: row.parse("email", Email::parse)?,
            display_name: row.parse("display_name", DisplayName::parse)?,
            password_hash: PasswordHash::new(row.get("password_hash")?),
            preferences: preferences::read(&row)?,
            is_operator: row.get("is_operator")?,
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl TryFrom<Row> for Athlete {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        read_athlete(&row, "id")
    }
}

/// The columns of a person in a query that calls the table of accounts `a` and has rows of something else.
pub(crate) fn athlete_columns() -> String {
    format!("a.id AS athlete_id, {}, a.exercises_version", preferences::columns_of("a"))
}

/// The person of a row with [`athlete_columns`].
pub(crate) fn joined_athlete(row: &Row) -> Result<Athlete, StoreError> {
    read_athlete(row, "athlete_id")
}

fn read_athlete(row: &Row, id: &'static str) -> Result<Athlete, StoreError> {
    Ok(Athlete {
        account: row.id(id)?,
        preferences: preferences::read(row)?,
        exercises_version: row.int("exercises_version")?,
    })
}

fn by_id(backend: Backend, id: AccountId) -> Sql {
    let text = format!("SELECT {} FROM accounts WHERE id = $1", columns());
    Sql::new(backend, "accounts", "by_id", text).uuid(id.uuid())
}

fn by_email(backend: Backend, email: &Email) -> Sql {
    let text = format!("SELECT {} FROM accounts WHERE email_canonical = $1", columns());
    Sql::new(backend, "accounts", "by_email", text).text(email.canonical())
}

/// The person of an account; read by the query `name`, with a locking clause or none.
pub(super) fn athlete(backend: Backend, id: AccountId, name: &'static str, locking: &str) -> Sql {
    let preferences = preferences::COLUMNS;
    let text = format!("SELECT id, {preferences}, exercises_version FROM accounts WHERE id = $1{locking}");
    Sql::new(backend, "accounts", name, text).uuid(id.uuid())
}

/// Rows are locked as they leave the sort, which is by id. Rows that point to the accounts can be written meanwhile:
/// the lock leaves their keys alone.
pub(crate) fn lock_athletes(backend: Backend, ids: &[AccountId]) -> Sql {
    let text = format!(
        "SELECT id, {}, exercises_version FROM accounts WHERE {} ORDER BY id{}",
        preferences::COLUMNS,
        backend.any_of("id", 1),
        backend.locking(" FOR NO KEY UPDATE")
    );
    Sql::new(backend, "accounts", "lock_athletes", text).ids(ids.iter().map(|id| id.uuid()))
}

fn touch_exercises(backend: Backend, ids: &[AccountId]) -> Sql {
    let text = format!(
        "UPDATE accounts SET exercises_version = exercises_version + 1 WHERE {}",
        backend.any_of("id", 1)
    );
    Sql::new(backend, "accounts", "touch_exercises", text).ids(ids.iter().map(|id| id.uuid()))
}

fn insert(backend: Backend, account: &Account) -> Sql {
    let text = format!(
        "INSERT INTO accounts (id, email, email_canonical, display_name, password_hash, is_operator, version, \
         {}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19) ON CONFLICT (email_canonical) DO NOTHING",
        preferences::COLUMNS
    );
    with_columns(Sql::new(backend, "accounts", "insert", text), account).time(account.created_at)
}

fn update(backend: Backend, account: &Account) -> Sql {
    let text = format!(
        "UPDATE accounts SET email = $2, email_canonical = $3, display_name = $4, password_hash = $5, \
         is_operator = $6, version = $7, ({}) = ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
         WHERE id = $1 AND version = $7 - 1",
        preferences::COLUMNS
    );
    with_columns(Sql::new(backend, "accounts", "update", text), account)
}

/// Parameters 1 to 18.
fn with_columns(sql: Sql, account: &Account) -> Sql {
    let sql = sql
        .uuid(account.id.uuid())
        .text(account.email.as_str())
        .text(account.email.canonical())
        .text(account.display_name.as_str())
        .text(account.password_hash.as_str())
        .flag(account.is_operator)
        .int(account.version);
    preferences::bind(sql, &account.preferences)
}

#[async_trait]
impl AccountRepository for SeaOrmUnitOfWork {
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        row::one(self.one(by_id(self.backend, id)).await?)
    }

    async fn lock_athletes(&mut self, ids: &[AccountId]) -> Result<Vec<Athlete>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        row::all(self.all(lock_athletes(self.backend, ids)).await?)
    }

    async fn touch_exercises(&mut self, ids: &[AccountId]) -> Result<(), StoreError> {
        let Some(first) = ids.first() else { return Ok(()) };
        self.execute_on(touch_exercises(self.backend, ids), first.uuid(), ids.len()).await
    }

    async fn by_email(&mut self, email: &Email) -> Result<Option<Account>, StoreError> {
        row::one(self.one(by_email(self.backend, email)).await?)
    }

    async fn insert(&mut self, account: &Account) -> Result<Inserted, StoreError> {
        self.insert_unless_taken(insert(self.backend, account)).await
    }

    async fn update(&mut self, account: &Account) -> Result<(), StoreError> {
        self.update_version(update(self.backend, account), account.id.uuid()).await
    }
}
