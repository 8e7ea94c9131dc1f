//! How many seats one registration claims.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// The seats that one registration claims: 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartySize(u16);

impl PartySize {
    /// The largest party.
    pub const MAX: u16 = 100;

    /// Checks the size of a party.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is zero or over [`PartySize::MAX`].
    pub fn new(seats: u16) -> Result<Self, Invalid> {
        if (1..=Self::MAX).contains(&seats) {
            Ok(Self(seats))
        } else {
            Err(Invalid::new("must be 1 to 100 seats"))
        }
    }

    /// The number of seats.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The number of seats, to be counted with others.
    #[must_use]
    pub const fn seats(self) -> u32 {
        self.0 as u32
    }
}

impl Default for PartySize {
    /// One person alone.
    fn default() -> Self {
        Self(1)
    }
}
