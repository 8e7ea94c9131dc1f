//! Entries of a queue.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, RegistrationId};
use crate::registration::PartySize;

/// A place in the order of arrival at one event: given once, ever growing, never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QueueNumber(u64);

impl QueueNumber {
    /// The first number of every event.
    pub const FIRST: Self = Self(1);

    /// Wraps a number that was given before.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl std::fmt::Display for QueueNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One waiting registration, as the queue sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    /// Which registration.
    pub registration: RegistrationId,
    /// Whose.
    pub account: AccountId,
    /// How many seats it waits for.
    pub party_size: PartySize,
    /// Its place in the order of arrival.
    pub number: QueueNumber,
    /// How often smaller parties have passed it.
    pub passes: u16,
}
