//! Reading clubs.

use spotter_domain::club::{ClubView, MemberView, Role, Slug};
use spotter_domain::id::AccountId;
use spotter_domain::page::{Page, PageRequest};

use crate::access::require;
use crate::{Caller, Error, Spotter};

impl Spotter {
    /// A club, with what the caller may do in it. Clubs are public.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`].
    pub async fn club(&self, caller: Caller, slug: &Slug) -> Result<ClubView, Error> {
        self.ports.clubs.by_slug(slug, caller.known()).await?.ok_or(Error::NotFound("club"))
    }

    /// All clubs.
    ///
    /// # Errors
    ///
    /// [`Error::Store`].
    pub async fn clubs(
        &self,
        caller: Caller,
        page: PageRequest<String>,
    ) -> Result<Page<ClubView, String>, Error> {
        Ok(self.ports.clubs.list(caller.known(), page).await?)
    }

    /// The members of a club: for managers.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], [`Error::Unauthenticated`] or [`Error::Forbidden`].
    pub async fn members(
        &self,
        caller: Caller,
        slug: &Slug,
        page: PageRequest<AccountId>,
    ) -> Result<Page<MemberView, AccountId>, Error> {
        caller.account()?;
        let club = self.club(caller, slug).await?;
        require(club.role, Role::Manager)?;
        Ok(self.ports.clubs.members(club.id, page).await?)
    }
}
