//! The outbox: announcements written in the transaction that caused them, and the queue that they leave by.

mod backoff;
mod lane;
mod queue;

use async_trait::async_trait;

use crate::domain_event::DomainEvent;
use crate::id::MessageId;
use crate::{StoreError, Timestamp};

pub use backoff::Backoff;
pub use lane::{Lane, Lanes};
pub use queue::{Delivery, Failure, Holder, Lease, LeaseRequest, OutboxNumbers, OutboxQueue};

/// A domain event on its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxMessage {
    /// Names the message; consumers use it to recognise a second delivery.
    pub id: MessageId,
    /// What happened.
    pub event: DomainEvent,
    /// When it happened.
    pub created_at: Timestamp,
    /// The W3C `traceparent` of the request that caused it, so that its handling joins the same trace.
    pub trace_context: Option<String>,
}

/// Takes announcements into the transaction.
#[async_trait]
pub trait Outbox: Send {
    /// Writes `messages` in their order, to be delivered after the commit.
    async fn append(&mut self, messages: &[OutboxMessage]) -> Result<(), StoreError>;

    /// Up to `limit` messages that nobody has processed and whose next attempt is due at `now`, in the order
    /// of their ids, whoever has them in hand. For looking at; who delivers takes them from [`OutboxQueue`].
    async fn pending(&mut self, now: Timestamp, limit: u16) -> Result<Vec<OutboxMessage>, StoreError>;
}
