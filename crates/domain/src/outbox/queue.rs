//! The queue of the outbox: taking messages out for delivery, and saying what became of them.

use async_trait::async_trait;
use uuid::Uuid;

use super::{Lanes, OutboxMessage};
use crate::id::MessageId;
use crate::{StoreError, Timestamp};

/// Somebody who delivers messages. Nobody else has the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder(pub Uuid);

/// What somebody who delivers wants to have in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseRequest {
    /// Who.
    pub holder: Holder,
    /// Since when.
    pub now: Timestamp,
    /// Until when at the latest.
    pub until: Timestamp,
    /// So many lanes at most: what is left is for others. At least one.
    pub lanes: u8,
    /// So many messages at most.
    pub limit: u16,
}

/// Lanes in somebody's hand, and the messages in them that are due.
#[derive(Debug)]
pub struct Lease {
    /// Whose.
    pub holder: Holder,
    /// Until when. From then on others may get the same messages.
    pub until: Timestamp,
    /// The lanes.
    pub lanes: Lanes,
    /// The messages, in the order of their ids.
    pub deliveries: Vec<Delivery>,
}

/// A message in somebody's hand.
#[derive(Debug)]
pub struct Delivery {
    /// Names the message.
    pub id: MessageId,
    /// What it is about: deliveries of one aggregate keep their order.
    pub aggregate: Uuid,
    /// How often it was tried before and failed.
    pub attempts: u32,
    /// How often it is tried at most.
    pub max_attempts: u32,
    /// The message, unless it can't be read: a newer version may have written it, which others understand.
    pub message: Result<OutboxMessage, StoreError>,
}

/// A delivery that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Of which message.
    pub id: MessageId,
    /// When it is to be tried again, if it ever is.
    pub next_attempt_at: Timestamp,
    /// Why it failed. It is kept for an operator, so it names no person.
    pub error: String,
}

/// How the outbox is doing. Each is counted up to [`OutboxNumbers::MOST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxNumbers {
    /// Messages that are still to be delivered, those that failed before among them.
    pub pending: u64,
    /// Of these, the ones that failed before.
    pub failing: u64,
    /// Messages that failed as often as they may. They are kept, and not tried again.
    pub dead: u64,
    /// When the first of those that are still to be delivered was announced.
    pub oldest: Option<Timestamp>,
}

impl OutboxNumbers {
    /// Nothing is counted further than this.
    pub const MOST: u32 = 100_000;
}

/// Hands messages out for delivery, at least once each.
///
/// What is in somebody's hand is lanes: a message is given to whoever has its lane, and for as long as the
/// lease lasts to nobody else. A lease that ran out is given again, with everything in it that is not
/// settled; the message's id tells a second delivery. Each function is a transaction of its own, so that
/// nothing is locked while messages are being delivered.
#[async_trait]
pub trait OutboxQueue: Send + Sync {
    /// Takes free lanes in which something is due, those with the oldest messages first, and the messages in
    /// them; nothing, and nothing written, if nothing is due in a lane that is free.
    ///
    /// A message is due when its next attempt is, unless an earlier one of its aggregate has failed and is
    /// still to be delivered. One that failed as often as it may is never due and holds nothing back.
    async fn lease(&self, request: &LeaseRequest) -> Result<Option<Lease>, StoreError>;

    /// Says what became of messages, at `now`: `processed` are done with; each of `failed` has one attempt
    /// more behind it. Then the lanes are free for others, and so is whatever was not mentioned. What
    /// somebody else has processed meanwhile stays processed, and lanes that somebody else has meanwhile stay
    /// theirs.
    async fn settle(
        &self,
        lease: &Lease,
        now: Timestamp,
        processed: &[MessageId],
        failed: &[Failure],
    ) -> Result<(), StoreError>;

    /// Deletes up to `limit` of the messages that were processed before `before`; says how many.
    async fn purge(&self, before: Timestamp, limit: u16) -> Result<u64, StoreError>;

    /// How the outbox is doing.
    async fn numbers(&self) -> Result<OutboxNumbers, StoreError>;
}
