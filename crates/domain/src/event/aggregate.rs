//! The event aggregate.

use super::{Capacity, EventPhase, EventStatus, Schedule, ScheduleChange};
use crate::domain_event::DomainEvent;
use crate::id::{ClubId, EventId};
use crate::patch::Patch;
use crate::text::{Description, Location, Title};
use crate::waitlist::{Roster, WaitlistPolicy};
use crate::{Invalid, Timestamp};

/// Something scheduled with a capacity: a class or a live event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Names the event.
    pub id: EventId,
    /// Whose it is.
    pub club: ClubId,
    /// What it is called.
    pub title: Title,
    /// What it is about.
    pub description: Option<Description>,
    /// Where it takes place.
    pub location: Option<Location>,
    /// When it takes place.
    pub schedule: Schedule,
    /// Whether it is open.
    pub status: EventStatus,
    /// Since when it was last open to everybody.
    pub published_at: Option<Timestamp>,
    /// Who may wait.
    pub waitlist: WaitlistPolicy,
    /// The counters that every decision on a seat needs.
    pub roster: Roster,
    /// Grows with every edit; registrations leave it alone.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a manager changes about an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventChange {
    /// A new title.
    pub title: Patch<Title>,
    /// A new description, or none.
    pub description: Patch<Option<Description>>,
    /// A new place, or none.
    pub location: Patch<Option<Location>>,
    /// New times.
    pub schedule: ScheduleChange,
    /// A new capacity.
    pub capacity: Patch<Capacity>,
    /// A new waitlist policy; whoever waits already stays.
    pub waitlist: Patch<WaitlistPolicy>,
}

/// Why an event refuses to be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventRefusal {
    /// Rule R8: the capacity would be under the confirmed seats.
    #[error("{confirmed} seats are confirmed: {excess} would have to go before the capacity can be {asked}")]
    CapacityBelowConfirmed {
        /// The seats that are confirmed.
        confirmed: u32,
        /// The capacity that was asked for.
        asked: u32,
        /// How many seats too many are confirmed for that.
        excess: u32,
    },
    /// The new times contradict each other.
    #[error("the event {0}")]
    Schedule(Invalid),
    /// It was called off.
    #[error("the event is cancelled")]
    Cancelled,
    /// It is over.
    #[error("the event is over")]
    Completed,
    /// People hold places: it can be cancelled, not hidden.
    #[error("people are registered: cancel the event instead of unpublishing it")]
    HasRegistrations,
}

impl Event {
    /// The state that is shown at `now`.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> EventPhase {
        self.status.phase(self.schedule.ends_at(), now)
    }

    /// Whether everybody may see it, not staff alone.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.published_at.is_some() && self.status != EventStatus::Draft
    }

    /// Applies a change and counts the version up. Whoever calls this settles the waitlist afterwards: a
    /// larger capacity or a later cut-off frees seats.
    ///
    /// # Errors
    ///
    /// [`EventRefusal`]; the event is then unchanged.
    pub fn change(&mut self, change: EventChange) -> Result<Vec<DomainEvent>, EventRefusal> {
        if self.status == EventStatus::Cancelled {
            return Err(EventRefusal::Cancelled);
        }
        let schedule = self.schedule.changed(change.schedule).map_err(EventRefusal::Schedule)?;
        let before = self.roster.capacity();
        if let Patch::Set(capacity) = change.capacity {
            self.roster.resize(capacity)?;
        }
        self.schedule = schedule;
        change.title.apply(&mut self.title);
        change.description.apply(&mut self.description);
        change.location.apply(&mut self.location);
        change.waitlist.apply(&mut self.waitlist);
        self.version += 1;
        let mut caused =
            vec![DomainEvent::EventChanged { club: self.club, event: self.id, version: self.version }];
        if self.roster.capacity() > before {
            caused.push(DomainEvent::EventCapacityIncreased {
                club: self.club,
                event: self.id,
                from: before.seats(),
                to: self.roster.capacity().seats(),
            });
        }
        Ok(caused)
    }

    /// Opens it to everybody. Opening what is open changes nothing.
    ///
    /// # Errors
    ///
    /// [`EventRefusal::Cancelled`].
    pub fn publish(&mut self, now: Timestamp) -> Result<Vec<DomainEvent>, EventRefusal> {
        match self.status {
            EventStatus::Cancelled => Err(EventRefusal::Cancelled),
            EventStatus::Published => Ok(Vec::new()),
            EventStatus::Draft => {
                self.status = EventStatus::Published;
                self.published_at = Some(now);
                self.version += 1;
                Ok(vec![DomainEvent::EventPublished { club: self.club, event: self.id }])
            }
        }
    }

    /// Takes it back into preparation. Taking back what is in preparation changes nothing.
    ///
    /// # Errors
    ///
    /// [`EventRefusal`] when it is cancelled, is over, or people are registered.
    pub fn unpublish(&mut self, now: Timestamp) -> Result<Vec<DomainEvent>, EventRefusal> {
        match self.phase(now) {
            EventPhase::Cancelled => Err(EventRefusal::Cancelled),
            EventPhase::Completed => Err(EventRefusal::Completed),
            EventPhase::Draft => Ok(Vec::new()),
            EventPhase::Published if !self.roster.is_empty() => Err(EventRefusal::HasRegistrations),
            EventPhase::Published => {
                self.status = EventStatus::Draft;
                self.published_at = None;
                self.version += 1;
                Ok(vec![DomainEvent::EventUnpublished { club: self.club, event: self.id }])
            }
        }
    }

    /// Calls it off (rule R9). Whoever calls this cancels its registrations in the same transaction, which
    /// empties the roster.
    /// Calling off what is called off changes nothing.
    ///
    /// # Errors
    ///
    /// [`EventRefusal::Completed`].
    pub fn cancel(&mut self, now: Timestamp) -> Result<Vec<DomainEvent>, EventRefusal> {
        match self.phase(now) {
            EventPhase::Completed => Err(EventRefusal::Completed),
            EventPhase::Cancelled => Ok(Vec::new()),
            EventPhase::Draft | EventPhase::Published => {
                self.status = EventStatus::Cancelled;
                self.version += 1;
                Ok(vec![DomainEvent::EventCancelled { club: self.club, event: self.id }])
            }
        }
    }
}
