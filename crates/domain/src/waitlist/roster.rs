//! The counters of one event: what a decision upon a seat needs.

use super::QueueNumber;
use crate::event::{Capacity, EventRefusal};
use crate::registration::{PartySize, RegistrationStatus};

/// Seats of one event, counted. It can't be made to break rule R1: every way in checks the capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roster {
    capacity: Capacity,
    confirmed: u32,
    waiting: Waiting,
    next_number: QueueNumber,
}

/// Who waits, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The entries of the queue.
    pub parties: u32,
    /// The seats that they wait for.
    pub seats: u32,
}

impl Waiting {
    const fn enter(&mut self, party: PartySize) {
        self.parties += 1;
        self.seats += party.seats();
    }

    const fn leave(&mut self, party: PartySize) {
        self.parties = self.parties.saturating_sub(1);
        self.seats = self.seats.saturating_sub(party.seats());
    }
}

/// Counters that can't be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{confirmed} seats are confirmed of {capacity}")]
pub struct RosterError {
    confirmed: u32,
    capacity: u32,
}

impl Roster {
    /// The roster of a new event.
    #[must_use]
    pub const fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            confirmed: 0,
            waiting: Waiting { parties: 0, seats: 0 },
            next_number: QueueNumber::FIRST,
        }
    }

    /// A roster as it was stored.
    ///
    /// # Errors
    ///
    /// [`RosterError`] when more seats are confirmed than there are.
    pub const fn restore(
        capacity: Capacity,
        confirmed: u32,
        waiting: Waiting,
        next_number: QueueNumber,
    ) -> Result<Self, RosterError> {
        if confirmed > capacity.seats() {
            return Err(RosterError { confirmed, capacity: capacity.seats() });
        }
        Ok(Self { capacity, confirmed, waiting, next_number })
    }

    /// How many seats there are.
    #[must_use]
    pub const fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// How many seats are confirmed.
    #[must_use]
    pub const fn confirmed(&self) -> u32 {
        self.confirmed
    }

    /// How many seats are waited for.
    #[must_use]
    pub const fn waitlisted(&self) -> u32 {
        self.waiting.seats
    }

    /// How many parties wait: the position of the last of them.
    #[must_use]
    pub const fn waiting_parties(&self) -> u32 {
        self.waiting.parties
    }

    /// How many seats nobody has.
    #[must_use]
    pub const fn free(&self) -> u32 {
        self.capacity.seats() - self.confirmed
    }

    /// The number that the next one to arrive is given.
    #[must_use]
    pub const fn next_number(&self) -> QueueNumber {
        self.next_number
    }

    /// Whether nobody has or waits for a seat.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.confirmed == 0 && self.waiting.parties == 0
    }

    /// Changes the capacity.
    ///
    /// # Errors
    ///
    /// [`EventRefusal::CapacityBelowConfirmed`] (rule R8).
    pub(crate) const fn resize(&mut self, capacity: Capacity) -> Result<(), EventRefusal> {
        if capacity.seats() < self.confirmed {
            return Err(EventRefusal::CapacityBelowConfirmed {
                confirmed: self.confirmed,
                asked: capacity.seats(),
                excess: self.confirmed - capacity.seats(),
            });
        }
        self.capacity = capacity;
        Ok(())
    }

    /// Takes in somebody who arrives: they get the next number and wait.
    pub(crate) const fn enqueue(&mut self, party: PartySize) -> QueueNumber {
        let number = self.next_number;
        self.next_number = number.next();
        self.waiting.enter(party);
        number
    }

    /// Gives seats to somebody who waits.
    ///
    /// # Panics
    ///
    /// When the party does not fit: the caller has to have looked. Overselling must never be a silent
    /// matter.
    pub(crate) const fn confirm_waiting(&mut self, party: PartySize) {
        assert!(party.seats() <= self.free(), "a party was to be confirmed that does not fit");
        self.waiting.leave(party);
        self.confirmed += party.seats();
    }

    /// Lets a registration go that stood at `status`.
    pub const fn release(&mut self, status: RegistrationStatus, party: PartySize) {
        match status {
            RegistrationStatus::Waitlisted => self.waiting.leave(party),
            RegistrationStatus::Confirmed | RegistrationStatus::Attended | RegistrationStatus::NoShow => {
                self.confirmed = self.confirmed.saturating_sub(party.seats());
            }
            RegistrationStatus::Cancelled => {}
        }
    }
}
