//! The steps of the demonstration, each of which is taken once however often it is tried.
//!
//! Every step goes under an idempotency key that counts the steps. So a demonstration that was cut off is
//! finished by the next start, and two nodes that start together make one.

use std::time::Duration;

use spotter_application::account::SignUp;
use spotter_application::{Caller, Command, Error, IdempotentRequest, RequestContext, Spotter};
use spotter_domain::account::{Email, Password};
use spotter_domain::id::AccountId;
use spotter_domain::idempotency::IdempotencyKey;
use spotter_domain::text::DisplayName;

use super::{PASSWORD, unexpected};

/// How often, and after what rest, a step is tried again that another node is taking.
const TRIES: u32 = 400;
const REST: Duration = Duration::from_millis(25);

/// Takes the steps in their order.
pub(super) struct Script<'a> {
    spotter: &'a Spotter,
    step: u32,
}

impl<'a> Script<'a> {
    pub(super) const fn new(spotter: &'a Spotter) -> Self {
        Self { spotter, step: 0 }
    }

    /// Where it is played.
    pub(super) const fn spotter(&self) -> &'a Spotter {
        self.spotter
    }

    /// The context of the next step.
    fn next(&mut self, caller: Caller) -> Result<RequestContext, Error> {
        self.step += 1;
        let name = format!("demonstration-{}", self.step);
        let key = IdempotencyKey::parse(&name).map_err(unexpected)?;
        let idempotency = Some(IdempotentRequest { key, content: name.into_bytes() });
        Ok(RequestContext { idempotency, ..RequestContext::internal(caller) })
    }

    /// Lets somebody do something.
    pub(super) async fn take<C: Command>(&mut self, who: AccountId, command: &C) -> Result<C::Answer, Error> {
        let spotter = self.spotter;
        self.insist(who, async |context| spotter.run(context, command).await).await
    }

    /// Lets somebody do something under the next key, until nobody else does it at the same time.
    pub(super) async fn insist<T>(
        &mut self,
        who: AccountId,
        act: impl AsyncFn(&RequestContext) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let context = self.next(Caller::Account(who))?;
        for _ in 0..TRIES {
            match act(&context).await {
                Err(Error::KeyInFlight) => tokio::time::sleep(REST).await,
                outcome => return outcome,
            }
        }
        Err(Error::KeyInFlight)
    }

    /// Signs somebody up.
    pub(super) async fn sign_up(&mut self, name: &str, email: &str) -> Result<AccountId, Error> {
        let context = self.next(Caller::Anonymous)?;
        let command = SignUp {
            email: Email::parse(email).map_err(unexpected)?,
            password: Password::parse_new(PASSWORD.to_owned()).map_err(unexpected)?,
            display_name: DisplayName::parse(name).map_err(unexpected)?,
        };
        for _ in 0..TRIES {
            match self.spotter.sign_up(&context, command.clone()).await {
                Err(Error::KeyInFlight) => tokio::time::sleep(REST).await,
                outcome => return Ok(outcome?.profile.id),
            }
        }
        Err(Error::KeyInFlight)
    }
}
