//! The decision log: when a registration was decided upon, how, and why.

use serde::{Deserialize, Serialize};

use crate::id::{ClubId, DecisionId, RegistrationId};
use crate::waitlist::QueueNumber;
use crate::{Invalid, Timestamp};

/// One line of a registration's log. Lines are written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Names the line; lines of one registration sort by it.
    pub id: DecisionId,
    /// Whose registration's club.
    pub club: ClubId,
    /// Whose log it is in.
    pub registration: RegistrationId,
    /// When it was decided.
    pub at: Timestamp,
    /// What was decided.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It got its seats at once.
    Confirmed,
    /// It joined the queue.
    Waitlisted,
    /// It got its seats after waiting.
    Promoted,
    /// Somebody behind it was promoted and it was not.
    PassedOver,
    /// It gave its place up, or lost it.
    Cancelled,
    /// The person came.
    Attended,
    /// The person did not come.
    NoShow,
}

impl Outcome {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waitlisted => "waitlisted",
            Self::Promoted => "promoted",
            Self::PassedOver => "passed_over",
            Self::Cancelled => "cancelled",
            Self::Attended => "attended",
            Self::NoShow => "no_show",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        [
            Self::Confirmed,
            Self::Waitlisted,
            Self::Promoted,
            Self::PassedOver,
            Self::Cancelled,
            Self::Attended,
            Self::NoShow,
        ]
        .into_iter()
        .find(|outcome| outcome.as_str() == word)
        .ok_or_else(|| Invalid::new("must be an outcome of a decision"))
    }
}

/// Who gave a place up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The person themselves.
    Person,
    /// The club's staff.
    Staff,
    /// The event was called off.
    Event,
}

/// Why it was decided so. Kept with the numbers that were true at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// There were seats, and nobody before it was waiting for them.
    SeatsAvailable {
        /// The free seats before it took its own.
        free: u32,
    },
    /// There were too few seats for it.
    NotEnoughSeats {
        /// The free seats.
        free: u32,
    },
    /// There were seats, held for a party that had been passed as often as the club allows.
    SeatsHeld {
        /// The free seats.
        free: u32,
    },
    /// Seats became free and it was its turn.
    SeatsFreed {
        /// The free seats before it took its own.
        free: u32,
    },
    /// Its party did not fit the free seats and a smaller one behind it did.
    PartyDidNotFit {
        /// The free seats.
        free: u32,
        /// The queue number of the one that passed it.
        passed_by: QueueNumber,
        /// How often it has now been passed.
        pass: u16,
        /// After how many passes seats are held for it.
        limit: u16,
    },
    /// Its party is larger than the whole event, so seats can't be held for it.
    PartyLargerThanCapacity {
        /// The capacity.
        capacity: u32,
        /// The queue number of the one that passed it.
        passed_by: QueueNumber,
    },
    /// Somebody gave it up.
    GivenUp {
        /// Who.
        by: CancelledBy,
    },
    /// Staff recorded who came.
    AttendanceRecorded,
}

impl Reason {
    /// The word that names the reason.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SeatsAvailable { .. } => "seats_available",
            Self::NotEnoughSeats { .. } => "not_enough_seats",
            Self::SeatsHeld { .. } => "seats_held",
            Self::SeatsFreed { .. } => "seats_freed",
            Self::PartyDidNotFit { .. } => "party_did_not_fit",
            Self::PartyLargerThanCapacity { .. } => "party_larger_than_capacity",
            Self::GivenUp { by: CancelledBy::Person } => "cancelled_by_person",
            Self::GivenUp { by: CancelledBy::Staff } => "cancelled_by_staff",
            Self::GivenUp { by: CancelledBy::Event } => "event_cancelled",
            Self::AttendanceRecorded => "attendance_recorded",
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SeatsAvailable { free } => {
                write!(f, "{free} seats were free and nobody before was waiting for them")
            }
            Self::NotEnoughSeats { free } => write!(f, "{free} seats were free, too few for this party"),
            Self::SeatsHeld { free } => {
                write!(f, "{free} seats were free, held for a party before that had been passed often enough")
            }
            Self::SeatsFreed { free } => write!(f, "{free} seats were free and it was this party's turn"),
            Self::PartyDidNotFit { free, passed_by, pass, limit } => write!(
                f,
                "the party did not fit the {free} free seats; number {passed_by} did and went first (pass {pass} of at most {limit})"
            ),
            Self::PartyLargerThanCapacity { capacity, passed_by } => write!(
                f,
                "the party is larger than the {capacity} seats of the event; number {passed_by} went first"
            ),
            Self::GivenUp { by: CancelledBy::Person } => f.write_str("cancelled by the person"),
            Self::GivenUp { by: CancelledBy::Staff } => f.write_str("cancelled by the club's staff"),
            Self::GivenUp { by: CancelledBy::Event } => f.write_str("the event was cancelled"),
            Self::AttendanceRecorded => f.write_str("recorded by the club's staff"),
        }
    }
}
