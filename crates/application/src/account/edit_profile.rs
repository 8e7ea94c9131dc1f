//! Editing one's own profile.

use async_trait::async_trait;
use spotter_domain::account::{AccountChange, Profile};

use crate::{Command, Error, ExpectedVersion, Work};

/// Changes the caller's own name or preferences.
#[derive(Clone, Debug)]
pub struct EditProfile {
    /// What changes.
    pub change: AccountChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditProfile {
    type Answer = Profile;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Profile, Error> {
        let id = work.caller.account()?;
        let mut account = work.unit.accounts().by_id(id).await?.ok_or(Error::NotFound("account"))?;
        self.expected.check(account.version)?;
        account.change(self.change.clone());
        work.unit.accounts().update(&account).await?;
        Ok(account.profile())
    }
}
