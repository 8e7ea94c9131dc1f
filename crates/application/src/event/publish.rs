//! Opening an event.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::EventView;
use spotter_domain::id::EventId;

use crate::access::require;
use crate::{Command, Error, Work};

/// Opens an event to everybody: for managers. Opening what is open changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct Publish {
    /// Which event.
    pub event: EventId,
}

#[async_trait]
impl Command for Publish {
    type Answer = EventView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<EventView, Error> {
        let (mut locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        let caused = locked.event.publish(work.now)?;
        if !caused.is_empty() {
            work.unit.events().update(&locked.event).await?;
            work.announce_all(caused);
        }
        Ok(locked.view())
    }
}
