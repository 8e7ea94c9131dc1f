//! `spotter operator`.

use spotter_application::account::GrantOperator;
use spotter_application::{Caller, Error, RequestContext};
use spotter_domain::account::Email;

use crate::exit::Failure;
use crate::settings::Settings;
use crate::wiring::{application, check, open_database};

/// Makes an existing account an operator.
///
/// # Errors
///
/// [`Failure`] when the address is none, nobody has it, or the database can't be reached.
pub async fn grant(settings: &Settings, email: &str) -> Result<String, Failure> {
    let address = Email::parse(email).map_err(|error| Failure::Usage(format!("the address {error}")))?;
    check(settings)?;
    let database = open_database(settings).await?;
    let spotter = application(settings, &database)?;
    let context = RequestContext::internal(Caller::Anonymous);
    let outcome = spotter.run(&context, &GrantOperator { email: address }).await;
    database.close().await;
    match outcome {
        Ok(()) => Ok(format!("{email} is an operator\n")),
        Err(Error::NotFound(_)) => {
            Err(Failure::Other(format!("no account has the address {email}: sign up with it first")))
        }
        Err(error) => Err(Failure::other("the account can't be changed", error)),
    }
}
