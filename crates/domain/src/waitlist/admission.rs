//! Admission: a newcomer joins the queue, then promotion runs. There is no other way to a seat (rule R5).

use super::{
    Flow, PassLimit, Promoted, Promotion, QueueEntry, QueueNumber, Roster, Settlement, WaitlistPolicy,
};
use crate::Timestamp;
use crate::event::{Event, EventStatus};
use crate::id::{AccountId, RegistrationId};
use crate::registration::{PartySize, Reason};

/// What may happen to an event's seats at one moment (rule R6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// People register and are promoted.
    Open,
    /// The waitlist stands still: nobody leaves it for a seat and nobody joins it. Seats that nobody waits
    /// for can still be had.
    PastCutoff,
    /// Nothing may happen.
    Closed,
}

impl Window {
    /// The window of `event` at `now`.
    #[must_use]
    pub fn of(event: &Event, now: Timestamp) -> Self {
        if event.status != EventStatus::Published || event.schedule.starts_at() <= now {
            Self::Closed
        } else if event.schedule.cutoff() <= now {
            Self::PastCutoff
        } else {
            Self::Open
        }
    }
}

/// Somebody who asks for seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The registration that it is to become.
    pub registration: RegistrationId,
    /// Who they are.
    pub account: AccountId,
    /// How many seats they ask for.
    pub party_size: PartySize,
}

/// Why a newcomer is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionRefusal {
    /// Rule R6.
    #[error("the event takes no registrations: it is not published, has started or is cancelled")]
    EventClosed,
    /// The party could not be seated even if nobody else came.
    #[error("a party of {party} is larger than the {capacity} seats of the event")]
    PartyTooLarge {
        /// The seats asked for.
        party: u32,
        /// The seats that there are.
        capacity: u32,
    },
    /// Rule R3: full, and nobody new may wait.
    #[error("{free} seats are free for a party of {party}, and the waitlist is closed")]
    WaitlistClosed {
        /// The free seats.
        free: u32,
        /// The seats asked for.
        party: u32,
    },
    /// Rule R3: full, and so is the waitlist.
    #[error(
        "{waiting} of at most {cap} seats are waited for: no room on the waitlist for a party of {party}"
    )]
    WaitlistFull {
        /// The seats that are waited for.
        waiting: u32,
        /// How many may be.
        cap: u32,
        /// The seats asked for.
        party: u32,
    },
}

/// Where a newcomer ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// With seats.
    Confirmed,
    /// In the queue.
    Waitlisted,
}

/// A newcomer who was not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The number they were given.
    pub number: QueueNumber,
    /// Where they ended up.
    pub placement: Placement,
    /// Why.
    pub reason: Reason,
    /// What became of those who were waiting already: most often nothing.
    pub settlement: Settlement,
    /// The roster after all this.
    pub roster: Roster,
}

/// An admission under way: first the queue is shown to it as far as it wants, then it decides.
#[derive(Debug)]
pub struct Admission {
    newcomer: Newcomer,
    window: Window,
    policy: WaitlistPolicy,
    promotion: Promotion,
}

impl Admission {
    /// Begins to admit `newcomer` to `event` at `now`.
    ///
    /// # Errors
    ///
    /// [`AdmissionRefusal`] when no queue could change the answer.
    pub fn begin(
        event: &Event,
        limit: PassLimit,
        newcomer: Newcomer,
        now: Timestamp,
    ) -> Result<Self, AdmissionRefusal> {
        let window = Window::of(event, now);
        if window == Window::Closed {
            return Err(AdmissionRefusal::EventClosed);
        }
        let (party, capacity) = (newcomer.party_size.seats(), event.roster.capacity().seats());
        if party > capacity {
            return Err(AdmissionRefusal::PartyTooLarge { party, capacity });
        }
        let promotion = Promotion::new(event.roster, limit);
        Ok(Self { newcomer, window, policy: event.waitlist, promotion })
    }

    /// Whether the next entry of the queue has to be shown before a decision can be made.
    #[must_use]
    pub const fn wants_queue(&self) -> bool {
        matches!(self.window, Window::Open)
            && matches!(self.promotion.flow(), Flow::Next)
            && self.promotion.roster().waitlisted() > 0
    }

    /// Shows the next entry of the queue.
    pub fn consider(&mut self, entry: QueueEntry) -> Flow {
        self.promotion.consider(entry)
    }

    /// Decides, after the whole queue was shown or as much of it as was wanted.
    ///
    /// # Errors
    ///
    /// [`AdmissionRefusal`]; nothing that was considered has then happened.
    pub fn decide(mut self) -> Result<Admitted, AdmissionRefusal> {
        let waiting = self.promotion.roster().waitlisted();
        let free = self.promotion.roster().free();
        let party = self.newcomer.party_size;
        let number = self.promotion.roster_mut().enqueue(party);
        let may_be_seated = match self.window {
            Window::Open => true,
            Window::PastCutoff => waiting == 0,
            Window::Closed => false,
        };
        if may_be_seated {
            self.promotion.consider(QueueEntry {
                registration: self.newcomer.registration,
                account: self.newcomer.account,
                party_size: party,
                number,
                passes: 0,
            });
        }
        let (roster, mut settlement) = self.promotion.finish();
        let last = settlement.promoted.last().copied();
        if let Some(Promoted { entry, free }) = last
            && entry.number == number
        {
            settlement.promoted.pop();
            let reason = Reason::SeatsAvailable { free };
            return Ok(Admitted { number, placement: Placement::Confirmed, reason, settlement, roster });
        }
        match self.policy {
            _ if self.window != Window::Open => {
                Err(AdmissionRefusal::WaitlistClosed { free, party: party.seats() })
            }
            WaitlistPolicy::Closed => Err(AdmissionRefusal::WaitlistClosed { free, party: party.seats() }),
            WaitlistPolicy::UpTo(cap) if roster.waitlisted() > cap => {
                let waiting = roster.waitlisted() - party.seats();
                Err(AdmissionRefusal::WaitlistFull { waiting, cap, party: party.seats() })
            }
            WaitlistPolicy::UpTo(_) | WaitlistPolicy::Open => {
                let reason = if party.seats() <= free {
                    Reason::SeatsHeld { free }
                } else {
                    Reason::NotEnoughSeats { free }
                };
                Ok(Admitted { number, placement: Placement::Waitlisted, reason, settlement, roster })
            }
        }
    }
}
