//! Saying which user of WHOOP the caller is.

use async_trait::async_trait;
use spotter_domain::store::Inserted;

use crate::{Caller, Command, Error, Spotter, Work};

/// Says that the caller is a user of WHOOP, and no other any more.
#[derive(Clone, Copy, Debug)]
pub struct LinkWhoop {
    /// Which user.
    pub user: i64,
}

#[async_trait]
impl Command for LinkWhoop {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let account = work.caller.account()?;
        match work.unit.wearables().link(account, self.user).await? {
            Inserted::New => Ok(()),
            Inserted::Duplicate => {
                Err(Error::refused("wearable_linked", "somebody else is linked to this user of WHOOP"))
            }
        }
    }
}

/// Says that the caller is no user of WHOOP, or none any more.
#[derive(Clone, Copy, Debug)]
pub struct UnlinkWhoop;

#[async_trait]
impl Command for UnlinkWhoop {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let account = work.caller.account()?;
        work.unit.wearables().unlink(account).await?;
        Ok(())
    }
}

impl Spotter {
    /// The user of WHOOP that the caller is, if they are one.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn whoop_user(&self, caller: Caller) -> Result<Option<i64>, Error> {
        Ok(self.ports.wearables.linked_user(caller.account()?).await?)
    }
}
