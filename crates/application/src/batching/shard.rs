//! One shard: a queue of orders, served by one batch at a time.

use std::collections::VecDeque;

use parking_lot::Mutex;

use super::Clerk;
use super::ticket::Ticket;

/// Whoever waits, and whether somebody serves them.
pub(super) struct Shard<C: Clerk>(Mutex<State<C>>);

struct State<C: Clerk> {
    waiting: VecDeque<Ticket<C>>,
    served: bool,
}

/// What became of an order that was to be queued.
pub(super) enum Joined {
    /// It waits, and the shard is being served.
    Waits,
    /// It waits, and whoever brought it has to see that the shard is served.
    First,
    /// The queue is too long.
    Full,
}

impl<C: Clerk> Default for Shard<C> {
    fn default() -> Self {
        Self(Mutex::new(State { waiting: VecDeque::new(), served: false }))
    }
}

impl<C: Clerk> Shard<C> {
    /// Puts an order at the end of the queue.
    pub(super) fn join(&self, ticket: Ticket<C>, longest: usize) -> Joined {
        let mut state = self.0.lock();
        if state.waiting.len() >= longest {
            return Joined::Full;
        }
        state.waiting.push_back(ticket);
        if std::mem::replace(&mut state.served, true) { Joined::Waits } else { Joined::First }
    }

    /// The next batch; an empty one means that the shard is not served any more.
    pub(super) fn next(&self, largest: usize) -> Vec<Ticket<C>> {
        let mut state = self.0.lock();
        let count = state.waiting.len().min(largest.max(1));
        state.served = count > 0;
        state.waiting.drain(..count).collect()
    }

    /// Everything that waits, and does no more.
    pub(super) fn empty(&self) -> VecDeque<Ticket<C>> {
        std::mem::take(&mut self.0.lock().waiting)
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.0.lock().waiting.len()
    }
}
