//! Writing events.

use async_trait::async_trait;

use super::{Event, EventView};
use crate::club::{Role, Slug, TimeZoneName};
use crate::id::{AccountId, ClubId, EventId};
use crate::waitlist::{PassLimit, Roster};
use crate::{StoreError, Timestamp};

/// An event that no other transaction decides upon until this one ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedEvent {
    /// The event as it stands.
    pub event: Event,
    /// Its club's name in addresses.
    pub club_slug: Slug,
    /// Its club's zone.
    pub time_zone: TimeZoneName,
    /// Its club's limit of passes.
    pub pass_limit: PassLimit,
}

impl LockedEvent {
    /// The event as it is shown.
    #[must_use]
    pub fn view(&self) -> EventView {
        EventView::new(&self.event, &self.club_slug, &self.time_zone)
    }
}

/// Of whom a decision upon an event has to know what they are in its club.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleRequest {
    /// These, whatever the event.
    pub always: Vec<AccountId>,
    /// These, where the event is not public.
    pub if_hidden: Vec<AccountId>,
}

/// A person who exists, and what they are in the club of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub account: AccountId,
    /// Their role in the club, if they are a member.
    pub role: Option<Role>,
}

/// Stores events.
#[async_trait]
pub trait EventRepository: Send {
    /// Locks events as [`EventRepository::lock`] does, and says in the same statement who of the people that
    /// are asked for exist, and what they are in the club of each event.
    async fn lock_with_people(
        &mut self,
        ids: &[EventId],
        people: &PeopleRequest,
    ) -> Result<Vec<(LockedEvent, Vec<KnownPerson>)>, StoreError>;
    /// Locks events in the order of their ids, whatever order they are asked in, so that two transactions
    /// can't wait for each other. What does not exist is left out.
    async fn lock(&mut self, ids: &[EventId]) -> Result<Vec<LockedEvent>, StoreError>;
    /// Up to `limit` events of a club, by id, that are published, start after `now`, and have free seats
    /// while somebody waits: those where another pass limit may seat somebody.
    async fn with_held_seats(
        &mut self,
        club: ClubId,
        now: Timestamp,
        after: Option<EventId>,
        limit: u16,
    ) -> Result<Vec<EventId>, StoreError>;
    /// Writes a new event.
    async fn insert(&mut self, event: &Event) -> Result<(), StoreError>;
    /// Writes a locked event in whole.
    async fn update(&mut self, event: &Event) -> Result<(), StoreError>;
    /// Writes the counters of locked events, and nothing else of them.
    async fn save_rosters(&mut self, rosters: &[(EventId, Roster)]) -> Result<(), StoreError>;
}
