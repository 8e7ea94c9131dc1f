//! Taking an event back into preparation.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::EventView;
use spotter_domain::id::EventId;

use crate::access::require;
use crate::{Command, Error, Work};

/// Hides an event again: for managers, and only while nobody is registered.
#[derive(Clone, Copy, Debug)]
pub struct Unpublish {
    /// Which event.
    pub event: EventId,
}

#[async_trait]
impl Command for Unpublish {
    type Answer = EventView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<EventView, Error> {
        let (mut locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        let caused = locked.event.unpublish(work.now)?;
        if !caused.is_empty() {
            work.unit.events().update(&locked.event).await?;
            work.announce_all(caused);
        }
        Ok(locked.view())
    }
}
