//! Scheduling an event.

use async_trait::async_trait;
use spotter_domain::club::{Role, Slug};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{Capacity, Event, EventStatus, EventView, Schedule};
use spotter_domain::id::EventId;
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::{Roster, WaitlistPolicy};

use crate::access::require;
use crate::{Command, Error, Work};

/// Whether a new event is open at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Staff alone see it.
    Draft,
    /// Everybody sees it and can register.
    Published,
}

/// Schedules an event of a club: for managers.
#[derive(Clone, Debug)]
pub struct CreateEvent {
    /// Whose it is to be.
    pub club: Slug,
    /// What it is called.
    pub title: Title,
    /// What it is about.
    pub description: Option<Description>,
    /// Where it takes place.
    pub location: Option<Location>,
    /// When it takes place.
    pub schedule: Schedule,
    /// How many seats it has.
    pub capacity: Capacity,
    /// Who may wait.
    pub waitlist: WaitlistPolicy,
    /// Whether it is open at once.
    pub visibility: Visibility,
}

#[async_trait]
impl Command for CreateEvent {
    type Answer = EventView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<EventView, Error> {
        work.caller.account()?;
        let club = work.unit.clubs().by_slug(&self.club).await?.ok_or(Error::NotFound("club"))?;
        let role = work.role_in(club.id).await?;
        require(role, Role::Manager)?;
        let mut event = Event {
            id: EventId::generate(work.ids),
            club: club.id,
            title: self.title.clone(),
            description: self.description.clone(),
            location: self.location.clone(),
            schedule: self.schedule,
            status: EventStatus::Draft,
            published_at: None,
            waitlist: self.waitlist,
            roster: Roster::new(self.capacity),
            version: 1,
            created_at: work.now,
        };
        work.announce(DomainEvent::EventCreated { club: club.id, event: event.id });
        if self.visibility == Visibility::Published {
            let caused = event.publish(work.now)?;
            work.announce_all(caused);
        }
        work.unit.events().insert(&event).await?;
        Ok(EventView::new(&event, &club.slug, &club.time_zone))
    }
}
