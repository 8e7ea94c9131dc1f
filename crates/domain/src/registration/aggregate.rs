//! The registration aggregate.

use serde::{Deserialize, Serialize};

use super::PartySize;
use crate::id::{AccountId, ClubId, EventId, RegistrationId};
use crate::waitlist::{QueueEntry, QueueNumber};
use crate::{Invalid, Timestamp};

/// The claim of one person, for a party of one or more, on an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Names the registration.
    pub id: RegistrationId,
    /// The club that owns the event.
    pub club: ClubId,
    /// The event.
    pub event: EventId,
    /// The person.
    pub account: AccountId,
    /// How many seats they claim.
    pub party_size: PartySize,
    /// Where the claim stands.
    pub status: RegistrationStatus,
    /// Its place in the order of arrival, given once.
    pub queue_number: QueueNumber,
    /// How often smaller parties have passed it.
    pub passes: u16,
    /// When it arrived.
    pub registered_at: Timestamp,
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationStatus {
    /// It has its seats.
    Confirmed,
    /// It is in the queue.
    Waitlisted,
    /// It was given up.
    Cancelled,
    /// It had its seats and the person came.
    Attended,
    /// It had its seats and the person did not come.
    NoShow,
}

impl RegistrationStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::Confirmed, Self::Waitlisted, Self::Cancelled, Self::Attended, Self::NoShow];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waitlisted => "waitlisted",
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
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or_else(|| Invalid::new("must be confirmed, waitlisted, cancelled, attended or no_show"))
    }

    /// Whether it stands in the way of another registration of the same person (rule R2).
    #[must_use]
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Cancelled)
    }

    /// Whether it holds seats.
    #[must_use]
    pub const fn holds_seats(self) -> bool {
        matches!(self, Self::Confirmed | Self::Attended | Self::NoShow)
    }
}

/// Why a registration can't be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefusal {
    /// Who came and who did not is settled.
    #[error("attendance has been recorded")]
    AttendanceRecorded,
}

/// Why attendance can't be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttendanceRefusal {
    /// The event has not begun.
    #[error("attendance can be recorded from the start of the event on")]
    NotStarted,
    /// The registration has no seats to come to.
    #[error("only a confirmed registration can be attended")]
    NotConfirmed,
}

impl Registration {
    /// Gives the place up. Answers with the status before, or nothing when it was given up already (rule R7).
    ///
    /// # Errors
    ///
    /// [`CancelRefusal`] when attendance has been recorded.
    pub fn cancel(&mut self) -> Result<Option<RegistrationStatus>, CancelRefusal> {
        match self.status {
            RegistrationStatus::Cancelled => Ok(None),
            RegistrationStatus::Attended | RegistrationStatus::NoShow => {
                Err(CancelRefusal::AttendanceRecorded)
            }
            before @ (RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted) => {
                self.status = RegistrationStatus::Cancelled;
                Ok(Some(before))
            }
        }
    }

    /// Records whether the person came; a mistake can be put right. Answers whether anything changed.
    ///
    /// # Errors
    ///
    /// [`AttendanceRefusal`] before the start, or when it holds no seats.
    pub fn record_attendance(
        &mut self,
        attendance: Attendance,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<Changed, AttendanceRefusal> {
        if now < starts_at {
            return Err(AttendanceRefusal::NotStarted);
        }
        if !self.status.holds_seats() {
            return Err(AttendanceRefusal::NotConfirmed);
        }
        let status = match attendance {
            Attendance::Attended => RegistrationStatus::Attended,
            Attendance::NoShow => RegistrationStatus::NoShow,
        };
        let changed = if self.status == status { Changed::No } else { Changed::Yes };
        self.status = status;
        Ok(changed)
    }

    /// Its place in the queue.
    #[must_use]
    pub const fn queue_entry(&self) -> QueueEntry {
        QueueEntry {
            registration: self.id,
            account: self.account,
            party_size: self.party_size,
            number: self.queue_number,
            passes: self.passes,
        }
    }
}

/// Whether somebody who had a seat came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// They came.
    Attended,
    /// They did not.
    NoShow,
}

/// Whether a command changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It did.
    Yes,
    /// All was so already.
    No,
}
