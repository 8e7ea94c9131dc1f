//! One caller's order on its way to an answer.

use std::sync::Arc;
use std::time::Duration;

use spotter_domain::idempotency::IdempotencySlot;
use spotter_domain::vault::Vault;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Clerk;
use crate::idempotency::{IdempotentRequest, InFlight, InFlightGuard};
use crate::spotter::RequestContext;
use crate::statements::Tally;
use crate::{Caller, Error};

/// An order, and where its answer goes.
pub(super) struct Ticket<C: Clerk> {
    pub(super) caller: Caller,
    pub(super) trace_context: Option<String>,
    pub(super) keyed: Option<Keyed>,
    pub(super) order: C::Order,
    pub(super) came: Instant,
    deadline: Instant,
    reply: oneshot::Sender<Answered<C::Answer>>,
}

/// The idempotency key of an order. The slot is ours until the order is answered, also when its caller leaves.
pub(super) struct Keyed {
    pub(super) slot: IdempotencySlot,
    pub(super) fingerprint: [u8; 32],
    _guard: InFlightGuard,
}

/// An answer, and what it took.
pub(super) struct Answered<A> {
    pub(super) result: Result<A, Error>,
    /// What the batch took, or the last of its attempts.
    pub(super) tally: Arc<Tally>,
}

impl Keyed {
    /// Takes the slot of a request.
    pub(super) fn enter(
        request: &IdempotentRequest,
        caller: Caller,
        in_flight: &InFlight,
        vault: &dyn Vault,
    ) -> Result<Self, Error> {
        let slot = IdempotencySlot { account: caller.known(), key: request.key.clone() };
        let guard = in_flight.enter(&slot)?;
        Ok(Self { slot, fingerprint: vault.fingerprint(&request.content), _guard: guard })
    }
}

impl<C: Clerk> Ticket<C> {
    pub(super) fn new(
        context: &RequestContext,
        keyed: Option<Keyed>,
        order: C::Order,
        patience: Duration,
    ) -> (Self, oneshot::Receiver<Answered<C::Answer>>) {
        let (reply, answer) = oneshot::channel();
        let came = Instant::now();
        let ticket = Self {
            caller: context.caller,
            trace_context: context.trace_context.clone(),
            keyed,
            order,
            came,
            deadline: came + patience,
            reply,
        };
        (ticket, answer)
    }

    /// Whether nobody waits for the answer any more.
    pub(super) fn has_left(&self) -> bool {
        self.reply.is_closed()
    }

    /// Whether it has taken too long.
    pub(super) fn is_late(&self, now: Instant) -> bool {
        now >= self.deadline
    }

    /// Answers, if anybody still wants to know. The slot of its key is free before they do.
    pub(super) fn answer(self, result: Result<C::Answer, Error>, tally: &Arc<Tally>) {
        drop(self.keyed);
        let _has_left = self.reply.send(Answered { result, tally: Arc::clone(tally) });
    }
}
