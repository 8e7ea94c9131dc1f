//! Reading registrations and waitlists.

use spotter_domain::club::Role;
use spotter_domain::id::{EventId, RegistrationId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::registration::{
    MyRegistrationView, MyRegistrationsCursor, RegistrationListItem, RegistrationStatus, RegistrationView,
    When,
};
use spotter_domain::waitlist::{QueueNumber, WaitlistEntryView};

use crate::access::{is_staff, require};
use crate::{Caller, Error, Spotter};

/// Which of their registrations somebody wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenWanted {
    /// All.
    #[default]
    Any,
    /// Those of events that are not over.
    Upcoming,
    /// Those of events that are over.
    Past,
}

impl Spotter {
    /// A registration: for the person themselves and for staff.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for everybody else too.
    pub async fn registration(&self, caller: Caller, id: RegistrationId) -> Result<RegistrationView, Error> {
        let account = caller.account()?;
        self.ports
            .registrations
            .by_id(id, account)
            .await?
            .filter(|viewed| viewed.registration.account == account || is_staff(viewed.role))
            .map(|viewed| viewed.registration)
            .ok_or(Error::NotFound("registration"))
    }

    /// The registrations of an event: for coaches.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], [`Error::Unauthenticated`] or [`Error::Forbidden`].
    pub async fn registrations(
        &self,
        caller: Caller,
        event: EventId,
        status: Option<RegistrationStatus>,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<RegistrationListItem, QueueNumber>, Error> {
        caller.account()?;
        let viewed = self.viewed_event(caller, event).await?;
        require(viewed.role, Role::Coach)?;
        Ok(self.ports.registrations.of_event(viewed.club, event, status, page).await?)
    }

    /// The queue of an event: for coaches.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], [`Error::Unauthenticated`] or [`Error::Forbidden`].
    pub async fn waitlist(
        &self,
        caller: Caller,
        event: EventId,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<WaitlistEntryView, QueueNumber>, Error> {
        caller.account()?;
        let viewed = self.viewed_event(caller, event).await?;
        require(viewed.role, Role::Coach)?;
        Ok(self.ports.waitlists.entries(viewed.club, event, page).await?)
    }

    /// The caller's own registrations.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`].
    pub async fn my_registrations(
        &self,
        caller: Caller,
        wanted: WhenWanted,
        page: PageRequest<MyRegistrationsCursor>,
    ) -> Result<Page<MyRegistrationView, MyRegistrationsCursor>, Error> {
        let account = caller.account()?;
        let now = self.ports.clock.now();
        let when = match wanted {
            WhenWanted::Any => When::Any,
            WhenWanted::Upcoming => When::Upcoming(now),
            WhenWanted::Past => When::Past(now),
        };
        Ok(self.ports.registrations.of_account(account, when, page).await?)
    }
}
