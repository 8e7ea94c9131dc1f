//! Editing a club.

use async_trait::async_trait;
use spotter_domain::club::{ClubChange, ClubView, Role, Slug};
use spotter_domain::domain_event::DomainEvent;

use crate::access::require;
use crate::{Command, Error, ExpectedVersion, Work};

/// Changes a club's name, zone or policies: for managers.
#[derive(Clone, Debug)]
pub struct EditClub {
    /// Which club.
    pub club: Slug,
    /// What changes.
    pub change: ClubChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditClub {
    type Answer = ClubView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<ClubView, Error> {
        work.caller.account()?;
        let mut club = work.unit.clubs().lock(&self.club).await?.ok_or(Error::NotFound("club"))?;
        let role = work.role_in(club.id).await?;
        require(role, Role::Manager)?;
        self.expected.check(club.version)?;
        club.change(self.change.clone());
        work.unit.clubs().update(&club).await?;
        work.announce(DomainEvent::ClubChanged { club: club.id, version: club.version });
        Ok(club.view(role))
    }
}
