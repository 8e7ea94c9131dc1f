//! The relay: takes turns until it is told to stop.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use spotter_domain::outbox::{Backoff, OutboxQueue};
use spotter_domain::{Clock, IdGenerator, StoreError};
use tokio::sync::Notify;

use super::{Handler, RelayNumbers};

/// How a relay works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelaySettings {
    /// So many messages are in hand at most. 1,000 unless told: of larger ones a message costs no less.
    pub batch: u16,
    /// So many of the sixteen lanes are in hand at most. 4 unless told, so that four relays whose handlers
    /// take their time are not in each other's way; more lanes make nothing faster.
    pub lanes: u8,
    /// How long they are in hand at most. 30 seconds unless told: after a crash they wait for no longer. The
    /// clocks of several nodes must not differ by nearly as much.
    pub lease: Duration,
    /// How long handling one message may take; at most half of the lease. 10 seconds unless told.
    pub handling: Duration,
    /// After how long it looks again when nothing was due. A second unless told.
    pub poll: Duration,
    /// When what failed is tried again.
    pub backoff: Backoff,
}

impl Default for RelaySettings {
    fn default() -> Self {
        Self {
            batch: 1_000,
            lanes: 4,
            lease: Duration::from_secs(30),
            handling: Duration::from_secs(10),
            poll: Duration::from_secs(1),
            backoff: Backoff::default(),
        }
    }
}

/// Takes messages out of the outbox to their handlers, each at least once. Any number may do so at once.
pub struct Relay {
    pub(super) queue: Arc<dyn OutboxQueue>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) ids: Arc<dyn IdGenerator>,
    pub(super) handlers: Vec<Arc<dyn Handler>>,
    pub(super) settings: RelaySettings,
    pub(super) numbers: Mutex<RelayNumbers>,
    wake: Arc<Notify>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relay").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Tells a relay that something may be due.
#[derive(Clone, Debug)]
pub struct Hint(Arc<Notify>);

impl Hint {
    /// Has the relay look as soon as it is done with what it has in hand. However often it is called until
    /// then, it looks once.
    pub fn give(&self) {
        self.0.notify_one();
    }
}

/// A relay whose turns fail waits twice as long after each, up to so many times what it waits when idle.
const MOST_PATIENCE: u32 = 32;

impl Relay {
    /// A relay from `queue` to `handlers`.
    #[must_use]
    pub fn new(
        queue: Arc<dyn OutboxQueue>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
        handlers: Vec<Arc<dyn Handler>>,
        settings: RelaySettings,
    ) -> Self {
        let settings = RelaySettings { handling: settings.handling.min(settings.lease / 2), ..settings };
        let (numbers, wake) = (Mutex::default(), Arc::new(Notify::new()));
        Self { queue, clock, ids, handlers, settings, numbers, wake }
    }

    /// What wakes it.
    #[must_use]
    pub fn hint(&self) -> Hint {
        Hint(Arc::clone(&self.wake))
    }

    /// What it has done so far.
    #[must_use]
    pub fn numbers(&self) -> RelayNumbers {
        *self.numbers.lock()
    }

    /// Takes turns, and waits for a hint or some time when nothing is due, until `stop` says so. What it is
    /// about then has `grace` to end; further messages are not taken up. What is still in hand after that is
    /// given to others when the lease has run out.
    pub async fn run(&self, stop: impl Future<Output = ()>, grace: Duration) {
        let mut stop = pin!(stop);
        let stopping = AtomicBool::new(false);
        let mut patience = 1;
        loop {
            let mut turn = pin!(self.turn_unless(&stopping));
            let outcome = tokio::select! {
                biased;
                () = &mut stop => {
                    stopping.store(true, Ordering::Relaxed);
                    match tokio::time::timeout(grace, turn).await {
                        Ok(Ok(_)) => {}
                        Ok(Err(error)) => tracing::warn!(%error, "the last turn of the outbox failed"),
                        Err(_) => tracing::warn!("messages were still being handled; they will be again"),
                    }
                    return;
                }
                outcome = &mut turn => outcome,
            };
            let pause = match outcome {
                Ok(turn) => {
                    patience = 1;
                    if !turn.is_idle() {
                        continue;
                    }
                    self.settings.poll
                }
                Err(error) => {
                    tracing::warn!(%error, "the outbox can't be delivered; it will be tried again");
                    let pause = self.settings.poll * patience;
                    patience = (patience * 2).min(MOST_PATIENCE);
                    pause
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Deletes what was processed longer than `kept_for` ago, in short transactions; says how many.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was deleted until then stays deleted.
    pub async fn purge(&self, kept_for: Duration) -> Result<u64, StoreError> {
        let mut purged = 0;
        loop {
            let some = self.queue.purge(self.clock.now() - kept_for, self.settings.batch).await?;
            purged += some;
            if some < u64::from(self.settings.batch) {
                return Ok(purged);
            }
        }
    }
}
