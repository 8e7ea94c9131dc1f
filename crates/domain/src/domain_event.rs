//! What happened, as it is announced.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::club::Role;
use crate::id::{AccountId, ClubId, EventId, RegistrationId};
use crate::registration::CancelledBy;
use crate::waitlist::QueueNumber;

/// A fact that others may want to act upon. It names things and carries numbers, no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are named by the glossary's words")]
pub enum DomainEvent {
    /// Somebody signed up.
    AccountCreated { account: AccountId },
    /// A club was made.
    ClubCreated { club: ClubId, owner: AccountId },
    /// A club's name, zone or policies changed.
    ClubChanged { club: ClubId, version: u32 },
    /// Somebody joined, or was given another role.
    MembershipChanged { club: ClubId, account: AccountId, role: Role },
    /// An event was made, as a draft.
    EventCreated { club: ClubId, event: EventId },
    /// An event opened to everybody.
    EventPublished { club: ClubId, event: EventId },
    /// An event went back into preparation.
    EventUnpublished { club: ClubId, event: EventId },
    /// An event was edited.
    EventChanged { club: ClubId, event: EventId, version: u32 },
    /// An event has more seats than before.
    EventCapacityIncreased { club: ClubId, event: EventId, from: u32, to: u32 },
    /// An event was called off.
    EventCancelled { club: ClubId, event: EventId },
    /// Somebody has a seat.
    RegistrationConfirmed {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody waits.
    RegistrationWaitlisted {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody who waited has a seat.
    RegistrationPromoted {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody gave their place up, or lost it.
    RegistrationCancelled {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        by: CancelledBy,
    },
    /// Somebody came, or did not.
    AttendanceRecorded {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        attended: bool,
    },
    /// Entries left the queue: everybody behind can compute their own position.
    WaitlistMoved { club: ClubId, event: EventId, left: Vec<QueueNumber> },
}

impl DomainEvent {
    /// The word under which it is announced.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AccountCreated { .. } => "account_created",
            Self::ClubCreated { .. } => "club_created",
            Self::ClubChanged { .. } => "club_changed",
            Self::MembershipChanged { .. } => "membership_changed",
            Self::EventCreated { .. } => "event_created",
            Self::EventPublished { .. } => "event_published",
            Self::EventUnpublished { .. } => "event_unpublished",
            Self::EventChanged { .. } => "event_changed",
            Self::EventCapacityIncreased { .. } => "event_capacity_increased",
            Self::EventCancelled { .. } => "event_cancelled",
            Self::RegistrationConfirmed { .. } => "registration_confirmed",
            Self::RegistrationWaitlisted { .. } => "registration_waitlisted",
            Self::RegistrationPromoted { .. } => "registration_promoted",
            Self::RegistrationCancelled { .. } => "registration_cancelled",
            Self::AttendanceRecorded { .. } => "attendance_recorded",
            Self::WaitlistMoved { .. } => "waitlist_moved",
        }
    }

    /// The club that it happened in, if it did in one.
    #[must_use]
    pub const fn club(&self) -> Option<ClubId> {
        match self {
            Self::AccountCreated { .. } => None,
            Self::ClubCreated { club, .. }
            | Self::ClubChanged { club, .. }
            | Self::MembershipChanged { club, .. }
            | Self::EventCreated { club, .. }
            | Self::EventPublished { club, .. }
            | Self::EventUnpublished { club, .. }
            | Self::EventChanged { club, .. }
            | Self::EventCapacityIncreased { club, .. }
            | Self::EventCancelled { club, .. }
            | Self::RegistrationConfirmed { club, .. }
            | Self::RegistrationWaitlisted { club, .. }
            | Self::RegistrationPromoted { club, .. }
            | Self::RegistrationCancelled { club, .. }
            | Self::AttendanceRecorded { club, .. }
            | Self::WaitlistMoved { club, .. } => Some(*club),
        }
    }

    /// The aggregate that it happened to: deliveries of one aggregate keep their order.
    #[must_use]
    pub const fn aggregate(&self) -> Uuid {
        match self {
            Self::AccountCreated { account } => account.uuid(),
            Self::ClubCreated { club, .. }
            | Self::ClubChanged { club, .. }
            | Self::MembershipChanged { club, .. } => club.uuid(),
            Self::EventCreated { event, .. }
            | Self::EventPublished { event, .. }
            | Self::EventUnpublished { event, .. }
            | Self::EventChanged { event, .. }
            | Self::EventCapacityIncreased { event, .. }
            | Self::EventCancelled { event, .. }
            | Self::RegistrationConfirmed { event, .. }
            | Self::RegistrationWaitlisted { event, .. }
            | Self::RegistrationPromoted { event, .. }
            | Self::RegistrationCancelled { event, .. }
            | Self::AttendanceRecorded { event, .. }
            | Self::WaitlistMoved { event, .. } => event.uuid(),
        }
    }
}
