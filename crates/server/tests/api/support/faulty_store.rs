//! A store that fails as it is told, and is another one otherwise.

use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::account::{AccountRepository, ApiKeyRepository, RefreshTokenRepository};
use spotter_domain::club::ClubRepository;
use spotter_domain::event::EventRepository;
use spotter_domain::id::{ClubId, EventId, RegistrationId};
use spotter_domain::idempotency::{Claim, IdempotencyRepository, IdempotencySlot, KeptAnswer};
use spotter_domain::outbox::Outbox;
use spotter_domain::progress::ProgressRepository;
use spotter_domain::registration::{
    Decision, Registration, RegistrationRepository, RegistrationState, Standing, StandingRequest,
};
use spotter_domain::waitlist::{QueueNumber, WaitlistRepository};
use spotter_domain::wearable::WearableRepository;
use spotter_domain::workout::{
    ConsentRepository, ExerciseRepository, ImportRepository, TemplateRepository, WorkoutSessionRepository,
};
use spotter_domain::{Store, StoreError, Timestamp, UnitOfWork};

use super::faults::{At, Faults};

/// Another store, with faults.
pub(super) struct FaultyStore {
    inner: Arc<dyn Store>,
    faults: Faults,
}

struct FaultyUnit {
    inner: Box<dyn UnitOfWork>,
    faults: Faults,
}

impl FaultyStore {
    pub(super) fn new(inner: Arc<dyn Store>, faults: Faults) -> Self {
        Self { inner, faults }
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.faults.pass(At::Begin).await;
        self.faults.begin()?;
        Ok(Box::new(FaultyUnit { inner: self.inner.begin().await?, faults: self.faults.clone() }))
    }
}

/// Repositories that are those of the other store.
macro_rules! same {
    ($($name:ident: $repository:ident),+ $(,)?) => {
        $(fn $name(&mut self) -> &mut dyn $repository { self.inner.$name() })+
    };
}

#[async_trait]
impl UnitOfWork for FaultyUnit {
    same!(
        accounts: AccountRepository,
        api_keys: ApiKeyRepository,
        refresh_tokens: RefreshTokenRepository,
        clubs: ClubRepository,
        events: EventRepository,
        waitlist: WaitlistRepository,
        exercises: ExerciseRepository,
        workout_sessions: WorkoutSessionRepository,
        templates: TemplateRepository,
        imports: ImportRepository,
        consents: ConsentRepository,
        progress: ProgressRepository,
        wearables: WearableRepository,
        outbox: Outbox,
    );

    fn registrations(&mut self) -> &mut dyn RegistrationRepository {
        self
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { inner, faults } = *self;
        faults.pass(At::Commit).await;
        if let Err(error) = faults.before_commit() {
            inner.rollback().await?;
            return Err(error);
        }
        inner.commit().await?;
        faults.after_commit()
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.inner.rollback().await
    }
}

#[async_trait]
impl RegistrationRepository for FaultyUnit {
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        self.inner.registrations().by_id(id).await
    }

    async fn standing(&mut self, request: &StandingRequest) -> Result<Standing, StoreError> {
        self.inner.registrations().standing(request).await
    }

    async fn active_after(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError> {
        self.inner.registrations().active_after(club, event, after, limit).await
    }

    async fn save(&mut self, arrivals: &[Registration], changed: &[Registration]) -> Result<(), StoreError> {
        self.faults.save(arrivals)?;
        self.inner.registrations().save(arrivals, changed).await
    }

    async fn save_states(
        &mut self,
        club: ClubId,
        event: EventId,
        states: &[RegistrationState],
    ) -> Result<(), StoreError> {
        self.inner.registrations().save_states(club, event, states).await
    }

    async fn append_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        self.inner.registrations().append_decisions(decisions).await
    }
}

#[async_trait]
impl IdempotencyRepository for FaultyUnit {
    async fn claim(&mut self, slots: &[IdempotencySlot], now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        self.inner.idempotency().claim(slots, now).await
    }

    async fn keep(
        &mut self,
        answers: &[(IdempotencySlot, KeptAnswer)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if !answers.is_empty() {
            self.faults.keep()?;
        }
        self.inner.idempotency().keep(answers, now).await
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.inner.idempotency().purge(now, limit).await
    }
}
