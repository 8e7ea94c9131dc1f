//! Opening a PostgreSQL database: a pool that writes to the primary, a pool that reads there or on a replica.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::SqlxPostgresConnector;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, Postgres};
use sea_orm::sqlx::{ConnectOptions, Connection};

use super::{Gate, Pool};
use crate::error::{Place, sqlx_error};
use crate::{DatabaseError, DatabaseSettings, PoolSettings};

const OPEN: Place = Place { table: "database", statement: "open" };

/// A connection that has been unused for so long may have been forgotten by something on the way, and is
/// tested before it is handed out. A busy one never pays for that.
const STALE_AFTER: Duration = Duration::from_secs(30);

pub(super) async fn connect(settings: &DatabaseSettings) -> Result<(Pool, Pool), DatabaseError> {
    let read_url = settings.read_url.as_deref().unwrap_or(&settings.url);
    let write = timed(address(&settings.url)?, &settings.write);
    let read = timed(address(read_url)?, &settings.read).options([("default_transaction_read_only", "on")]);
    Ok((open("write", write, &settings.write).await?, open("read", read, &settings.read).await?))
}

/// A pool of one connection that may take its time, for changing the schema: building an index on a large
/// table takes longer than any request may.
pub(super) async fn open_unhurried(settings: &DatabaseSettings) -> Result<PgPool, DatabaseError> {
    let name = format!("{} migrations", settings.write.application_name);
    let options = address(&settings.url)?.application_name(&name).options([("statement_timeout", "0")]);
    let pool = PoolOptions::new()
        .max_connections(1)
        .acquire_timeout(settings.write.acquire_timeout)
        // The session holds a lock: it must not be replaced by another.
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await;
    Ok(pool.map_err(|error| sqlx_error(&error, OPEN))?)
}

async fn open(
    name: &'static str,
    options: PgConnectOptions,
    settings: &PoolSettings,
) -> Result<Pool, DatabaseError> {
    let pool = pool_options(settings).connect_with(options).await;
    let pool = pool.map_err(|error| sqlx_error(&error, OPEN))?;
    let gate = Gate::new(name, settings.max_connections, settings.acquire_timeout);
    Ok(Pool::new(SqlxPostgresConnector::from_sqlx_postgres_pool(pool), gate))
}

/// Whether and how TLS is used is the address's to say (`sslmode`, `sslrootcert`).
fn address(url: &str) -> Result<PgConnectOptions, DatabaseError> {
    let refused = DatabaseError::Address("it must be postgres://user:password@host/database");
    Ok(PgConnectOptions::from_str(url).map_err(|_| refused)?.disable_statement_logging())
}

fn timed(options: PgConnectOptions, settings: &PoolSettings) -> PgConnectOptions {
    let millis = |time: Duration| time.as_millis().to_string();
    options.application_name(&settings.application_name).options([
        ("statement_timeout", millis(settings.statement_timeout)),
        ("lock_timeout", millis(settings.lock_timeout)),
        ("idle_in_transaction_session_timeout", millis(settings.idle_in_transaction_timeout)),
        // What the locking relies on, whatever the server's own default is: a statement that waited for a
        // row lock sees what was committed meanwhile.
        ("default_transaction_isolation", String::from("read committed")),
    ])
}

fn pool_options(settings: &PoolSettings) -> PoolOptions<Postgres> {
    PoolOptions::new()
        .max_connections(settings.max_connections)
        .min_connections(settings.min_connections)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(settings.idle_timeout)
        .max_lifetime(settings.max_lifetime)
        .test_before_acquire(false)
        .before_acquire(|connection: &mut PgConnection, metadata| {
            Box::pin(async move {
                if metadata.idle_for >= STALE_AFTER {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}
