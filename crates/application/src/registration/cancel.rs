//! Giving a place up.

use async_trait::async_trait;
use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{CancelledBy, RegistrationView};

use super::ledger::Cancelled;
use super::{Ledger, view};
use crate::access::is_staff;
use crate::{Command, Error, Work};

/// Gives a registration up: by the person themselves or by staff. The seats go to those who wait for them in
/// the same transaction (rule R4). Doing it twice is doing it once (rule R7).
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// Which registration.
    pub registration: RegistrationId,
}

#[async_trait]
impl Command for Cancel {
    type Answer = RegistrationView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<RegistrationView, Error> {
        let caller = work.caller.account()?;
        let unlocked = find(work, self.registration).await?;
        let by = if unlocked.account == caller {
            CancelledBy::Person
        } else if is_staff(work.role_in(unlocked.club).await?) {
            CancelledBy::Staff
        } else {
            return Err(Error::NotFound("registration"));
        };
        let mut locked = work.lock_event(unlocked.event).await?.ok_or(Error::NotFound("event"))?;
        // Only under the event's lock is it certain where the registration stands.
        let mut registration = find(work, self.registration).await?;
        let mut ledger = Ledger::default();
        if ledger.cancel(work, &mut locked.event, &mut registration, by)? == Cancelled::Now {
            ledger.settle(work, &mut locked).await?;
            ledger.save(work, &locked.event).await?;
            work.unit.events().save_rosters(&[(locked.event.id, locked.event.roster)]).await?;
        }
        view(work, &registration).await
    }
}

async fn find(
    work: &mut Work<'_>,
    id: RegistrationId,
) -> Result<spotter_domain::registration::Registration, Error> {
    work.unit.registrations().by_id(id).await?.ok_or(Error::NotFound("registration"))
}
