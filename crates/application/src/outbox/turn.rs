//! One turn of a relay: some messages are taken, handled, and settled.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use spotter_domain::outbox::{Delivery, Failure, Holder, Lease, LeaseRequest, OutboxMessage};
use spotter_domain::{StoreError, Timestamp};
use tokio::time::Instant;

use super::handler::{NotHandled, tell};
use super::numbers::Lag;
use super::relay::Relay;

/// What came of a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Messages that were handled, those among them that nobody wanted to be told of.
    pub processed: u64,
    /// Messages that failed.
    pub failed: u64,
    /// Of these, the ones that are not tried again.
    pub died: u64,
    /// Messages that are left for another turn: an earlier one of their aggregate failed, or time was up.
    pub left: u64,
}

impl Turn {
    /// Whether anything came of it.
    #[must_use]
    pub const fn is_idle(&self) -> bool {
        self.processed == 0 && self.failed == 0
    }
}

/// What was done with the messages in hand.
#[derive(Default)]
struct Done {
    processed: Vec<spotter_domain::id::MessageId>,
    failed: Vec<Failure>,
    turn: Turn,
    lag: Lag,
}

/// How often settling is tried when another transaction is in the way.
const ATTEMPTS: u32 = 3;

/// So many bytes of an error are kept.
const MOST_OF_AN_ERROR: usize = 500;

impl Relay {
    /// Takes what is due, up to a batch of it, has it handled, and writes down what came of it.
    ///
    /// Dropped halfway, everything that it had in hand is given again when the lease has run out.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of taking or settling.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        self.turn_unless(&AtomicBool::new(false)).await
    }

    /// As [`Relay::turn`], but takes up no further message as soon as `stopping` says so.
    pub(super) async fn turn_unless(&self, stopping: &AtomicBool) -> Result<Turn, StoreError> {
        let outcome = self.take_turn(stopping).await;
        if outcome.is_err() {
            self.numbers.lock().errors += 1;
        }
        outcome
    }

    async fn take_turn(&self, stopping: &AtomicBool) -> Result<Turn, StoreError> {
        let now = self.clock.now();
        let request = LeaseRequest {
            // Another one each turn: who settles late can't give back what was taken since.
            holder: Holder(self.ids.next()),
            now,
            until: now + self.settings.lease,
            lanes: self.settings.lanes,
            limit: self.settings.batch,
        };
        let Some(lease) = self.queue.lease(&request).await? else { return Ok(Turn::default()) };
        let done = self.handle_all(&lease, stopping).await;
        self.settle(&lease, &done).await?;
        self.numbers.lock().add(&done.turn, done.lag);
        Ok(done.turn)
    }

    async fn handle_all(&self, lease: &Lease, stopping: &AtomicBool) -> Done {
        let mut done = Done::default();
        let mut held_back = HashSet::new();
        for delivery in &lease.deliveries {
            // Nothing is begun that could outlast the lease.
            let time = remaining(self.clock.now(), lease.until);
            let is_over = time.is_zero() || time < self.settings.handling;
            if stopping.load(Ordering::Relaxed) || is_over || held_back.contains(&delivery.aggregate) {
                done.turn.left += 1;
                continue;
            }
            match self.handle(delivery).await {
                Ok(message) => {
                    done.turn.processed += 1;
                    done.processed.push(delivery.id);
                    done.lag.note(remaining(message.created_at, self.clock.now()));
                }
                Err(why) => {
                    held_back.insert(delivery.aggregate);
                    done.turn.failed += 1;
                    done.failed.push(self.failure(delivery, why, &mut done.turn));
                }
            }
        }
        done
    }

    /// Tells everybody who wants to be told.
    async fn handle<'a>(&self, delivery: &'a Delivery) -> Result<&'a OutboxMessage, NotHandled> {
        let message = delivery.message.as_ref().map_err(|error| NotHandled(error.to_string()))?;
        let deadline = Instant::now() + self.settings.handling;
        for handler in self.handlers.iter().filter(|handler| handler.wants(&message.event)) {
            let told = tokio::time::timeout_at(deadline, tell(handler.as_ref(), message)).await;
            told.unwrap_or_else(|_| Err(NotHandled(format!("{}: it took too long", handler.name()))))?;
        }
        Ok(message)
    }

    fn failure(&self, delivery: &Delivery, NotHandled(mut error): NotHandled, turn: &mut Turn) -> Failure {
        error.truncate(error.floor_char_boundary(MOST_OF_AN_ERROR));
        let attempts = delivery.attempts + 1;
        if attempts >= delivery.max_attempts {
            turn.died += 1;
            tracing::error!(message = %delivery.id, attempts, error, "a message is given up");
        } else {
            tracing::warn!(message = %delivery.id, attempts, error, "a message failed and waits");
        }
        let wait = self.settings.backoff.after(attempts, delivery.id);
        Failure { id: delivery.id, next_attempt_at: self.clock.now() + wait, error }
    }

    async fn settle(&self, lease: &Lease, done: &Done) -> Result<(), StoreError> {
        let mut attempt = 1;
        loop {
            let now = self.clock.now();
            match self.queue.settle(lease, now, &done.processed, &done.failed).await {
                Err(StoreError::Conflict(what)) if attempt < ATTEMPTS => {
                    tracing::debug!(attempt, what, "another transaction was in the way of settling");
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

/// How long it is from one instant to another; nothing if that is over.
fn remaining(now: Timestamp, until: Timestamp) -> Duration {
    Duration::try_from(until.duration_since(now)).unwrap_or_default()
}
