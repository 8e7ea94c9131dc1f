//! Editing a club.

use async_trait::async_trait;
use spotter_domain::club::{ClubChange, ClubView, Role, Slug};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::ClubId;

use crate::access::require;
use crate::registration::{Books, settle};
use crate::{Command, Error, ExpectedVersion, Work};

/// How many events are settled at a time.
const BATCH: u16 = 100;

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
        let limit_before = club.pass_limit;
        club.change(self.change.clone());
        work.unit.clubs().update(&club).await?;
        if club.pass_limit > limit_before {
            seat_whom_the_old_limit_held_back(work, club.id).await?;
        }
        work.announce(DomainEvent::ClubChanged { club: club.id, version: club.version });
        Ok(club.view(role))
    }
}

/// A higher limit ends the holding of seats: whoever may pass now is seated at once, as after any other change
/// that frees seats.
async fn seat_whom_the_old_limit_held_back(work: &mut Work<'_>, club: ClubId) -> Result<(), Error> {
    let mut after = None;
    loop {
        let ids = work.unit.events().with_held_seats(club, work.now, after, BATCH).await?;
        let mut books = Books::of(work.unit.events().lock(&ids).await?);
        settle(work, &mut books).await?;
        books.save_rosters(work.unit).await?;
        match ids.last() {
            Some(last) if ids.len() == usize::from(BATCH) => after = Some(*last),
            _ => return Ok(()),
        }
    }
}
