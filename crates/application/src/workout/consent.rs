//! Letting the coaches of a club see one's workout sessions, and withdrawing that (rule W1).

use async_trait::async_trait;
use spotter_domain::Timestamp;
use spotter_domain::club::{Role, Slug};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::AccountId;
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::store::Inserted;
use spotter_domain::workout::{CoachedAthlete, CoachingConsent};

use crate::access::require;
use crate::{Caller, Command, Error, Spotter, Work};

/// Lets the coaches of a club see the caller's workout sessions. Doing it again changes nothing. Answers since when
/// they do, unless they did before.
#[derive(Clone, Debug)]
pub struct GrantCoachingConsent {
    /// Whose coaches.
    pub club: Slug,
}

#[async_trait]
impl Command for GrantCoachingConsent {
    type Answer = Option<Timestamp>;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Option<Timestamp>, Error> {
        let account = work.caller.account()?;
        let club = work.unit.clubs().by_slug(&self.club).await?.ok_or(Error::NotFound("club"))?;
        require(work.role_in(club.id).await?, Role::Member)?;
        let consent = CoachingConsent { club: club.id, account, granted_at: work.now };
        if work.unit.consents().grant(&consent).await? != Inserted::New {
            return Ok(None);
        }
        work.announce(DomainEvent::CoachingConsentGranted { club: club.id, account });
        Ok(Some(work.now))
    }
}

/// Lets them see nothing any more. Doing it again changes nothing.
#[derive(Clone, Debug)]
pub struct WithdrawCoachingConsent {
    /// Whose coaches.
    pub club: Slug,
}

#[async_trait]
impl Command for WithdrawCoachingConsent {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let account = work.caller.account()?;
        let club = work.unit.clubs().by_slug(&self.club).await?.ok_or(Error::NotFound("club"))?;
        if work.unit.consents().withdraw(club.id, account).await? > 0 {
            work.announce(DomainEvent::CoachingConsentWithdrawn { club: club.id, account });
        }
        Ok(())
    }
}

impl Spotter {
    /// The caller's own consent in a club, if they have given it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is no such club; [`Error::Unauthenticated`].
    pub async fn coaching_consent(
        &self,
        caller: Caller,
        slug: &Slug,
    ) -> Result<Option<CoachingConsent>, Error> {
        let account = caller.account()?;
        let club = self.club(caller, slug).await?;
        Ok(self.ports.workouts.consent(club.id, account).await?)
    }

    /// The members of a club who let its coaches see their workout sessions: for coaches.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is no such club; [`Error::Forbidden`] for everybody but its coaches.
    pub async fn coached_athletes(
        &self,
        caller: Caller,
        slug: &Slug,
        page: PageRequest<AccountId>,
    ) -> Result<Page<CoachedAthlete, AccountId>, Error> {
        caller.account()?;
        let club = self.club(caller, slug).await?;
        require(club.role, Role::Coach)?;
        Ok(self.ports.workouts.coached(club.id, page).await?)
    }
}
