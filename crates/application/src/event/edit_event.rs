//! Editing an event.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::{EventChange, EventView};
use spotter_domain::id::EventId;

use crate::access::require;
use crate::registration::Ledger;
use crate::{Command, Error, ExpectedVersion, Work};

/// Changes an event: for managers. Seats that it frees are given out in the same transaction (rule R4).
#[derive(Clone, Debug)]
pub struct EditEvent {
    /// Which event.
    pub event: EventId,
    /// What changes.
    pub change: EventChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditEvent {
    type Answer = EventView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<EventView, Error> {
        let (mut locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        self.expected.check(locked.event.version)?;
        let caused = locked.event.change(self.change.clone())?;
        work.announce_all(caused);
        let mut ledger = Ledger::default();
        ledger.settle(work, &mut locked).await?;
        ledger.save(work, &locked.event).await?;
        work.unit.events().update(&locked.event).await?;
        Ok(locked.view())
    }
}
