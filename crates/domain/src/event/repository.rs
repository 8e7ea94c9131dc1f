//! Writing events.

use async_trait::async_trait;

use super::{Event, EventView};
use crate::club::{Slug, TimeZoneName};
use crate::id::{ClubId, EventId};
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

/// Stores events.
#[async_trait]
pub trait EventRepository: Send {
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
