//! A scheduled class or live event: its time, place, capacity and state.

mod aggregate;
mod capacity;
mod queries;
mod repository;
mod schedule;
mod status;

pub use aggregate::{Event, EventChange, EventRefusal};
pub use capacity::Capacity;
pub use queries::{Audience, EventCursor, EventFilter, EventQueries, EventView, ViewedEvent};
pub use repository::{EventRepository, KnownPerson, LockedEvent, PeopleRequest};
pub use schedule::{Schedule, ScheduleChange};
pub use status::{EventPhase, EventStatus};
