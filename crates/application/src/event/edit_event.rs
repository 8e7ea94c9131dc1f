//! Editing an event.

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::event::{EventChange, EventView};
use spotter_domain::id::EventId;

use crate::access::require;
use crate::registration::{Books, settle};
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
        let (locked, role) = work.lock_event_as_staff(self.event).await?;
        require(role, Role::Manager)?;
        self.expected.check(locked.event.version)?;
        let id = locked.event.id;
        let mut books = Books::of(vec![locked]);
        let book = books.get_mut(id).ok_or(Error::NotFound("event"))?;
        let caused = book.event_mut().change(self.change.clone())?;
        work.announce_all(caused);
        settle(work, &mut books).await?;
        let book = books.get_mut(id).ok_or(Error::NotFound("event"))?;
        work.unit.events().update(book.event()).await?;
        Ok(book.locked().view())
    }
}
