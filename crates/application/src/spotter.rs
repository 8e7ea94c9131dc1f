//! The application: ports, wired, and the running of commands over them.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use spotter_domain::account::{AccountQueries, PasswordHasher};
use spotter_domain::club::ClubQueries;
use spotter_domain::event::EventQueries;
use spotter_domain::id::MessageId;
use spotter_domain::idempotency::{Claim, IdempotencySlot};
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::progress::ProgressQueries;
use spotter_domain::rate_limit::RateLimiter;
use spotter_domain::registration::RegistrationQueries;
use spotter_domain::vault::{TokenIssuer, Vault};
use spotter_domain::waitlist::WaitlistQueries;
use spotter_domain::wearable::{WearableQueries, WebhookVerifier};
use spotter_domain::workout::{ExerciseQueries, WorkoutQueries};
use spotter_domain::{Clock, IdGenerator, Store, StoreError, Timestamp, UnitOfWork};

use crate::batching::BatchSettings;
use crate::command::{Command, Work};
use crate::desks::Desks;
use crate::idempotency::{IdempotentRequest, InFlight, Kept};
use crate::workout::NamesCache;
use crate::{Caller, Error};

/// Everything that the application needs from the outside.
#[derive(Clone)]
pub struct Ports {
    /// Where things are written.
    pub store: Arc<dyn Store>,
    /// Reads accounts.
    pub accounts: Arc<dyn AccountQueries>,
    /// Reads clubs.
    pub clubs: Arc<dyn ClubQueries>,
    /// Reads events.
    pub events: Arc<dyn EventQueries>,
    /// Reads registrations.
    pub registrations: Arc<dyn RegistrationQueries>,
    /// Reads queues.
    pub waitlists: Arc<dyn WaitlistQueries>,
    /// Reads exercises.
    pub exercises: Arc<dyn ExerciseQueries>,
    /// Reads workout sessions, templates and imports.
    pub workouts: Arc<dyn WorkoutQueries>,
    /// Reads progress.
    pub progress: Arc<dyn ProgressQueries>,
    /// Reads what wearables recorded.
    pub wearables: Arc<dyn WearableQueries>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub ids: Arc<dyn IdGenerator>,
    /// Hashes passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Issues access tokens.
    pub tokens: Arc<dyn TokenIssuer>,
    /// Guards secrets.
    pub vault: Arc<dyn Vault>,
    /// Recognises what WHOOP sends; without it nothing is taken from there.
    pub whoop: Option<Arc<dyn WebhookVerifier>>,
    /// Counts attempts; without one nothing is limited.
    pub limiter: Option<Arc<dyn RateLimiter>>,
}

/// What a request says beside what it wants.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Who is asking.
    pub caller: Caller,
    /// From where.
    pub address: Option<IpAddr>,
    /// The key under which it may be sent again.
    pub idempotency: Option<IdempotentRequest>,
    /// The W3C `traceparent` that it is handled under.
    pub trace_context: Option<String>,
}

impl RequestContext {
    /// The context of something that was not asked for over a network.
    #[must_use]
    pub const fn internal(caller: Caller) -> Self {
        Self { caller, address: None, idempotency: None, trace_context: None }
    }
}

/// The application. Cloning it shares it.
#[derive(Clone)]
pub struct Spotter {
    pub(crate) ports: Ports,
    pub(crate) names: Arc<NamesCache>,
    pub(crate) desks: Desks,
    in_flight: InFlight,
}

/// How often a unit of work is tried when other transactions are in the way.
const ATTEMPTS: u32 = 6;

impl Spotter {
    /// The application over `ports`, with desks as they are by default.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        Self::with_desks(ports, BatchSettings::default())
    }

    /// The application over `ports`. Its desks work on the runtime that this is called on.
    #[must_use]
    pub fn with_desks(ports: Ports, settings: BatchSettings) -> Self {
        let in_flight = InFlight::default();
        let names = Arc::default();
        let desks = Desks::new(&ports, &names, &in_flight, settings);
        Self { ports, names, desks, in_flight }
    }

    /// The ports that it was made with.
    #[must_use]
    pub const fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Who presents `bearer`: an access token, or an API key.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] when it is no good, [`Error::Store`] when that can't be found out.
    pub async fn authenticate(&self, bearer: &str) -> Result<Caller, Error> {
        if bearer.starts_with(spotter_domain::account::ApiKey::PREFIX) {
            let digest = self.ports.vault.digest(bearer);
            return match self.ports.accounts.owner_of_key(digest).await? {
                Some(account) => Ok(Caller::Account(account)),
                None => Err(Error::unauthenticated("invalid_api_key", "the API key is not valid")),
            };
        }
        match self.ports.tokens.verify(bearer, self.ports.clock.now()) {
            Ok(claims) => Ok(Caller::Account(claims.account)),
            Err(error) => {
                let code = match error {
                    spotter_domain::vault::TokenError::Expired => "token_expired",
                    spotter_domain::vault::TokenError::Invalid => "invalid_token",
                };
                Err(Error::unauthenticated(code, error.to_string()))
            }
        }
    }

    /// Runs a command in one unit of work.
    ///
    /// # Errors
    ///
    /// What the command answers; [`Error::KeyReused`] and [`Error::KeyInFlight`] for idempotency keys; and
    /// [`Error::Store`] when the store could not do it, however often it was tried.
    pub async fn run<C: Command>(&self, context: &RequestContext, command: &C) -> Result<C::Answer, Error> {
        let slot = context.idempotency.as_ref().map(|request| {
            let slot = IdempotencySlot { account: context.caller.known(), key: request.key.clone() };
            (slot, self.ports.vault.fingerprint(&request.content))
        });
        let _guard = slot.as_ref().map(|(slot, _)| self.in_flight.enter(slot)).transpose()?;
        let mut attempt = 1;
        loop {
            match self.attempt(context, slot.as_ref(), command).await {
                Err(Error::Store(StoreError::Conflict(what))) if attempt < ATTEMPTS => {
                    tracing::debug!(attempt, what, "another transaction was in the way; trying again");
                    self.back_off(attempt).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// Waits before another attempt, twice as long each time, with a spread so that two don't meet again.
    async fn back_off(&self, attempt: u32) {
        let spread = u64::from(self.ports.ids.next().as_bytes()[15] % 8);
        tokio::time::sleep(Duration::from_millis((1 << attempt) + spread)).await;
    }

    async fn attempt<C: Command>(
        &self,
        context: &RequestContext,
        slot: Option<&(IdempotencySlot, [u8; 32])>,
        command: &C,
    ) -> Result<C::Answer, Error> {
        let mut unit = self.ports.store.begin().await?;
        let now = self.ports.clock.now();
        if let Some((slot, fingerprint)) = slot {
            match claim(unit.as_mut(), slot, now).await? {
                Claim::Free => {}
                Claim::InFlight => return Err(Error::KeyInFlight),
                Claim::Answered(kept) => {
                    // Its claim must be gone before the answer is out, or the next one finds it in flight.
                    unit.rollback().await?;
                    return Kept::open(self.ports.vault.as_ref(), *fingerprint, &kept)?.into_result();
                }
            }
        }
        let mut work = Work {
            unit: unit.as_mut(),
            caller: context.caller,
            now,
            ids: self.ports.ids.as_ref(),
            vault: self.ports.vault.as_ref(),
            names: &self.names,
            caused: Vec::new(),
        };
        let outcome = command.apply(&mut work).await;
        let caused = std::mem::take(&mut work.caused);
        match (outcome, slot) {
            (Ok(answer), _) => {
                let messages: Vec<_> = caused
                    .into_iter()
                    .map(|event| OutboxMessage {
                        id: MessageId::generate(self.ports.ids.as_ref()),
                        event,
                        created_at: now,
                        trace_context: context.trace_context.clone(),
                    })
                    .collect();
                unit.outbox().append(&messages).await?;
                let answer = match slot {
                    None => answer,
                    Some((slot, fingerprint)) => {
                        let kept = Kept::Done(answer);
                        let sealed = kept.seal(self.ports.vault.as_ref(), *fingerprint, now)?;
                        unit.idempotency().keep(&[(slot.clone(), sealed)], now).await?;
                        kept.into_result()?
                    }
                };
                unit.commit().await?;
                Ok(answer)
            }
            (Err(Error::Refused(refusal)), Some((slot, fingerprint))) => {
                unit.rollback().await?;
                self.keep_refusal::<C>(slot, *fingerprint, refusal).await
            }
            (Err(error), _) => {
                if let Err(rollback) = unit.rollback().await {
                    tracing::debug!(%rollback, "the connection went before the transaction did");
                }
                Err(error)
            }
        }
    }

    async fn keep_refusal<C: Command>(
        &self,
        slot: &IdempotencySlot,
        fingerprint: [u8; 32],
        refusal: crate::Refusal,
    ) -> Result<C::Answer, Error> {
        let vault = self.ports.vault.as_ref();
        let now = self.ports.clock.now();
        let mut unit = self.ports.store.begin().await?;
        match claim(unit.as_mut(), slot, now).await? {
            Claim::InFlight => Err(Error::KeyInFlight),
            Claim::Answered(kept) => {
                unit.rollback().await?;
                Kept::open(vault, fingerprint, &kept)?.into_result()
            }
            Claim::Free => {
                let kept = Kept::<C::Answer>::Refused(refusal);
                let sealed = kept.seal(vault, fingerprint, now)?;
                unit.idempotency().keep(&[(slot.clone(), sealed)], now).await?;
                unit.commit().await?;
                kept.into_result()
            }
        }
    }
}

/// Claims one slot.
async fn claim(
    unit: &mut dyn UnitOfWork,
    slot: &IdempotencySlot,
    now: Timestamp,
) -> Result<Claim, StoreError> {
    let claims = unit.idempotency().claim(std::slice::from_ref(slot), now).await?;
    Ok(claims.into_iter().next().unwrap_or(Claim::InFlight))
}
