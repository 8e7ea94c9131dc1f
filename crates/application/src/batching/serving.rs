//! Serving a shard: batch after batch until nobody waits.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::FutureExt;
use spotter_domain::StoreError;
use tokio::time::Instant;

use super::ticket::Ticket;
use super::unit::Failed;
use super::{Clerk, Shared, closed};
use crate::Error;
use crate::statements::{Tally, tallied};

/// How often a batch of several orders is tried before they are tried one by one, and each of those then.
const ATTEMPTS: u32 = 6;

/// The longest wait before another attempt, as a power of two in milliseconds.
const LONGEST_WAIT: u32 = 6;

impl<C: Clerk> Shared<C> {
    /// Serves a shard until nobody waits in it.
    pub(super) async fn serve(self: Arc<Self>, number: usize) {
        let shard = &self.shards[number];
        loop {
            let batch = shard.next(self.settings.largest_batch);
            if batch.is_empty() {
                return;
            }
            let now = Instant::now();
            for ticket in &batch {
                self.meter.began(now - ticket.came);
            }
            self.settle(batch).await;
        }
    }

    /// Has a batch decided, together or one by one, and answers everybody in it.
    async fn settle(&self, batch: Vec<Ticket<C>>) {
        let Some((batch, failed, tally)) = self.attempt(batch, 0).await else { return };
        let alone = batch.len() == 1 || !failed.is_one_of_them();
        if alone {
            for ticket in batch {
                ticket.answer(Err(failed.error.clone()), &tally);
            }
            return;
        }
        tracing::warn!(
            desk = C::NAME,
            orders = batch.len(),
            error = %failed.error,
            "a batch failed; its orders are tried one by one"
        );
        let behind = (0..batch.len()).rev();
        for (ticket, behind) in batch.into_iter().zip(behind) {
            self.meter.singled_out();
            if let Some((batch, failed, tally)) = self.attempt(vec![ticket], behind).await {
                for ticket in batch {
                    ticket.answer(Err(failed.error.clone()), &tally);
                }
            }
        }
    }

    /// Tries a batch until it is decided, or nobody waits for it, or it fails for good: then it is given back. A
    /// conflict that stays is waited out by one who is alone; several, and one with others `behind` who came at the
    /// same time and have no more patience, are tried a few times.
    async fn attempt(
        &self,
        mut batch: Vec<Ticket<C>>,
        behind: usize,
    ) -> Option<(Vec<Ticket<C>>, Failed, Arc<Tally>)> {
        let mut attempt = 1;
        let mut last: Option<Error> = None;
        loop {
            batch = self.dismiss(batch, last.as_ref());
            if batch.is_empty() {
                return None;
            }
            if self.closed.load(Ordering::SeqCst) {
                send_away(batch, &Arc::default());
                return None;
            }
            let tally = Arc::new(Tally::default());
            let deciding = AssertUnwindSafe(tallied(Arc::clone(&tally), self.decide(&batch)));
            let decided = tokio::select! {
                biased;
                decided = deciding.catch_unwind() => decided.unwrap_or_else(|_| Err(Failed::panicked())),
                () = self.everybody_is_sent_away() => {
                    send_away(batch, &tally);
                    return None;
                }
            };
            let failed = match decided {
                Ok(answers) => {
                    for (ticket, answer) in batch.into_iter().zip(answers) {
                        ticket.answer(answer, &tally);
                    }
                    return None;
                }
                Err(failed) => failed,
            };
            let tried_enough = batch.len() + behind > 1 && attempt >= ATTEMPTS;
            if !failed.is_worth_another_try() || tried_enough {
                return Some((batch, failed, tally));
            }
            tracing::debug!(desk = C::NAME, attempt, error = %failed.error, "trying again");
            self.meter.tried_again();
            self.back_off(attempt).await;
            attempt += 1;
            last = Some(failed.error);
        }
    }

    /// Lets those go who have left, and those who have waited long enough.
    fn dismiss(&self, batch: Vec<Ticket<C>>, last: Option<&Error>) -> Vec<Ticket<C>> {
        let now = Instant::now();
        let mut kept = Vec::with_capacity(batch.len());
        for ticket in batch {
            if ticket.has_left() {
                self.meter.left();
            } else if ticket.is_late(now) {
                self.meter.late();
                let late = || StoreError::Timeout(format!("{}: it took too long", C::NAME)).into();
                ticket.answer(Err(last.cloned().unwrap_or_else(late)), &Arc::default());
            } else {
                kept.push(ticket);
            }
        }
        kept
    }

    /// Waits until everybody is sent away.
    async fn everybody_is_sent_away(&self) {
        let mut sent_away = self.sent_away.subscribe();
        // Whoever could say so lives as long as this does.
        if sent_away.wait_for(|said| *said).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits before another attempt, twice as long each time, with a spread so that two don't meet again.
    async fn back_off(&self, attempt: u32) {
        let spread = u64::from(self.ports.ids.next().as_bytes()[15] % 8);
        tokio::time::sleep(Duration::from_millis((1 << attempt.min(LONGEST_WAIT)) + spread)).await;
    }
}

/// Tells a whole batch that it will not be served.
fn send_away<C: Clerk>(batch: Vec<Ticket<C>>, tally: &Arc<Tally>) {
    for ticket in batch {
        ticket.answer(Err(closed()), tally);
    }
}
