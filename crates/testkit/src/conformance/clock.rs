//! Behaviours of `Clock`.

use std::sync::Arc;

use spotter_domain::Clock;

/// A finer instant would not come back from a database as it was written.
pub async fn instants_are_whole_microseconds(clock: &Arc<dyn Clock>) {
    for _ in 0..1_000 {
        let now = clock.now();
        assert_eq!(now.subsec_nanosecond() % 1_000, 0, "{now}");
    }
}

/// What is asked later is not earlier.
pub async fn time_does_not_run_backwards(clock: &Arc<dyn Clock>) {
    let mut last = clock.now();
    for _ in 0..1_000 {
        let now = clock.now();
        assert!(now >= last, "{now} came after {last}");
        last = now;
    }
}
