//! Calling an event off.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::EventView;
use spotter_domain::id::EventId;
use spotter_domain::registration::{CancelledBy, RegistrationStatus};

use crate::access::require;
use crate::registration::{Books, Moment, write};
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
        let (locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        let (club, id) = (locked.event.club, locked.event.id);
        let mut books = Books::of(vec![locked]);
        let missing = || Error::NotFound("event");
        let book = books.get_mut(id).ok_or_else(missing)?;
        let caused = book.event_mut().cancel(work.now)?;
        if caused.is_empty() {
            return Ok(book.locked().view());
        }
        work.announce_all(caused);
        let moment = Moment { now: work.now, ids: work.ids };
        let mut after = None;
        loop {
            let batch = work.unit.registrations().active_after(club, id, after, BATCH).await?;
            let last = batch.last().map(|registration| registration.queue_number);
            let short = batch.len() < usize::from(BATCH);
            let book = books.get_mut(id).ok_or_else(missing)?;
            for registration in batch {
                let (id, status) = (registration.id, registration.status);
                book.read(registration);
                // Who came or stayed away before it was called off remains on record.
                if matches!(status, RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted) {
                    book.cancel(moment, id, CancelledBy::Event)?;
                }
            }
            write(work, &mut books).await?;
            if short {
                break;
            }
            after = last;
        }
        let book = books.get_mut(id).ok_or_else(missing)?;
        work.unit.events().update(book.event()).await?;
        Ok(book.locked().view())
    }
}
