//! What is wanted at the desk.

use std::collections::BTreeSet;

use spotter_domain::event::PeopleRequest;
use spotter_domain::id::{AccountId, EventId};
use spotter_domain::registration::Whereabouts;

use crate::Caller;
use crate::registration::books::Wanted;
use crate::registration::{Cancel, RecordAttendance, Register};

/// One of the things that can be wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    /// Seats.
    Register(Register),
    /// To give them up.
    Cancel(Cancel, Whereabouts),
    /// To say who came.
    RecordAttendance(RecordAttendance, Whereabouts),
}

impl Order {
    /// The event that it is about.
    pub(super) const fn event(&self) -> EventId {
        match self {
            Self::Register(register) => register.event,
            Self::Cancel(_, place) | Self::RecordAttendance(_, place) => place.event,
        }
    }

    /// Notes whose role has to be known.
    pub(super) fn note_people(&self, caller: Caller, people: &mut People) {
        let Some(caller) = caller.known() else { return };
        match self {
            Self::Register(register) => match register.person {
                Some(person) if person != caller => people.always.extend([caller, person]),
                _ => people.if_hidden.extend([caller]),
            },
            Self::Cancel(_, place) if place.account == caller => {}
            Self::Cancel(..) | Self::RecordAttendance(..) => people.always.extend([caller]),
        }
    }

    /// Notes what has to be read.
    pub(super) fn note_wanted(&self, caller: Caller, wanted: &mut Wanted) {
        match self {
            Self::Register(register) => {
                wanted
                    .people
                    .extend(register.person.or(caller.known()).map(|person| (register.event, person)));
            }
            Self::Cancel(cancel, place) => {
                wanted.named.push(cancel.registration);
                let released = wanted.released.entry(place.event).or_insert(0);
                *released = released.saturating_add(place.party_size.seats());
            }
            Self::RecordAttendance(record, _) => wanted.named.push(record.registration),
        }
    }
}

/// Whose role has to be known, each once.
#[derive(Debug, Default)]
pub(super) struct People {
    always: BTreeSet<AccountId>,
    if_hidden: BTreeSet<AccountId>,
}

impl From<People> for PeopleRequest {
    fn from(people: People) -> Self {
        Self {
            always: people.always.into_iter().collect(),
            if_hidden: people.if_hidden.into_iter().collect(),
        }
    }
}
