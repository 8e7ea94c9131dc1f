//! A database: filled through the application, and looked into past everything of ours that reads it.

use std::time::Duration;

use anyhow::Context;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use spotter_demo_data::fill::{self, Filling};
use spotter_domain::Clock;
use spotter_domain::vault::{AccessClaims, SecretToken};
use spotter_server::clock::SystemClock;
use spotter_server::settings::Settings;
use spotter_server::wiring::{application, open_database};
use uuid::Uuid;

use super::server::SIGNING_KEY;

/// Longer than any run.
const TOKENS_LAST: Duration = Duration::from_hours(3);

/// A database with the schema and the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    url: String,
}

impl Database {
    /// Brings an empty database up to date.
    ///
    /// # Errors
    ///
    /// When it can't be opened.
    pub(crate) async fn prepare(url: String) -> anyhow::Result<Self> {
        let database = Self { url };
        database.fill(None).await?;
        Ok(database)
    }

    /// Brings an empty database up to date and fills it with people.
    ///
    /// # Errors
    ///
    /// When it can't be opened.
    pub(crate) async fn filled(url: String, filling: Filling) -> anyhow::Result<Self> {
        let database = Self { url };
        database.fill(Some(filling)).await?;
        Ok(database)
    }

    /// A database that is another's copy.
    pub(crate) fn copied(url: String) -> Self {
        Self { url }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Which kind it is.
    pub(crate) fn backend(&self) -> DbBackend {
        if self.url.starts_with("postgres") { DbBackend::Postgres } else { DbBackend::Sqlite }
    }

    async fn fill(&self, filling: Option<Filling>) -> anyhow::Result<()> {
        let settings = self.settings();
        let database = open_database(&settings).await?;
        let outcome = async {
            database.migrate_up().await?;
            let spotter = application(&settings, &database)?;
            spotter.load_catalogue().await?;
            if let Some(filling) = filling {
                fill::fill(&spotter, filling, |_| {}).await?;
            }
            anyhow::Ok(())
        };
        let outcome = outcome.await;
        database.close().await;
        outcome.context("the database can't be filled")?;
        self.settle().await
    }

    /// Has done what a server does in its own time after so much was written, and what must not fall into a
    /// measurement.
    ///
    /// # Errors
    ///
    /// When it can't be done.
    pub(crate) async fn settle(&self) -> anyhow::Result<()> {
        let connection = connect(&self.url).await?;
        match self.backend() {
            DbBackend::Postgres => {
                execute(&connection, "VACUUM ANALYZE").await?;
                execute(&connection, "CHECKPOINT").await
            }
            _ => execute(&connection, "PRAGMA wal_checkpoint(TRUNCATE)").await,
        }?;
        Ok(connection.close().await?)
    }

    /// A token for each account, made as signing in makes it, without the hundred milliseconds of a password.
    ///
    /// # Errors
    ///
    /// When the database can't be opened.
    pub(crate) async fn tokens(
        &self,
        accounts: impl IntoIterator<Item = Uuid>,
    ) -> anyhow::Result<Vec<SecretToken>> {
        let settings = self.settings();
        let database = open_database(&settings).await?;
        let spotter = application(&settings, &database)?;
        let expires_at = SystemClock.now() + TOKENS_LAST;
        let claims = |account: Uuid| AccessClaims { account: account.into(), expires_at };
        let issue = |account| spotter.ports().tokens.issue(claims(account));
        let tokens = accounts.into_iter().map(issue).collect();
        database.close().await;
        Ok(tokens)
    }

    /// What the application takes to work on it.
    fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.database.url = self.url.as_str().into();
        settings.auth.signing_key = Some(SIGNING_KEY.into());
        settings
    }

    /// The rows of a query.
    ///
    /// # Errors
    ///
    /// When it can't be asked.
    pub(crate) async fn rows(&self, sql: &str) -> anyhow::Result<Vec<QueryResult>> {
        let connection = connect(&self.url).await?;
        let found = rows(&connection, sql).await;
        connection.close().await?;
        found
    }

    /// Runs some statements.
    ///
    /// # Errors
    ///
    /// When one of them fails.
    pub(crate) async fn execute(&self, sql: &str) -> anyhow::Result<()> {
        let connection = connect(&self.url).await?;
        let done = execute(&connection, sql).await;
        connection.close().await?;
        done
    }
}

pub(super) async fn connect(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).connect_timeout(Duration::from_secs(20));
    Ok(sea_orm::Database::connect(options).await?)
}

pub(super) async fn rows(connection: &DatabaseConnection, sql: &str) -> anyhow::Result<Vec<QueryResult>> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.query_all_raw(statement).await.with_context(|| sql.to_owned())
}

pub(super) async fn execute(connection: &DatabaseConnection, sql: &str) -> anyhow::Result<()> {
    connection.execute_unprepared(sql).await.with_context(|| sql.to_owned())?;
    Ok(())
}
