//! How many seats an event has.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A number of seats that can be sold: 1 to 100,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capacity(u32);

impl Capacity {
    /// The largest event.
    pub const MAX: u32 = 100_000;

    /// Checks a number of seats.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is zero or over [`Capacity::MAX`].
    pub fn new(seats: u32) -> Result<Self, Invalid> {
        if (1..=Self::MAX).contains(&seats) {
            Ok(Self(seats))
        } else {
            Err(Invalid::new("must be 1 to 100000 seats"))
        }
    }

    /// The number of seats.
    #[must_use]
    pub const fn seats(self) -> u32 {
        self.0
    }
}
