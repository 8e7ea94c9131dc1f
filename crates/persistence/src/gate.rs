//! The gate before a pool: as many may pass as there are connections, so that whoever has passed never waits
//! for one, and whoever waits is counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use spotter_application::operations::PoolNumbers;
use spotter_domain::StoreError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

#[derive(Debug)]
pub(crate) struct Gate {
    name: &'static str,
    max: u32,
    timeout: Duration,
    permits: Arc<Semaphore>,
    waiting: AtomicU32,
    acquired: AtomicU64,
    timeouts: AtomicU64,
    total_nanos: AtomicU64,
    max_nanos: AtomicU64,
}

/// Leave to use one connection, until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    _permit: OwnedSemaphorePermit,
}

/// Counts somebody as waiting until it is dropped, also when they stop waiting halfway.
struct Waiting<'a>(&'a AtomicU32);

impl<'a> Waiting<'a> {
    fn new(waiting: &'a AtomicU32) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    pub(crate) fn new(name: &'static str, max: u32, timeout: Duration) -> Self {
        Self {
            name,
            max,
            timeout,
            permits: Arc::new(Semaphore::new(usize::try_from(max).unwrap_or(Semaphore::MAX_PERMITS))),
            waiting: AtomicU32::new(0),
            acquired: AtomicU64::new(0),
            timeouts: AtomicU64::new(0),
            total_nanos: AtomicU64::new(0),
            max_nanos: AtomicU64::new(0),
        }
    }

    /// Waits for leave, first come first served.
    pub(crate) async fn enter(&self) -> Result<Permit, StoreError> {
        let since = Instant::now();
        let permit = match Arc::clone(&self.permits).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.wait().await?,
        };
        let nanos = u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.acquired.fetch_add(1, Ordering::Relaxed);
        self.total_nanos.fetch_add(nanos, Ordering::Relaxed);
        self.max_nanos.fetch_max(nanos, Ordering::Relaxed);
        Ok(Permit { _permit: permit })
    }

    async fn wait(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let _waiting = Waiting::new(&self.waiting);
        match tokio::time::timeout(self.timeout, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Unavailable(format!("the {} pool is closed", self.name))),
            Err(_) => {
                self.timeouts.fetch_add(1, Ordering::Relaxed);
                Err(StoreError::Timeout(format!("no connection of the {} pool came free in time", self.name)))
            }
        }
    }

    /// Lets nobody in any more; those who wait are turned away.
    pub(crate) fn close(&self) {
        self.permits.close();
    }

    /// The numbers of the pool behind, of which `idle` connections have nothing to do.
    pub(crate) fn numbers(&self, idle: u32) -> PoolNumbers {
        let free = u32::try_from(self.permits.available_permits()).unwrap_or(self.max);
        PoolNumbers {
            name: self.name,
            max: self.max,
            in_use: self.max.saturating_sub(free),
            idle,
            waiting: self.waiting.load(Ordering::Relaxed),
            acquired: self.acquired.load(Ordering::Relaxed),
            timeouts: self.timeouts.load(Ordering::Relaxed),
            acquire_total: Duration::from_nanos(self.total_nanos.load(Ordering::Relaxed)),
            acquire_max: Duration::from_nanos(self.max_nanos.load(Ordering::Relaxed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_too_long_is_turned_away_and_counted() {
        let gate = Gate::new("write", 1, Duration::from_millis(20));
        let permit = gate.enter().await.unwrap();
        assert!(matches!(gate.enter().await, Err(StoreError::Timeout(_))));
        let numbers = gate.numbers(0);
        assert_eq!((numbers.in_use, numbers.waiting, numbers.acquired, numbers.timeouts), (1, 0, 1, 1));
        drop(permit);
        assert!(gate.enter().await.is_ok());
        assert_eq!(gate.numbers(1).in_use, 0);
    }

    #[tokio::test]
    async fn whoever_stops_waiting_is_no_longer_counted() {
        let gate = Gate::new("write", 1, Duration::from_mins(1));
        let _permit = gate.enter().await.unwrap();
        let gave_up = tokio::time::timeout(Duration::from_millis(10), gate.enter()).await;
        assert!(gave_up.is_err());
        assert_eq!((gate.numbers(0).waiting, gate.numbers(0).timeouts), (0, 0));
    }

    #[tokio::test]
    async fn a_closed_gate_lets_nobody_in() {
        let gate = Gate::new("read", 1, Duration::from_mins(1));
        gate.close();
        assert!(matches!(gate.enter().await, Err(StoreError::Unavailable(_))));
    }
}
