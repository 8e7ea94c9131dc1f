//! What a relay has done so far, in numbers.

use std::time::Duration;

use super::Turn;

/// What a relay has done since it was made. How much is still to be done is the queue's to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayNumbers {
    /// Turns that found something to do.
    pub turns: u64,
    /// Messages that were handled, those among them that nobody wanted to be told of.
    pub processed: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Of these, the ones that were the last of their message.
    pub died: u64,
    /// Messages that were in hand and are left for another turn.
    pub left: u64,
    /// Turns that ended with an error of the store.
    pub errors: u64,
    /// How long all processed messages together had waited since they were announced.
    pub lag_total: Duration,
    /// How long one of them had waited at most.
    pub lag_max: Duration,
}

impl RelayNumbers {
    pub(super) fn add(&mut self, turn: &Turn, lag: Lag) {
        self.turns += 1;
        self.processed += turn.processed;
        self.failed += turn.failed;
        self.died += turn.died;
        self.left += turn.left;
        self.lag_total = self.lag_total.saturating_add(lag.total);
        self.lag_max = self.lag_max.max(lag.max);
    }
}

/// How long the messages of a turn had waited.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lag {
    total: Duration,
    max: Duration,
}

impl Lag {
    pub(super) fn note(&mut self, waited: Duration) {
        self.total = self.total.saturating_add(waited);
        self.max = self.max.max(waited);
    }
}
