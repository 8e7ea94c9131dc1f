//! Requests that may be sent twice: the answer is kept beside the effect (rule R10).

use async_trait::async_trait;

use crate::id::AccountId;
use crate::{Invalid, StoreError, Timestamp};

/// A key that a client chose for one request: 1 to 255 printable ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Checks a key as it came in the header.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is empty, too long or not printable ASCII.
    pub fn parse(key: &str) -> Result<Self, Invalid> {
        if !key.is_empty() && key.len() <= 255 && key.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            Ok(Self(key.to_owned()))
        } else {
            Err(Invalid::new("must be 1 to 255 printable ASCII characters"))
        }
    }

    /// The key itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whose key it is: two accounts may choose the same one. Without an account, all share one space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencySlot {
    /// Who sent it; nothing for a request that carries no account.
    pub account: Option<AccountId>,
    /// What they called it.
    pub key: IdempotencyKey,
}

/// The answer that was given, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The keyed fingerprint of method, path and body that it answered.
    pub fingerprint: [u8; 32],
    /// The answer, sealed: it may hold tokens and addresses.
    pub sealed: Vec<u8>,
    /// After this it is as if it had never been kept.
    pub expires_at: Timestamp,
}

/// What a slot holds when a request arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nobody has used it; it is ours until the transaction ends.
    Free,
    /// Another transaction holds it at this moment.
    InFlight,
    /// It was answered.
    Answered(KeptAnswer),
}

/// Keeps answers in the transaction of their effects.
#[async_trait]
pub trait IdempotencyRepository: Send {
    /// Claims slots for this transaction, each of them once, without waiting for another that holds one, in one
    /// statement; answers for each of them, in their order. An answer that has expired at `now` counts as none.
    async fn claim(&mut self, slots: &[IdempotencySlot], now: Timestamp) -> Result<Vec<Claim>, StoreError>;

    /// Keeps the answers of claimed slots, in place of those that have expired at `now`, in one statement.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when another transaction answered one of the slots meanwhile.
    async fn keep(
        &mut self,
        answers: &[(IdempotencySlot, KeptAnswer)],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Deletes up to `limit` answers that have expired at `now`; says how many it deleted.
    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError>;
}
