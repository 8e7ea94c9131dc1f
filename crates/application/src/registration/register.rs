//! Registering for an event.

use spotter_domain::id::{AccountId, EventId};
use spotter_domain::registration::PartySize;
use spotter_domain::waitlist::AdmissionRefusal;

use crate::Error;

/// Claims seats at an event, for the caller or, by staff, for somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// Which event.
    pub event: EventId,
    /// How many seats.
    pub party_size: PartySize,
    /// For whom, if not for the caller.
    pub person: Option<AccountId>,
}

impl From<AdmissionRefusal> for Error {
    fn from(refusal: AdmissionRefusal) -> Self {
        let code = match refusal {
            AdmissionRefusal::EventClosed => "event_closed",
            AdmissionRefusal::PartyTooLarge { .. } => "party_too_large",
            AdmissionRefusal::WaitlistClosed { .. } => "waitlist_closed",
            AdmissionRefusal::WaitlistFull { .. } => "waitlist_full",
        };
        Self::refused(code, refusal.to_string())
    }
}
