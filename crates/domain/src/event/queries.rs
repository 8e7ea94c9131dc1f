//! Reading events.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Event, EventPhase, EventStatus};
use crate::club::{Role, Slug, TimeZoneName};
use crate::id::{AccountId, ClubId, EventId};
use crate::page::{Page, PageRequest};
use crate::{StoreError, Timestamp};

/// An event as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// Names the event.
    pub id: EventId,
    /// The slug of its club.
    pub club: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where it takes place.
    pub location: Option<String>,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// From when on nobody is promoted, where that is not the start.
    pub cutoff_at: Option<Timestamp>,
    /// The club's time zone.
    pub time_zone: String,
    /// The state that is stored.
    pub status: EventStatus,
    /// Since when it was last open to everybody.
    pub published_at: Option<Timestamp>,
    /// How many seats there are.
    pub capacity: u32,
    /// How many of them are confirmed.
    pub confirmed: u32,
    /// How many seats are waited for.
    pub waitlisted: u32,
    /// Whether one may wait.
    pub waitlist_enabled: bool,
    /// How many seats may be waited for at most.
    pub waitlist_capacity: Option<u32>,
    /// Grows with every edit.
    pub version: u32,
}

impl EventView {
    /// The view of an event of the club of that slug and zone.
    #[must_use]
    pub fn new(event: &Event, club: &Slug, time_zone: &TimeZoneName) -> Self {
        Self {
            id: event.id,
            club: club.as_str().to_owned(),
            title: event.title.as_str().to_owned(),
            description: event.description.as_ref().map(|text| text.as_str().to_owned()),
            location: event.location.as_ref().map(|text| text.as_str().to_owned()),
            starts_at: event.schedule.starts_at(),
            ends_at: event.schedule.ends_at(),
            cutoff_at: event.schedule.own_cutoff(),
            time_zone: time_zone.as_str().to_owned(),
            status: event.status,
            published_at: event.published_at,
            capacity: event.roster.capacity().seats(),
            confirmed: event.roster.confirmed(),
            waitlisted: event.roster.waitlisted(),
            waitlist_enabled: event.waitlist.is_enabled(),
            waitlist_capacity: event.waitlist.cap(),
            version: event.version,
        }
    }

    /// The state that is shown at `now`.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> EventPhase {
        self.status.phase(self.ends_at, now)
    }

    /// Whether everybody may see it, not staff alone.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.published_at.is_some() && self.status != EventStatus::Draft
    }
}

/// An event with the role that the one who asks has in its club.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewedEvent {
    /// Its club.
    pub club: ClubId,
    /// The event.
    pub event: EventView,
    /// What the viewer may do in the club.
    pub role: Option<Role>,
}

/// Which events of a club are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Those that end after this instant.
    pub from: Option<Timestamp>,
    /// Those that start before this instant.
    pub to: Option<Timestamp>,
    /// Those of this state at `now`.
    pub phase: Option<EventPhase>,
    /// The instant that tells the completed from the published.
    pub now: Timestamp,
    /// Whether drafts, and drafts that were cancelled, are shown too.
    pub audience: Audience,
}

/// For whom a list is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: what was never published stays hidden.
    #[default]
    Public,
    /// The club's staff.
    Staff,
}

/// The place of an event in a list by start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCursor {
    /// When it starts.
    pub starts_at: Timestamp,
    /// Which of those that start then.
    pub id: EventId,
}

/// Reads events.
#[async_trait]
pub trait EventQueries: Send + Sync {
    /// An event, with the role of `viewer` in its club.
    async fn by_id(&self, id: EventId, viewer: Option<AccountId>) -> Result<Option<ViewedEvent>, StoreError>;
    /// The events of a club by start.
    async fn list(
        &self,
        club: ClubId,
        filter: &EventFilter,
        page: PageRequest<EventCursor>,
    ) -> Result<Page<EventView, EventCursor>, StoreError>;
}
