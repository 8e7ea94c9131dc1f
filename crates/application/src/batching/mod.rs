//! Batches: what many callers want at the same time, decided in one unit of work, with an answer for each.
//!
//! Orders are spread over shards, by what they are about. One batch of a shard is decided at a time: whatever
//! waits there when it begins, up to a largest number. So batches form by themselves from what comes while the one
//! before commits, and an order that comes alone is a batch of one at once. What makes it fast is that a batch takes
//! as many statements and one flush whatever its size; what makes it exact is that a batch is one transaction, and
//! that nobody is told anything before it has committed.
//!
//! - Orders of a shard are decided in the order in which they came.
//! - An order that is refused is answered alone. When a batch itself fails, its orders are tried one by one.
//! - When another transaction was in the way, a batch is tried again, until its callers have waited long enough.
//! - Idempotency keys are claimed and answered in the transaction of their batch.
//! - Somebody who has left before their batch begins is left out; somebody who leaves later is not.
//! - A queue that is too long takes nobody more ([`Error::Busy`]), and neither does a desk that is closed.

mod meter;
mod serving;
mod shard;
mod ticket;
mod unit;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::{Timestamp, UnitOfWork};
use tokio::runtime::Handle;
use tokio::sync::watch;

use self::meter::Meter;
use self::shard::Shard;
use self::ticket::Ticket;
use crate::idempotency::InFlight;
use crate::operations::DeskNumbers;
use crate::spotter::{Ports, RequestContext};
use crate::{Caller, Error, statements};

/// How batches are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSettings {
    /// How many queues there are. What is in the same one is decided one after the other; each that is busy takes a
    /// connection.
    pub shards: usize,
    /// The most orders in one batch.
    pub largest_batch: usize,
    /// The most orders that wait in one shard.
    pub longest_queue: usize,
    /// How long an order may take, waiting and being tried again included.
    pub patience: Duration,
}

impl Default for BatchSettings {
    fn default() -> Self {
        Self { shards: 4, largest_batch: 256, longest_queue: 4_096, patience: Duration::from_secs(10) }
    }
}

/// Decides batches of one kind of order.
#[async_trait]
pub(crate) trait Clerk: Send + Sync + 'static {
    /// What a caller wants.
    type Order: Send + Sync + 'static;
    /// What a caller is told.
    type Answer: Serialize + DeserializeOwned + Send + 'static;

    /// What is waited for, in logs and numbers.
    const NAME: &'static str;

    /// Decides orders in their order, and writes what was decided. One answer for each; an order that is answered
    /// with an error has changed nothing. An error of the whole means that nothing may be committed.
    async fn decide(
        &self,
        work: &mut BatchWork<'_>,
        orders: &[(Caller, &Self::Order)],
    ) -> Result<Vec<Decided<Self::Answer>>, Error>;
}

/// What a clerk works with.
pub(crate) struct BatchWork<'a> {
    /// The transaction.
    pub(crate) unit: &'a mut dyn UnitOfWork,
    /// Everything else from the outside.
    pub(crate) ports: &'a Ports,
}

impl BatchWork<'_> {
    /// The present instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }
}

/// What was decided on one order.
#[derive(Debug)]
pub(crate) struct Decided<A> {
    /// What its caller is told.
    pub(crate) answer: Result<A, Error>,
    /// What it caused.
    pub(crate) caused: Vec<DomainEvent>,
}

impl<A> Decided<A> {
    /// An order that changed nothing.
    pub(crate) const fn error(error: Error) -> Self {
        Self { answer: Err(error), caused: Vec::new() }
    }
}

/// Takes orders, and has them decided in batches. Clones share the shards.
pub(crate) struct Batcher<C: Clerk>(Arc<Shared<C>>);

struct Shared<C: Clerk> {
    clerk: C,
    ports: Ports,
    in_flight: InFlight,
    settings: BatchSettings,
    shards: Box<[Shard<C>]>,
    closed: AtomicBool,
    sent_away: watch::Sender<bool>,
    meter: Meter,
    /// Where batches run: not in the task of a caller, who may leave.
    runtime: Option<Handle>,
}

impl<C: Clerk> Clone for Batcher<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Clerk> Batcher<C> {
    /// A desk where nobody waits. Batches run on the runtime that it is made on, or else on that of the callers.
    pub(crate) fn new(clerk: C, ports: Ports, in_flight: InFlight, settings: BatchSettings) -> Self {
        let shards = (0..settings.shards.max(1)).map(|_| Shard::default()).collect();
        Self(Arc::new(Shared {
            clerk,
            ports,
            in_flight,
            settings,
            shards,
            closed: AtomicBool::new(false),
            sent_away: watch::Sender::new(false),
            meter: Meter::default(),
            runtime: Handle::try_current().ok(),
        }))
    }

    /// Has an order decided. Orders that are about the same thing have the same number `about`: they are decided in
    /// the order in which they came.
    ///
    /// # Errors
    ///
    /// What the clerk answers; [`Error::Busy`] when too many are waiting or the desk is closed;
    /// [`Error::KeyReused`] and [`Error::KeyInFlight`] for idempotency keys; and [`Error::Store`] when the store
    /// could not do it.
    pub(crate) async fn submit(
        &self,
        about: u64,
        context: &RequestContext,
        order: C::Order,
    ) -> Result<C::Answer, Error> {
        let shared = &self.0;
        let keyed = match &context.idempotency {
            None => None,
            Some(request) => Some(ticket::Keyed::enter(
                request,
                context.caller,
                &shared.in_flight,
                shared.ports.vault.as_ref(),
            )?),
        };
        let (ticket, answer) = Ticket::new(context, keyed, order, shared.settings.patience);
        shared.take_in(about, ticket)?;
        let answered = answer.await.map_err(|_| Error::Busy(String::from("the process is stopping")))?;
        statements::adopt(&answered.tally);
        answered.result
    }

    /// Answers everybody that they will not be served, and takes nobody more. Batches that have not committed are
    /// given up.
    pub(crate) fn send_away(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        self.0.sent_away.send_replace(true);
        for shard in &self.0.shards {
            for ticket in shard.empty() {
                ticket.answer(Err(closed()), &Arc::default());
            }
        }
    }

    /// The numbers since the start.
    pub(crate) fn numbers(&self) -> DeskNumbers {
        let waiting = self.0.shards.iter().map(Shard::len).sum();
        self.0.meter.numbers(C::NAME, waiting)
    }
}

impl<C: Clerk> Shared<C> {
    /// Puts an order into its shard, and has that served if nobody does.
    fn take_in(self: &Arc<Self>, about: u64, ticket: Ticket<C>) -> Result<(), Error> {
        let count = u64::try_from(self.shards.len()).unwrap_or(u64::MAX);
        let number = usize::try_from(about % count).unwrap_or(0);
        if self.closed.load(Ordering::SeqCst) {
            self.meter.turned_away();
            return Err(closed());
        }
        match self.shards[number].join(ticket, self.settings.longest_queue) {
            shard::Joined::Waits => Ok(()),
            shard::Joined::First => {
                let serve = Arc::clone(self).serve(number);
                match &self.runtime {
                    Some(runtime) => drop(runtime.spawn(serve)),
                    None => drop(tokio::spawn(serve)),
                }
                Ok(())
            }
            shard::Joined::Full => {
                self.meter.turned_away();
                Err(Error::Busy(format!("too many are waiting for {}", C::NAME)))
            }
        }
    }
}

fn closed() -> Error {
    Error::Busy(String::from("the process is stopping"))
}
