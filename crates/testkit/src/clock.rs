//! A clock that stands still until it is told otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use spotter_domain::{Clock, Timestamp};

/// The instant at which every [`ManualClock`] starts and around which the fixtures are built:
/// 2027-01-04T12:00:00Z, a Monday.
pub const START: Timestamp = Timestamp::constant(1_799_064_000, 0);

/// A clock that tests move. Clones share the time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    micros: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that stands at [`START`].
    #[must_use]
    pub fn new() -> Self {
        Self { micros: Arc::new(AtomicI64::new(START.as_microsecond())) }
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_micros()).expect("a test does not wait for millennia");
        self.micros.fetch_add(by, Ordering::SeqCst);
    }

    /// Sets the time, forward or back.
    pub fn set(&self, to: Timestamp) {
        self.micros.store(to.as_microsecond(), Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.micros.load(Ordering::SeqCst))
            .expect("the clock stays within jiff's range")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_still_until_it_is_moved() {
        let clock = ManualClock::new();
        assert_eq!(clock.now().to_string(), "2027-01-04T12:00:00Z");
        clock.clone().advance(Duration::from_millis(1_500));
        assert_eq!(clock.now().to_string(), "2027-01-04T12:00:01.5Z");
        clock.set(START);
        assert_eq!(clock.now(), START);
    }
}
