//! Changing the schema, one node at a time.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, SqliteTransactionMode, SqlxPostgresConnector};
use sea_orm::{SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait};
use spotter_migrations::Migrator;
use spotter_migrations::migration::{MigrationStatus, MigratorTrait};

use super::{Database, postgres, sqlite};
use crate::{Backend, DatabaseError};

/// The lock that the node holds that changes the schema: `spotter` in the letters of ASCII.
const LOCK: i64 = 0x0073_706f_7474_6572;

/// One change of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationState {
    /// Its name, which sorts by its age.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down(u32),
}

impl Database {
    /// Brings the schema up to date. Nodes that start together take turns; all but the first find nothing
    /// left to do.
    ///
    /// # Errors
    ///
    /// [`DatabaseError`] when a change fails. On SQLite the schema is then as it was; on PostgreSQL the
    /// changes before the failing one stay.
    pub async fn migrate_up(&self) -> Result<(), DatabaseError> {
        self.migrate(Direction::Up).await
    }

    /// Takes the last `steps` changes of the schema back.
    ///
    /// # Errors
    ///
    /// As [`Database::migrate_up`].
    pub async fn migrate_down(&self, steps: u32) -> Result<(), DatabaseError> {
        self.migrate(Direction::Down(steps)).await
    }

    /// Every change of the schema, oldest first, and whether the database has it. Changes nothing.
    ///
    /// # Errors
    ///
    /// [`DatabaseError`] when the database can't be asked, or has a change that this version does not know.
    pub async fn migration_status(&self) -> Result<Vec<MigrationState>, DatabaseError> {
        let _permit = self.inner.read.gate.enter().await?;
        let migrations = Migrator::get_migration_with_status_read_only(&self.inner.read.connection).await;
        let migrations = migrations.map_err(|error| failed(&error))?;
        Ok(migrations
            .iter()
            .map(|migration| MigrationState {
                name: migration.name().to_owned(),
                applied: migration.status() == MigrationStatus::Applied,
            })
            .collect())
    }

    async fn migrate(&self, direction: Direction) -> Result<(), DatabaseError> {
        let settings = &self.inner.settings;
        let (connection, outcome) = match self.inner.backend {
            Backend::Sqlite => {
                // The write pool's only connection must not hold the database meanwhile.
                let _permit = self.inner.write.gate.enter().await?;
                let connection =
                    SqlxSqliteConnector::from_sqlx_sqlite_pool(sqlite::open_writer(settings).await?);
                let outcome = on_sqlite(&connection, direction).await;
                (connection, outcome)
            }
            Backend::Postgres => {
                let pool = postgres::open_unhurried(settings).await?;
                let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
                let outcome = on_postgres(&connection, direction).await;
                (connection, outcome)
            }
        };
        // Closing the connection lets the lock go, whatever happened.
        let closed = connection.close().await;
        outcome.and(closed).map_err(|error| failed(&error))
    }
}

/// All changes in one transaction, which is the only one: another process that starts now waits for it.
async fn on_sqlite(connection: &DatabaseConnection, direction: Direction) -> Result<(), DbErr> {
    let mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    let transaction = connection.begin_with_options(options).await?;
    match direction {
        Direction::Up => Migrator::up(&transaction, None).await?,
        Direction::Down(steps) => Migrator::down(&transaction, Some(steps)).await?,
    }
    transaction.commit().await
}

/// Each change in a transaction of its own, all of them under a lock of the session.
async fn on_postgres(connection: &DatabaseConnection, direction: Direction) -> Result<(), DbErr> {
    let lock = "SELECT pg_advisory_lock($1)";
    let lock = Statement::from_sql_and_values(Backend::Postgres.sea_orm(), lock, [LOCK.into()]);
    connection.query_one_raw(lock).await?;
    match direction {
        Direction::Up => Migrator::up(connection, None).await,
        Direction::Down(steps) => Migrator::down(connection, Some(steps)).await,
    }
}

fn failed(error: &DbErr) -> DatabaseError {
    DatabaseError::Migration(error.to_string())
}
