//! Making somebody an operator.

use async_trait::async_trait;
use spotter_domain::account::Email;

use crate::{Command, Error, Work};

/// Makes an existing account an operator. Done from the command line of the installation, not over HTTP.
/// Granting it twice changes nothing.
#[derive(Clone, Debug)]
pub struct GrantOperator {
    /// The address of the account.
    pub email: Email,
}

#[async_trait]
impl Command for GrantOperator {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let mut account = work
            .unit
            .accounts()
            .by_email(&self.email)
            .await?
            .ok_or(Error::NotFound("account of that address"))?;
        if !account.is_operator {
            account.is_operator = true;
            account.version += 1;
            work.unit.accounts().update(&account).await?;
        }
        Ok(())
    }
}
