//! Reading registrations.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Decision, RegistrationStatus, Whereabouts};
use crate::club::Role;
use crate::event::EventStatus;
use crate::id::{AccountId, ClubId, EventId, RegistrationId};
use crate::page::{Page, PageRequest};
use crate::waitlist::QueueNumber;
use crate::{StoreError, Timestamp};

/// A registration with everything that its owner may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    /// Names the registration.
    pub id: RegistrationId,
    /// The event.
    pub event: EventId,
    /// The person.
    pub account: AccountId,
    /// How many seats they claim.
    pub party_size: u16,
    /// Where the claim stands.
    pub status: RegistrationStatus,
    /// Its place in the order of arrival.
    pub queue_number: QueueNumber,
    /// 1 + how many entries stand before it; nothing unless it waits.
    pub position: Option<u64>,
    /// How often smaller parties have passed it.
    pub passes: u16,
    /// When it arrived.
    pub registered_at: Timestamp,
    /// Its decision log, oldest line first.
    pub decisions: Vec<Decision>,
}

/// A registration with what is needed to say who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewedRegistration {
    /// The registration.
    pub registration: RegistrationView,
    /// What the viewer may do in the club of its event.
    pub role: Option<Role>,
}

/// A registration in the list of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationListItem {
    /// Names the registration.
    pub id: RegistrationId,
    /// The event.
    pub event: EventId,
    /// The person.
    pub account: AccountId,
    /// How the person wants to be called.
    pub display_name: String,
    /// How many seats they claim.
    pub party_size: u16,
    /// Where the claim stands.
    pub status: RegistrationStatus,
    /// Its place in the order of arrival.
    pub queue_number: QueueNumber,
    /// 1 + how many entries stand before it; nothing unless it waits.
    pub position: Option<u64>,
    /// How often smaller parties have passed it.
    pub passes: u16,
    /// When it arrived.
    pub registered_at: Timestamp,
}

/// One of a person's own registrations, with what they want to know of its event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRegistrationView {
    /// Names the registration.
    pub id: RegistrationId,
    /// The event.
    pub event: EventId,
    /// The slug of the event's club.
    pub club: String,
    /// What the event is called.
    pub event_title: String,
    /// When the event starts.
    pub event_starts_at: Timestamp,
    /// When the event ends.
    pub event_ends_at: Timestamp,
    /// The stored state of the event.
    pub event_status: EventStatus,
    /// Who registered.
    pub account: AccountId,
    /// How many seats they claim.
    pub party_size: u16,
    /// Where the claim stands.
    pub status: RegistrationStatus,
    /// Its place in the order of arrival.
    pub queue_number: QueueNumber,
    /// 1 + how many entries stand before it; nothing unless it waits.
    pub position: Option<u64>,
    /// How often smaller parties have passed it.
    pub passes: u16,
    /// When it arrived.
    pub registered_at: Timestamp,
}

/// Which of a person's registrations are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All of them, the soonest event first.
    Any,
    /// Those of events that end after this instant, the soonest event first.
    Upcoming(Timestamp),
    /// Those of events that ended by this instant, the latest event first.
    Past(Timestamp),
}

/// The place of a registration in a list by its event's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRegistrationsCursor {
    /// When the event starts.
    pub starts_at: Timestamp,
    /// Which registration of those that start then.
    pub id: RegistrationId,
}

/// Reads registrations.
#[async_trait]
pub trait RegistrationQueries: Send + Sync {
    /// What never changes about a registration. Unlike other reading, this sees everything that was committed
    /// before it was asked, also where reading goes to a replica: somebody acts upon it.
    async fn whereabouts(&self, id: RegistrationId) -> Result<Option<Whereabouts>, StoreError>;
    /// A registration with its log, and the role of `viewer` in its club.
    async fn by_id(
        &self,
        id: RegistrationId,
        viewer: AccountId,
    ) -> Result<Option<ViewedRegistration>, StoreError>;
    /// The registrations of an event in the order of arrival, those of one status if one is given.
    async fn of_event(
        &self,
        club: ClubId,
        event: EventId,
        status: Option<RegistrationStatus>,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<RegistrationListItem, QueueNumber>, StoreError>;
    /// A person's registrations by the start of their events.
    async fn of_account(
        &self,
        account: AccountId,
        when: When,
        page: PageRequest<MyRegistrationsCursor>,
    ) -> Result<Page<MyRegistrationView, MyRegistrationsCursor>, StoreError>;
}
