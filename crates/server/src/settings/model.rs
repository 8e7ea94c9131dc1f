//! What can be set. Durations carry their unit in their name.

use std::net::SocketAddr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use spotter_application::BatchSettings;

const MIB: u64 = 1024 * 1024;

/// All settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The HTTP server.
    pub http: HttpSettings,
    /// The database.
    pub database: DatabaseSettings,
    /// The desks where many are served at the same time.
    pub desk: DeskSettings,
    /// Redis.
    pub redis: RedisSettings,
    /// Signing in.
    pub auth: AuthSettings,
    /// Rate limits.
    pub limits: LimitsSettings,
    /// Wearables.
    pub wearables: WearablesSettings,
    /// Logs.
    pub log: LogSettings,
}

/// The HTTP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Where it listens.
    pub address: SocketAddr,
    /// How many threads answer requests; one a core without it.
    pub workers: Option<usize>,
    /// How long requests in flight may take to finish when it stops, in seconds.
    pub shutdown_grace_s: u64,
    /// Whether answers tell their statements and times in a `Server-Timing` header.
    pub server_timing: bool,
    /// Whether the client's address is taken from `Forwarded` headers: only behind a proxy that sets them.
    pub trust_forwarded_for: bool,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 8080)),
            workers: None,
            shutdown_grace_s: 30,
            server_timing: cfg!(debug_assertions),
            trust_forwarded_for: false,
        }
    }
}

/// The database.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `sqlite://file` or `postgres://...`.
    pub url: SecretString,
    /// Where reads go; the same database without it.
    pub read_url: Option<SecretString>,
    /// The pool that writes. The embedded database always writes through one connection.
    pub write: PoolSettings,
    /// The pool that reads.
    pub read: PoolSettings,
    /// The embedded database.
    pub sqlite: SqliteSettings,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: SecretString::from("sqlite://data/spotter.db"),
            read_url: None,
            write: PoolSettings::default(),
            read: PoolSettings { application_name: "spotter-read".into(), ..PoolSettings::default() },
            sqlite: SqliteSettings::default(),
        }
    }
}

/// One pool of connections.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PoolSettings {
    /// The most connections.
    pub max_connections: u32,
    /// The connections that are kept open.
    pub min_connections: u32,
    /// How long a request may wait for a connection, in milliseconds.
    pub acquire_timeout_ms: u64,
    /// After how long an idle connection is closed, in seconds.
    pub idle_timeout_s: u64,
    /// After how long any connection is replaced, in seconds.
    pub max_lifetime_s: u64,
    /// How long one statement may take, in milliseconds (PostgreSQL).
    pub statement_timeout_ms: u64,
    /// How long a statement may wait for a lock, in milliseconds (PostgreSQL).
    pub lock_timeout_ms: u64,
    /// How long a transaction may stand idle, in milliseconds (PostgreSQL).
    pub idle_in_transaction_timeout_ms: u64,
    /// The name that the connections have in the database's own views (PostgreSQL).
    pub application_name: String,
}

/// The reasons for these figures stand at the adapter's own settings.
impl Default for PoolSettings {
    fn default() -> Self {
        let adapter = spotter_persistence::PoolSettings::default();
        Self {
            max_connections: adapter.max_connections,
            min_connections: adapter.min_connections,
            acquire_timeout_ms: millis(adapter.acquire_timeout),
            idle_timeout_s: adapter.idle_timeout.as_secs(),
            max_lifetime_s: adapter.max_lifetime.as_secs(),
            statement_timeout_ms: millis(adapter.statement_timeout),
            lock_timeout_ms: millis(adapter.lock_timeout),
            idle_in_transaction_timeout_ms: millis(adapter.idle_in_transaction_timeout),
            application_name: "spotter-write".into(),
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The embedded database.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SqliteSettings {
    /// How long a connection waits for another one's lock, in milliseconds.
    pub busy_timeout_ms: u64,
    /// The page cache of each connection, in KiB.
    pub cache_kib: u32,
    /// How much of the file is mapped into memory for reading, in MiB.
    pub mmap_mib: u64,
}

impl Default for SqliteSettings {
    fn default() -> Self {
        let adapter = spotter_persistence::SqliteSettings::default();
        Self {
            busy_timeout_ms: millis(adapter.busy_timeout),
            cache_kib: adapter.cache_kib,
            mmap_mib: adapter.mmap_bytes / MIB,
        }
    }
}

/// The desks: what many want at the same time is decided in batches.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeskSettings {
    /// How many queues there are; without it one on the embedded database, which has one writer, and four
    /// elsewhere. What is in one of them is decided one after the other; each that is busy takes a connection of
    /// the pool that writes.
    pub shards: Option<usize>,
    /// The most that are decided in one transaction.
    pub largest_batch: usize,
    /// The most that wait in one queue; whoever comes then is told to come back later.
    pub longest_queue: usize,
    /// How long anybody may wait for an answer, in milliseconds.
    pub patience_ms: u64,
}

/// The reasons for these figures stand at the application's own settings.
impl Default for DeskSettings {
    fn default() -> Self {
        let BatchSettings { shards: _, largest_batch, longest_queue, patience } = BatchSettings::default();
        Self { shards: None, largest_batch, longest_queue, patience_ms: millis(patience) }
    }
}

impl DeskSettings {
    /// The same as the application takes it, on a database with one writer or with several.
    #[must_use]
    pub fn for_application(&self, embedded: bool) -> BatchSettings {
        let several = BatchSettings::default().shards;
        BatchSettings {
            shards: self.shards.unwrap_or(if embedded { 1 } else { several }),
            largest_batch: self.largest_batch,
            longest_queue: self.longest_queue,
            patience: Duration::from_millis(self.patience_ms),
        }
    }
}

/// Redis.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RedisSettings {
    /// `redis://`, `redis-cluster://` or `redis-sentinel://`; without it one node keeps all in memory.
    pub url: Option<SecretString>,
}

/// Signing in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// At least 32 characters, the same on every node. Made and kept beside the embedded database without it.
    pub signing_key: Option<SecretString>,
    /// How many passwords are hashed at once; one a core without it.
    pub hashes_at_once: Option<usize>,
}

/// Rate limits.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsSettings {
    /// Whether anything is limited.
    pub enabled: bool,
    /// How many requests one account, or one address that is not signed in, may send in a minute.
    pub requests_per_minute: u32,
}

impl Default for LimitsSettings {
    fn default() -> Self {
        Self { enabled: true, requests_per_minute: 6_000 }
    }
}

/// Wearables.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WearablesSettings {
    /// The secret of WHOOP's client, which its notifications are signed with; without it none are taken.
    pub whoop_secret: Option<SecretString>,
}

/// Logs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// How lines are written; without it as text on a terminal and as JSON elsewhere.
    pub format: Option<LogFormat>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl DatabaseSettings {
    /// The same as the adapter takes it.
    #[must_use]
    pub fn for_adapter(&self) -> spotter_persistence::DatabaseSettings {
        spotter_persistence::DatabaseSettings {
            url: self.url.expose_secret().to_owned(),
            read_url: self.read_url.as_ref().map(|url| url.expose_secret().to_owned()),
            write: self.write.for_adapter(),
            read: self.read.for_adapter(),
            sqlite: spotter_persistence::SqliteSettings {
                busy_timeout: Duration::from_millis(self.sqlite.busy_timeout_ms),
                cache_kib: self.sqlite.cache_kib,
                mmap_bytes: self.sqlite.mmap_mib.saturating_mul(MIB),
            },
        }
    }
}

impl PoolSettings {
    fn for_adapter(&self) -> spotter_persistence::PoolSettings {
        spotter_persistence::PoolSettings {
            max_connections: self.max_connections,
            min_connections: self.min_connections,
            acquire_timeout: Duration::from_millis(self.acquire_timeout_ms),
            idle_timeout: Duration::from_secs(self.idle_timeout_s),
            max_lifetime: Duration::from_secs(self.max_lifetime_s),
            statement_timeout: Duration::from_millis(self.statement_timeout_ms),
            lock_timeout: Duration::from_millis(self.lock_timeout_ms),
            idle_in_transaction_timeout: Duration::from_millis(self.idle_in_transaction_timeout_ms),
            application_name: self.application_name.clone(),
        }
    }
}
