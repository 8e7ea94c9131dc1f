//! Registrations and their decision logs as they are sent.

use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::registration::{
    Decision, MyRegistrationView, Reason, RegistrationListItem, RegistrationView,
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::words;

/// Names a registration in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct RegistrationPath {
    /// The registration.
    id: Uuid,
}

/// A registration, with the reasons of everything that was decided on it.
#[derive(Serialize, ToSchema)]
#[schema(as = Registration)]
pub(crate) struct RegistrationBody {
    id: Uuid,
    event_id: Uuid,
    user_id: Uuid,
    /// How many seats they claim.
    party_size: u16,
    #[schema(schema_with = words::registration_status)]
    status: &'static str,
    /// 1 + how many entries stand before it; null unless it waits.
    #[schema(required)]
    waitlist_position: Option<u64>,
    /// Its place in the order of arrival, given once.
    queue_number: u64,
    /// How often smaller parties have passed it.
    passes: u16,
    registered_at: Timestamp,
    /// Oldest first.
    decisions: Vec<DecisionBody>,
}

impl RegistrationBody {
    pub(super) fn new(view: &RegistrationView) -> Self {
        Self {
            id: view.id.uuid(),
            event_id: view.event.uuid(),
            user_id: view.account.uuid(),
            party_size: view.party_size,
            status: view.status.as_str(),
            waitlist_position: view.position,
            queue_number: view.queue_number.get(),
            passes: view.passes,
            registered_at: view.registered_at,
            decisions: view.decisions.iter().map(DecisionBody::new).collect(),
        }
    }
}

impl Representation for RegistrationBody {}

/// What was decided, when and why, with the numbers that were true at that moment.
#[derive(Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionBody {
    at: Timestamp,
    #[schema(schema_with = words::outcome)]
    outcome: &'static str,
    /// A stable word for programs.
    #[schema(value_type = String, example = "seats_available")]
    reason: &'static str,
    /// The reason as a sentence.
    detail: String,
    /// The free seats, where they mattered.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    free_seats: Option<u32>,
    /// The capacity, where it mattered.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
    /// The queue number of the one that went first.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_by: Option<u64>,
    /// How often it had then been passed.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<u16>,
    /// After how many passes seats are held for it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pass_limit: Option<u16>,
}

impl DecisionBody {
    fn new(decision: &Decision) -> Self {
        let bare = Self {
            at: decision.at,
            outcome: decision.outcome.as_str(),
            reason: decision.reason.code(),
            detail: decision.reason.to_string(),
            free_seats: None,
            capacity: None,
            passed_by: None,
            pass: None,
            pass_limit: None,
        };
        match decision.reason {
            Reason::SeatsAvailable { free }
            | Reason::NotEnoughSeats { free }
            | Reason::SeatsHeld { free }
            | Reason::SeatsFreed { free } => Self { free_seats: Some(free), ..bare },
            Reason::PartyDidNotFit { free, passed_by, pass, limit } => Self {
                free_seats: Some(free),
                passed_by: Some(passed_by.get()),
                pass: Some(pass),
                pass_limit: Some(limit),
                ..bare
            },
            Reason::PartyLargerThanCapacity { capacity, passed_by } => {
                Self { capacity: Some(capacity), passed_by: Some(passed_by.get()), ..bare }
            }
            Reason::GivenUp { .. } | Reason::AttendanceRecorded => bare,
        }
    }
}

/// A registration in the list of an event.
#[derive(Serialize, ToSchema)]
#[schema(as = RegistrationItem)]
pub(crate) struct ItemBody {
    id: Uuid,
    event_id: Uuid,
    user_id: Uuid,
    /// How the person wants to be called.
    display_name: String,
    /// How many seats they claim.
    party_size: u16,
    #[schema(schema_with = words::registration_status)]
    status: &'static str,
    /// 1 + how many entries stand before it; null unless it waits.
    #[schema(required)]
    waitlist_position: Option<u64>,
    queue_number: u64,
    passes: u16,
    registered_at: Timestamp,
}

impl ItemBody {
    pub(super) fn new(item: RegistrationListItem) -> Self {
        Self {
            id: item.id.uuid(),
            event_id: item.event.uuid(),
            user_id: item.account.uuid(),
            display_name: item.display_name,
            party_size: item.party_size,
            status: item.status.as_str(),
            waitlist_position: item.position,
            queue_number: item.queue_number.get(),
            passes: item.passes,
            registered_at: item.registered_at,
        }
    }
}

/// One of the caller's own registrations.
#[derive(Serialize, ToSchema)]
#[schema(as = MyRegistration)]
pub(crate) struct MineBody {
    id: Uuid,
    event_id: Uuid,
    user_id: Uuid,
    /// How many seats they claim.
    party_size: u16,
    #[schema(schema_with = words::registration_status)]
    status: &'static str,
    /// 1 + how many entries stand before it; null unless it waits.
    #[schema(required)]
    waitlist_position: Option<u64>,
    queue_number: u64,
    passes: u16,
    registered_at: Timestamp,
    event: EventSummary,
}

/// What somebody who is registered wants to know of an event.
#[derive(Serialize, ToSchema)]
#[schema(as = EventSummary)]
pub(crate) struct EventSummary {
    id: Uuid,
    /// The slug of its club.
    club: String,
    title: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    #[schema(schema_with = words::event_phase)]
    status: &'static str,
}

impl MineBody {
    pub(super) fn new(view: MyRegistrationView, now: Timestamp) -> Self {
        Self {
            id: view.id.uuid(),
            event_id: view.event.uuid(),
            user_id: view.account.uuid(),
            party_size: view.party_size,
            status: view.status.as_str(),
            waitlist_position: view.position,
            queue_number: view.queue_number.get(),
            passes: view.passes,
            registered_at: view.registered_at,
            event: EventSummary {
                id: view.event.uuid(),
                status: view.event_status.phase(view.event_ends_at, now).as_str(),
                club: view.club,
                title: view.event_title,
                starts_at: view.event_starts_at,
                ends_at: view.event_ends_at,
            },
        }
    }
}
