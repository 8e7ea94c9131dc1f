//! Opening the embedded database: one connection that writes, several that read.

use std::path::Path;
use std::str::FromStr;

use sea_orm::SqlxSqliteConnector;
use sea_orm::sqlx::ConnectOptions;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};

use super::{Gate, Pool};
use crate::error::{Place, sqlx_error};
use crate::{DatabaseError, DatabaseSettings, PoolSettings};

const OPEN: Place = Place { table: "database", statement: "open" };

pub(super) async fn connect(settings: &DatabaseSettings) -> Result<(Pool, Pool), DatabaseError> {
    let options = options(settings)?;
    make_directory(options.get_filename())?;
    let write = writer(&options, &settings.write).await?;
    // Not opened read-only: a reader that comes first after the last writer has gone has to be able to set
    // the write-ahead log up again. It writes nothing all the same.
    let reader = options.create_if_missing(false).pragma("query_only", "on");
    let read = pool_options(&settings.read)
        .max_connections(settings.read.max_connections)
        .min_connections(settings.read.min_connections)
        .connect_with(reader)
        .await
        .map_err(|error| sqlx_error(&error, OPEN))?;
    let gate = |name, max, pool: &PoolSettings| Gate::new(name, max, pool.acquire_timeout);
    Ok((
        Pool::new(SqlxSqliteConnector::from_sqlx_sqlite_pool(write), gate("write", 1, &settings.write)),
        Pool::new(
            SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
            gate("read", settings.read.max_connections, &settings.read),
        ),
    ))
}

/// The pool of the one connection that writes. The schema is changed through one of its own.
pub(super) async fn open_writer(settings: &DatabaseSettings) -> Result<SqlitePool, DatabaseError> {
    writer(&options(settings)?, &settings.write).await
}

async fn writer(
    options: &SqliteConnectOptions,
    settings: &PoolSettings,
) -> Result<SqlitePool, DatabaseError> {
    let pool =
        pool_options(settings).max_connections(1).min_connections(1).connect_with(options.clone()).await;
    Ok(pool.map_err(|error| sqlx_error(&error, OPEN))?)
}

fn options(settings: &DatabaseSettings) -> Result<SqliteConnectOptions, DatabaseError> {
    let refused = DatabaseError::Address("it must be sqlite:// with a path behind it");
    let options = SqliteConnectOptions::from_str(&settings.url).map_err(|_| refused)?;
    let sqlite = &settings.sqlite;
    // An address that names a mode keeps it: `?mode=rw` means that the file has to exist.
    let create = !settings.url.contains("mode=");
    Ok(options
        .create_if_missing(create || settings.url.contains("mode=rwc"))
        .journal_mode(SqliteJournalMode::Wal)
        // An answer that was given is on the disk, also after a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(sqlite.busy_timeout)
        // Negative: in KiB instead of pages.
        .pragma("cache_size", format!("-{}", sqlite.cache_kib))
        .pragma("mmap_size", sqlite.mmap_bytes.to_string())
        .disable_statement_logging())
}

/// Connections to a file don't go stale: they are neither tested nor replaced.
fn pool_options(settings: &PoolSettings) -> PoolOptions<sea_orm::sqlx::Sqlite> {
    PoolOptions::new()
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

fn make_directory(file: &Path) -> Result<(), DatabaseError> {
    let Some(directory) = file.parent().filter(|directory| !directory.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    // What is in it are people's addresses: it is nobody else's to read.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(directory)
        .map_err(|source| DatabaseError::Directory { path: directory.display().to_string(), source })
}
