//! What an operator wants to know of the running process: ports of the operations pages.

use std::time::Duration;

use async_trait::async_trait;
use spotter_domain::StoreError;

/// The numbers of one connection pool at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolNumbers {
    /// `read` or `write`.
    pub name: &'static str,
    /// The most connections it may open.
    pub max: u32,
    /// The connections that are at work.
    pub in_use: u32,
    /// The connections that are open and have nothing to do.
    pub idle: u32,
    /// The callers that wait for a connection.
    pub waiting: u32,
    /// How many connections were handed out since the start.
    pub acquired: u64,
    /// How many callers gave up waiting since the start.
    pub timeouts: u64,
    /// How long callers waited for a connection, together, since the start.
    pub acquire_total: Duration,
    /// The longest that a caller waited since the start.
    pub acquire_max: Duration,
}

/// Watches the database.
#[async_trait]
pub trait DatabaseMonitor: Send + Sync {
    /// The numbers of every pool.
    fn pools(&self) -> Vec<PoolNumbers>;
    /// Asks the database for a sign of life; answers how long it took.
    async fn ping(&self) -> Result<Duration, StoreError>;
}
