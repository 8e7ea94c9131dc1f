//! Reading events.

use spotter_domain::Timestamp;
use spotter_domain::club::{Role, Slug};
use spotter_domain::event::{Audience, EventCursor, EventFilter, EventPhase, EventView, ViewedEvent};
use spotter_domain::id::EventId;
use spotter_domain::page::{Page, PageRequest};

use crate::access::{is_staff, require};
use crate::{Caller, Error, Spotter};

/// Which events of a club somebody wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsWanted {
    /// Those that end after this instant.
    pub from: Option<Timestamp>,
    /// Those that start before this instant.
    pub to: Option<Timestamp>,
    /// Those of this state.
    pub phase: Option<EventPhase>,
}

impl Spotter {
    /// An event that the caller may know of: everybody knows published ones, staff know drafts.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`].
    pub async fn event(&self, caller: Caller, id: EventId) -> Result<EventView, Error> {
        Ok(self.viewed_event(caller, id).await?.event)
    }

    /// The events of a club that the caller may know of.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is no such club; [`Error::Forbidden`] when somebody who is not staff
    /// asks for drafts.
    pub async fn events(
        &self,
        caller: Caller,
        slug: &Slug,
        wanted: EventsWanted,
        page: PageRequest<EventCursor>,
    ) -> Result<Page<EventView, EventCursor>, Error> {
        let club = self.club(caller, slug).await?;
        if wanted.phase == Some(EventPhase::Draft) {
            require(club.role, Role::Coach)?;
        }
        let filter = EventFilter {
            from: wanted.from,
            to: wanted.to,
            phase: wanted.phase,
            now: self.ports.clock.now(),
            audience: if is_staff(club.role) { Audience::Staff } else { Audience::Public },
        };
        Ok(self.ports.events.list(club.id, &filter, page).await?)
    }

    /// An event that the caller may know of, with what they may do in its club.
    pub(crate) async fn viewed_event(&self, caller: Caller, id: EventId) -> Result<ViewedEvent, Error> {
        self.ports
            .events
            .by_id(id, caller.known())
            .await?
            .filter(|viewed| viewed.event.is_public() || is_staff(viewed.role))
            .ok_or(Error::NotFound("event"))
    }
}
