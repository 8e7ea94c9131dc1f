//! Scheduling events and changing them.

mod cancel_event;
mod create_event;
mod edit_event;
mod publish;
mod unpublish;
mod view_events;

pub use cancel_event::CancelEvent;
pub use create_event::{CreateEvent, Visibility};
pub use edit_event::EditEvent;
pub use publish::Publish;
pub use unpublish::Unpublish;
pub use view_events::EventsWanted;

use spotter_domain::event::EventRefusal;

use crate::Error;

impl From<EventRefusal> for Error {
    fn from(refusal: EventRefusal) -> Self {
        let code = match &refusal {
            EventRefusal::CapacityBelowConfirmed { .. } => "capacity_below_confirmed",
            EventRefusal::Schedule(invalid) => return Self::invalid("/starts_at", invalid.clone()),
            EventRefusal::Cancelled => "event_cancelled",
            EventRefusal::Completed => "event_completed",
            EventRefusal::HasRegistrations => "event_has_registrations",
        };
        Self::refused(code, refusal.to_string())
    }
}
