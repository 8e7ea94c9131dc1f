//! Editing one's own profile.

use async_trait::async_trait;
use spotter_domain::account::{AccountChange, Profile};
use spotter_domain::progress::Arithmetic;

use crate::access::account_gone;
use crate::progress::derive_anew;
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
        let athlete = work.lock_athlete().await?;
        let mut account = work.unit.accounts().by_id(athlete.account).await?.ok_or_else(account_gone)?;
        self.expected.check(account.version)?;
        account.change(self.change.clone());
        work.unit.accounts().update(&account).await?;
        let (before, after) = (&athlete.preferences, &account.preferences);
        if before.time_zone != after.time_zone || before.one_rep_max != after.one_rep_max {
            // Days begin elsewhere, or estimates differ: all that is derived is derived anew (rule W6).
            derive_anew(work, account.id, &Arithmetic::of(after)).await?;
        }
        Ok(account.profile())
    }
}
