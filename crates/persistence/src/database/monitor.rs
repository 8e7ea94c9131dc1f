//! How the database is doing, for the operator.

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::ConnectionTrait;
use spotter_application::operations::{DatabaseMonitor, PoolNumbers};
use spotter_domain::StoreError;
use tokio::time::Instant;

use super::{Database, Pool};
use crate::Backend;
use crate::error::store_error;
use crate::sql::Sql;

impl Database {
    fn idle(&self, pool: &Pool) -> u32 {
        let idle = match self.inner.backend {
            Backend::Sqlite => pool.connection.get_sqlite_connection_pool().num_idle(),
            Backend::Postgres => pool.connection.get_postgres_connection_pool().num_idle(),
        };
        u32::try_from(idle).unwrap_or(u32::MAX)
    }

    async fn sign_of_life(&self, pool: &Pool) -> Result<(), StoreError> {
        let _permit = pool.gate.enter().await?;
        let sql = Sql::new(self.inner.backend, "database", "ping", "SELECT 1");
        let place = sql.place;
        let answer = pool.connection.query_one_raw(sql.into_statement()).await;
        answer.map(drop).map_err(|error| store_error(&error, place))
    }
}

#[async_trait]
impl DatabaseMonitor for Database {
    fn pools(&self) -> Vec<PoolNumbers> {
        [&self.inner.write, &self.inner.read].map(|pool| pool.gate.numbers(self.idle(pool))).into()
    }

    async fn ping(&self) -> Result<Duration, StoreError> {
        let since = Instant::now();
        self.sign_of_life(&self.inner.read).await?;
        // On SQLite both pools have the same file open, and the one that writes may be busy for a while.
        if self.inner.backend == Backend::Postgres {
            self.sign_of_life(&self.inner.write).await?;
        }
        Ok(since.elapsed())
    }
}
