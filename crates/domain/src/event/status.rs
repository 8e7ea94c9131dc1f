//! The states of an event.

use serde::{Deserialize, Serialize};

use crate::{Invalid, Timestamp};

/// The state that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// Being prepared: staff alone see it.
    Draft,
    /// Open to everybody.
    Published,
    /// Called off.
    Cancelled,
}

impl EventStatus {
    /// The word that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "draft" => Ok(Self::Draft),
            "published" => Ok(Self::Published),
            "cancelled" => Ok(Self::Cancelled),
            _ => Err(Invalid::new("must be draft, published or cancelled")),
        }
    }

    /// The state that is shown at `now`: a published event whose end has passed is completed.
    #[must_use]
    pub fn phase(self, ends_at: Timestamp, now: Timestamp) -> EventPhase {
        match self {
            Self::Draft => EventPhase::Draft,
            Self::Cancelled => EventPhase::Cancelled,
            Self::Published if ends_at <= now => EventPhase::Completed,
            Self::Published => EventPhase::Published,
        }
    }
}

/// The state that is shown: `completed` follows from the clock and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventPhase {
    /// Being prepared.
    Draft,
    /// Open, or under way.
    Published,
    /// Called off.
    Cancelled,
    /// Over.
    Completed,
}

impl EventPhase {
    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
        }
    }
}
