//! What can be set about the database, and why it is set as it is.

use std::time::Duration;

/// Where the database is and how its connections are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// `sqlite://data/spotter.db` (relative), `sqlite:///var/lib/spotter.db` or `postgres://...`.
    pub url: String,
    /// Where reading goes, if not to the same place: a PostgreSQL replica.
    pub read_url: Option<String>,
    /// The connections that write. On SQLite there is one, whatever is said here.
    pub write: PoolSettings,
    /// The connections that read.
    pub read: PoolSettings,
    /// What concerns SQLite alone.
    pub sqlite: SqliteSettings,
}

/// How a pool of connections is kept. The timeouts of statements, locks and idle transactions are the
/// server's to enforce and mean nothing on SQLite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// The most connections. 16 unless told: enough to keep the cores of a middling server busy, and six
    /// nodes with two pools each stay below PostgreSQL's customary 200.
    pub max_connections: u32,
    /// Connections that are kept open. 1 unless told, so that the first request after a quiet night does not
    /// have to open one.
    pub min_connections: u32,
    /// How long a caller waits for a connection. 3 seconds unless told: whoever waits longer has usually
    /// gone, and a queue that is cut short recovers sooner.
    pub acquire_timeout: Duration,
    /// After how long an unused connection is closed. 10 minutes unless told: shorter than what firewalls
    /// and proxies commonly forget connections after.
    pub idle_timeout: Duration,
    /// After how long any connection is replaced. 30 minutes unless told, so that connections spread again
    /// over servers that come back.
    pub max_lifetime: Duration,
    /// How long one statement may run. 5 seconds unless told: all of ours take milliseconds, so one that
    /// takes longer only stands in the way.
    pub statement_timeout: Duration,
    /// How long one statement may wait for a lock. 3 seconds unless told: shorter than a statement may run,
    /// so that a wait for a lock is told from slowness.
    pub lock_timeout: Duration,
    /// How long a transaction may sit idle before the server ends it. 10 seconds unless told: it holds row
    /// locks, and a node that hangs must not hold them for ever.
    pub idle_in_transaction_timeout: Duration,
    /// How the connections are called in `pg_stat_activity`. `spotter` unless told.
    pub application_name: String,
}

/// What concerns SQLite alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteSettings {
    /// How long a statement waits for another process that has the database locked. 5 seconds unless told:
    /// only backups and the command line ever do.
    pub busy_timeout: Duration,
    /// The page cache of each connection, in KiB. 16 MiB unless told: the whole database of a club.
    pub cache_kib: u32,
    /// How much of the file is mapped into memory, in bytes. 256 MiB unless told: reads then cost no copy,
    /// and address space costs nothing.
    pub mmap_bytes: u64,
}

impl DatabaseSettings {
    /// The default settings for the database at `url`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_url: None,
            write: PoolSettings::default(),
            read: PoolSettings::default(),
            sqlite: SqliteSettings::default(),
        }
    }
}

/// Hides the addresses: they may hold passwords.
impl std::fmt::Debug for DatabaseSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DatabaseSettings")
            .field("write", &self.write)
            .field("read", &self.read)
            .field("sqlite", &self.sqlite)
            .finish_non_exhaustive()
    }
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            max_connections: 16,
            min_connections: 1,
            acquire_timeout: Duration::from_secs(3),
            idle_timeout: Duration::from_mins(10),
            max_lifetime: Duration::from_mins(30),
            statement_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(3),
            idle_in_transaction_timeout: Duration::from_secs(10),
            application_name: String::from("spotter"),
        }
    }
}

impl Default for SqliteSettings {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), cache_kib: 16 * 1024, mmap_bytes: 256 * 1024 * 1024 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_form_hides_the_address() {
        let settings = DatabaseSettings::new("postgres://spotter:secret@db/spotter");
        assert!(!format!("{settings:?}").contains("secret"));
    }
}
