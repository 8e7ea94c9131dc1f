//! Who may wait, and how often the waiting may be passed.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Whether people may wait for an event, and how many seats may be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitlistPolicy {
    /// Nobody new may wait.
    Closed,
    /// Any number of seats may be waited for.
    Open,
    /// At most this many seats may be waited for.
    UpTo(u32),
}

impl WaitlistPolicy {
    /// The largest cap of a waitlist, in seats.
    pub const MAX_SEATS: u32 = 100_000;

    /// A policy from its two settings; a cap is kept in mind only while waiting is enabled.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the cap is over [`WaitlistPolicy::MAX_SEATS`].
    pub fn new(state: WaitlistState, cap: Option<u32>) -> Result<Self, Invalid> {
        match (state, cap) {
            (_, Some(seats)) if seats > Self::MAX_SEATS => Err(Invalid::new("must be at most 100000 seats")),
            (WaitlistState::Disabled, _) => Ok(Self::Closed),
            (WaitlistState::Enabled, None) => Ok(Self::Open),
            (WaitlistState::Enabled, Some(seats)) => Ok(Self::UpTo(seats)),
        }
    }

    /// Whether anybody new may wait.
    #[must_use]
    pub const fn is_enabled(self) -> bool {
        !matches!(self, Self::Closed)
    }

    /// How many seats may be waited for, where that is bounded.
    #[must_use]
    pub const fn cap(self) -> Option<u32> {
        match self {
            Self::UpTo(seats) => Some(seats),
            Self::Closed | Self::Open => None,
        }
    }
}

/// Whether waiting is enabled at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitlistState {
    /// People may wait.
    Enabled,
    /// Nobody new may wait.
    Disabled,
}

impl From<bool> for WaitlistState {
    fn from(enabled: bool) -> Self {
        if enabled { Self::Enabled } else { Self::Disabled }
    }
}

/// How often a waiting party that does not fit may be passed by smaller ones behind it (the K of rule R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassLimit(u16);

impl PassLimit {
    /// The largest limit.
    pub const MAX: u16 = 1_000;

    /// Checks a limit; zero keeps the queue's order without exception.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is over [`PassLimit::MAX`].
    pub fn new(passes: u16) -> Result<Self, Invalid> {
        if passes <= Self::MAX { Ok(Self(passes)) } else { Err(Invalid::new("must be 0 to 1000 passes")) }
    }

    /// The number of passes.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for PassLimit {
    fn default() -> Self {
        Self(5)
    }
}
