//! Counting the statements of one request, so that a budget can be held against it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The statements that one request sent to the database.
#[derive(Debug, Default)]
pub struct Tally {
    statements: AtomicU64,
    nanos: AtomicU64,
}

impl Tally {
    /// How many statements were sent; the begin and end of a transaction are not counted.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// How long they took together.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Duration::from_nanos(self.nanos.load(Ordering::Relaxed))
    }
}

tokio::task_local! {
    static TALLY: Arc<Tally>;
}

/// Notes one statement in the tally of the request that this task works on, if it works on one.
pub fn record(elapsed: Duration) {
    let _outside_of_a_request = TALLY.try_with(|tally| {
        tally.statements.fetch_add(1, Ordering::Relaxed);
        tally.nanos.fetch_add(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    });
}

/// Notes what was taken elsewhere on behalf of the request that is being worked on.
pub fn adopt(other: &Tally) {
    let _outside_of_a_request = TALLY.try_with(|tally| {
        tally.statements.fetch_add(other.statements(), Ordering::Relaxed);
        tally.nanos.fetch_add(other.nanos.load(Ordering::Relaxed), Ordering::Relaxed);
    });
}

/// Runs `work` with `tally` as its tally.
pub async fn tallied<F: Future>(tally: Arc<Tally>, work: F) -> F::Output {
    TALLY.scope(tally, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn statements_are_noted_in_the_tally_of_their_own_task() {
        record(Duration::from_secs(1));
        let tally = Arc::new(Tally::default());
        tallied(Arc::clone(&tally), async {
            record(Duration::from_millis(2));
            record(Duration::from_millis(3));
        })
        .await;
        record(Duration::from_secs(1));
        assert_eq!((tally.statements(), tally.elapsed()), (2, Duration::from_millis(5)));
    }
}
