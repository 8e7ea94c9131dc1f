//! What a batch of decisions has to know of the registrations of its events, asked for at once.

use super::{Decision, PartySize, Registration};
use crate::id::{AccountId, ClubId, EventId, RegistrationId};

/// What is asked for. The events are locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingRequest {
    /// Who may hold an active registration of which event.
    pub people: Vec<(ClubId, EventId, AccountId)>,
    /// Registrations by their names, with their logs.
    pub named: Vec<RegistrationId>,
    /// Queues that seats may be given to.
    pub queues: Vec<QueueRequest>,
    /// The most entries of queues that are read, of all together.
    pub most_entries: u32,
}

/// As much of a queue as matters when so many seats are to be given away: from its front up to and including
/// the party of one of that number. Each of those takes a seat if there is any left, so that nobody behind the
/// last of them can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueRequest {
    /// The club that owns the event.
    pub club: ClubId,
    /// The event.
    pub event: EventId,
    /// How many seats may be given away; at least one.
    pub seats: u32,
}

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The active registrations of the people, in no order.
    pub active: Vec<Registration>,
    /// The named registrations that exist, each with its log from the oldest line on, in no order.
    pub named: Vec<(Registration, Vec<Decision>)>,
    /// The entries of the queues, by event and queue number.
    pub queues: Vec<Registration>,
    /// Whether there are as many entries as were allowed, so that some may be missing.
    pub cut_off: bool,
}

/// What never changes about a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The club that owns the event.
    pub club: ClubId,
    /// The event.
    pub event: EventId,
    /// The person.
    pub account: AccountId,
    /// How many seats they claim.
    pub party_size: PartySize,
}

impl Registration {
    /// What never changes about it.
    #[must_use]
    pub const fn whereabouts(&self) -> Whereabouts {
        Whereabouts { club: self.club, event: self.event, account: self.account, party_size: self.party_size }
    }
}
