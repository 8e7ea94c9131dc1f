//! Reading what an account keeps.

use spotter_domain::account::{ApiKeyView, Athlete, Profile};
use spotter_domain::id::ApiKeyId;
use spotter_domain::page::{Page, PageRequest};

use crate::access::account_gone;
use crate::{Caller, Error, Spotter};

impl Spotter {
    /// The caller's own profile.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in, or whose account is gone.
    pub async fn profile(&self, caller: Caller) -> Result<Profile, Error> {
        let account = caller.account()?;
        self.ports.accounts.profile(account).await?.ok_or_else(account_gone)
    }

    /// The caller as their workouts know them.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in, or whose account is gone.
    pub(crate) async fn athlete(&self, caller: Caller) -> Result<Athlete, Error> {
        let account = caller.account()?;
        self.ports.accounts.athlete(account).await?.ok_or_else(account_gone)
    }

    /// The caller's API keys.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn api_keys(
        &self,
        caller: Caller,
        page: PageRequest<ApiKeyId>,
    ) -> Result<Page<ApiKeyView, ApiKeyId>, Error> {
        Ok(self.ports.accounts.api_keys(caller.account()?, page).await?)
    }

    /// Lets operators pass.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] or [`Error::Forbidden`] for everybody else.
    pub async fn require_operator(&self, caller: Caller) -> Result<(), Error> {
        if self.profile(caller).await?.is_operator {
            Ok(())
        } else {
            Err(Error::forbidden("operator_required", "this is for the operators of the installation"))
        }
    }
}
