//! Writing accounts.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::{
    Account, AccountRepository, Email, PasswordHash, Preferences, Units, WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::AccountId;
use spotter_domain::store::Inserted;
use spotter_domain::text::DisplayName;

use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

/// Named one by one, here and elsewhere: a statement that was prepared with `*` fails once a column is added,
/// and columns are added while other nodes run.
const COLUMNS: &str = "id, email, display_name, password_hash, units, week_start, time_zone, is_operator, \
                       version, created_at";

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            email: row.parse("email", Email::parse)?,
            display_name: row.parse("display_name", DisplayName::parse)?,
            password_hash: PasswordHash::new(row.get("password_hash")?),
            preferences: Preferences {
                units: row.parse("units", Units::parse)?,
                week_start: row.parse("week_start", WeekStart::parse)?,
                time_zone: row.parse_or_null("time_zone", TimeZoneName::parse)?,
            },
            is_operator: row.get("is_operator")?,
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        })
    }
}

fn by_id(backend: Backend, id: AccountId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM accounts WHERE id = $1");
    Sql::new(backend, "accounts", "by_id", text).uuid(id.uuid())
}

fn by_email(backend: Backend, email: &Email) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM accounts WHERE email_canonical = $1");
    Sql::new(backend, "accounts", "by_email", text).text(email.canonical())
}

fn insert(backend: Backend, account: &Account) -> Sql {
    let text = "INSERT INTO accounts (id, email, email_canonical, display_name, password_hash, units, \
                week_start, time_zone, is_operator, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, \
                $7, $8, $9, $10, $11) ON CONFLICT (email_canonical) DO NOTHING";
    with_columns(Sql::new(backend, "accounts", "insert", text), account).time(account.created_at)
}

fn update(backend: Backend, account: &Account) -> Sql {
    let text = "UPDATE accounts SET email = $2, email_canonical = $3, display_name = $4, password_hash = $5, \
                units = $6, week_start = $7, time_zone = $8, is_operator = $9, version = $10 \
                WHERE id = $1 AND version = $10 - 1";
    with_columns(Sql::new(backend, "accounts", "update", text), account)
}

/// Parameters 1 to 10.
fn with_columns(sql: Sql, account: &Account) -> Sql {
    sql.uuid(account.id.uuid())
        .text(account.email.as_str())
        .text(account.email.canonical())
        .text(account.display_name.as_str())
        .text(account.password_hash.as_str())
        .text(account.preferences.units.as_str())
        .text(account.preferences.week_start.as_str())
        .text_or_null(account.preferences.time_zone.as_ref().map(TimeZoneName::as_str))
        .flag(account.is_operator)
        .int(account.version)
}

#[async_trait]
impl AccountRepository for SeaOrmUnitOfWork {
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        row::one(self.one(by_id(self.backend, id)).await?)
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
