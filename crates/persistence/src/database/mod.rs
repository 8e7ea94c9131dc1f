//! The database: its two pools, what is asked of them, and how they are opened and closed.

mod migrate;
mod monitor;
mod postgres;
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::metric::Info;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode};
use sea_orm::{TransactionOptions, TransactionTrait};
use spotter_application::statements;
use spotter_domain::StoreError;

pub use migrate::MigrationState;

use crate::error::{Place, store_error};
use crate::gate::{Gate, Permit};
use crate::row::Row;
use crate::sql::Sql;
use crate::{Backend, DatabaseError, DatabaseSettings};

/// A statement that takes longer is worth a line in the log. Its parameters are not logged.
const SLOW: Duration = Duration::from_millis(500);

/// An open database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Database {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    backend: Backend,
    settings: DatabaseSettings,
    write: Pool,
    read: Pool,
}

/// A pool of connections behind its gate.
#[derive(Debug)]
pub(crate) struct Pool {
    connection: DatabaseConnection,
    gate: Gate,
}

impl Pool {
    fn new(mut connection: DatabaseConnection, gate: Gate) -> Self {
        connection.set_metric_callback(count);
        Self { connection, gate }
    }

    /// The first row of a query.
    async fn one(&self, sql: Sql) -> Result<Option<Row>, StoreError> {
        let _permit = self.gate.enter().await?;
        let place = sql.place;
        let row = self.connection.query_one_raw(sql.into_statement()).await;
        let row = row.map_err(|error| store_error(&error, place))?;
        Ok(row.map(|row| Row::new(row, place.table)))
    }
}

fn count(info: &Info<'_>) {
    statements::record(info.elapsed);
    if info.elapsed >= SLOW {
        let millis = u64::try_from(info.elapsed.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(elapsed_ms = millis, statement = %info.statement.sql, "slow statement");
    }
}

impl Database {
    /// Opens a database. It does not change the schema: see [`Database::migrate_up`].
    ///
    /// # Errors
    ///
    /// [`DatabaseError`] when the address is no good or nothing answers there.
    pub async fn connect(settings: DatabaseSettings) -> Result<Self, DatabaseError> {
        let backend = Backend::of(&settings.url)?;
        let (write, read) = match backend {
            Backend::Sqlite => sqlite::connect(&settings).await?,
            Backend::Postgres => postgres::connect(&settings).await?,
        };
        Ok(Self { inner: Arc::new(Inner { backend, settings, write, read }) })
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.inner.backend
    }

    /// Turns away whoever waits for a connection, waits for those at work, and closes every connection.
    pub async fn close(&self) {
        for pool in [&self.inner.read, &self.inner.write] {
            pool.gate.close();
            if pool.connection.close_by_ref().await.is_err() {
                tracing::warn!("a pool of connections was not closed in order");
            }
        }
    }

    /// Begins a transaction that can write; on SQLite it is the only one from its first moment on.
    pub(crate) async fn transaction(&self) -> Result<(DatabaseTransaction, Permit), StoreError> {
        let place = Place { table: "database", statement: "begin" };
        let permit = self.inner.write.gate.enter().await?;
        let mode = (self.inner.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        let begun = self.inner.write.connection.begin_with_options(options).await;
        let transaction = begun.map_err(|error| store_error(&error, place))?;
        Ok((transaction, permit))
    }

    /// The rows of a query, from the read pool.
    pub(crate) async fn read_all(&self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        let _permit = self.inner.read.gate.enter().await?;
        let place = sql.place;
        let rows = self.inner.read.connection.query_all_raw(sql.into_statement()).await;
        let rows = rows.map_err(|error| store_error(&error, place))?;
        Ok(rows.into_iter().map(|row| Row::new(row, place.table)).collect())
    }

    /// The first row of a query, from the read pool.
    pub(crate) async fn read_one(&self, sql: Sql) -> Result<Option<Row>, StoreError> {
        self.inner.read.one(sql).await
    }

    /// As [`Database::read_one`], of everything that was committed before it was asked: not from a replica,
    /// which may be behind.
    pub(crate) async fn read_one_fresh(&self, sql: Sql) -> Result<Option<Row>, StoreError> {
        let settings = &self.inner.settings;
        let elsewhere = settings.read_url.as_ref().is_some_and(|read| *read != settings.url);
        let pool = if elsewhere { &self.inner.write } else { &self.inner.read };
        pool.one(sql).await
    }
}
