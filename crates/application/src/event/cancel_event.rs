//! Calling an event off.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::EventView;
use spotter_domain::id::EventId;
use spotter_domain::registration::{CancelledBy, RegistrationStatus};

use crate::access::require;
use crate::registration::Ledger;
use crate::{Command, Error, Work};

/// How many registrations are cancelled with one statement.
const BATCH: u16 = 500;

/// Calls an event off and cancels its registrations, announcing each (rule R9): for managers.
#[derive(Clone, Copy, Debug)]
pub struct CancelEvent {
    /// Which event.
    pub event: EventId,
}

#[async_trait]
impl Command for CancelEvent {
    type Answer = EventView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<EventView, Error> {
        let (mut locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        let event = &mut locked.event;
        let caused = event.cancel(work.now)?;
        if caused.is_empty() {
            return Ok(locked.view());
        }
        work.announce_all(caused);
        let mut after = None;
        loop {
            let batch = work.unit.registrations().active_after(event.club, event.id, after, BATCH).await?;
            let mut ledger = Ledger::default();
            for mut registration in batch.iter().cloned() {
                // Who came or stayed away before it was called off remains on record.
                if matches!(
                    registration.status,
                    RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted
                ) {
                    ledger.cancel(work, event, &mut registration, CancelledBy::Event)?;
                }
            }
            ledger.save(work, event).await?;
            match batch.last() {
                Some(last) if batch.len() == usize::from(BATCH) => after = Some(last.queue_number),
                _ => break,
            }
        }
        work.unit.events().update(event).await?;
        Ok(locked.view())
    }
}
