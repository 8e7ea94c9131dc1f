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

/// The numbers of one desk since the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskNumbers {
    /// What is waited for there.
    pub name: &'static str,
    /// The orders that wait for a batch at this moment.
    pub waiting: u64,
    /// The orders that were turned away, because the line was too long or the process was stopping.
    pub turned_away: u64,
    /// The orders whose callers had left before their batch began.
    pub left: u64,
    /// The orders that took too long.
    pub late: u64,
    /// How often a batch was tried again, because another transaction was in the way.
    pub tried_again: u64,
    /// The orders that were tried alone, because their batch had failed.
    pub singled_out: u64,
    /// How many orders a batch had.
    pub batch_size: Distribution,
    /// How long orders waited until their batch began, in microseconds.
    pub wait_micros: Distribution,
    /// How long a batch took from the beginning of its transaction until it was committed, in microseconds.
    pub unit_micros: Distribution,
    /// How long the commit alone took, in microseconds.
    pub commit_micros: Distribution,
}

/// How numbers are distributed, to two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// How many there were.
    pub count: u64,
    /// Half of them were at most this.
    pub median: u64,
    /// All but a hundredth of them were at most this.
    pub p99: u64,
    /// The largest.
    pub most: u64,
}
