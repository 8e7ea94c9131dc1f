//! What is counted at a desk.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hdrhistogram::Histogram;
use parking_lot::Mutex;

use crate::operations::{DeskNumbers, Distribution};

/// Two digits of every time from a microsecond to a minute, and of every batch size.
const HIGHEST: u64 = 60_000_000;

/// Counters since the start.
#[derive(Debug)]
pub(super) struct Meter {
    turned_away: AtomicU64,
    left: AtomicU64,
    late: AtomicU64,
    tried_again: AtomicU64,
    singled_out: AtomicU64,
    sizes: Numbers,
    waits: Numbers,
    units: Numbers,
    commits: Numbers,
}

#[derive(Debug)]
struct Numbers(Mutex<Histogram<u64>>);

impl Numbers {
    fn note(&self, number: u64) {
        self.0.lock().saturating_record(number);
    }

    fn note_time(&self, time: Duration) {
        self.note(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    fn distribution(&self) -> Distribution {
        let histogram = self.0.lock();
        Distribution {
            count: histogram.len(),
            median: histogram.value_at_quantile(0.5),
            p99: histogram.value_at_quantile(0.99),
            most: histogram.max(),
        }
    }
}

impl Default for Numbers {
    #[expect(clippy::expect_used, reason = "the bounds are constants that a test makes one of")]
    fn default() -> Self {
        Self(Mutex::new(Histogram::new_with_bounds(1, HIGHEST, 2).expect("the bounds are good")))
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            turned_away: AtomicU64::new(0),
            left: AtomicU64::new(0),
            late: AtomicU64::new(0),
            tried_again: AtomicU64::new(0),
            singled_out: AtomicU64::new(0),
            sizes: Numbers::default(),
            waits: Numbers::default(),
            units: Numbers::default(),
            commits: Numbers::default(),
        }
    }
}

impl Meter {
    /// Somebody was not taken in.
    pub(super) fn turned_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody had left before their batch began.
    pub(super) fn left(&self) {
        self.left.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody had waited long enough.
    pub(super) fn late(&self) {
        self.late.fetch_add(1, Ordering::Relaxed);
    }

    /// A batch was tried again.
    pub(super) fn tried_again(&self) {
        self.tried_again.fetch_add(1, Ordering::Relaxed);
    }

    /// An order was tried alone, because its batch had failed.
    pub(super) fn singled_out(&self) {
        self.singled_out.fetch_add(1, Ordering::Relaxed);
    }

    /// The batch of somebody began who had waited for so long.
    pub(super) fn began(&self, waited: Duration) {
        self.waits.note_time(waited);
    }

    /// A batch of so many was committed.
    pub(super) fn committed(&self, orders: usize, unit: Duration, commit: Duration) {
        self.sizes.note(u64::try_from(orders).unwrap_or(u64::MAX));
        self.units.note_time(unit);
        self.commits.note_time(commit);
    }

    /// Everything that was counted.
    pub(super) fn numbers(&self, name: &'static str, waiting: usize) -> DeskNumbers {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        DeskNumbers {
            name,
            waiting: u64::try_from(waiting).unwrap_or(u64::MAX),
            turned_away: count(&self.turned_away),
            left: count(&self.left),
            late: count(&self.late),
            tried_again: count(&self.tried_again),
            singled_out: count(&self.singled_out),
            batch_size: self.sizes.distribution(),
            wait_micros: self.waits.distribution(),
            unit_micros: self.units.distribution(),
            commit_micros: self.commits.distribution(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_told() {
        let meter = Meter::default();
        meter.turned_away();
        meter.began(Duration::from_micros(50));
        for _ in 0..99 {
            meter.committed(10, Duration::from_millis(2), Duration::from_micros(300));
        }
        meter.committed(100, Duration::from_hours(1), Duration::from_millis(1));
        let numbers = meter.numbers("test", 3);
        assert_eq!((numbers.waiting, numbers.turned_away, numbers.left), (3, 1, 0));
        assert_eq!(
            (numbers.batch_size.count, numbers.batch_size.median, numbers.batch_size.most),
            (100, 10, 100)
        );
        assert!(numbers.unit_micros.most >= 59_000_000, "{numbers:?}");
        assert_eq!(numbers.wait_micros.median, 50);
    }
}
