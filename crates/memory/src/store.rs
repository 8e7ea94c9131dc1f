//! The store and its unit of work: one writer at a time, on a snapshot that is swapped in on commit.

use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::RwLock;
use spotter_domain::account::{AccountRepository, ApiKeyRepository, RefreshTokenRepository};
use spotter_domain::club::ClubRepository;
use spotter_domain::event::EventRepository;
use spotter_domain::idempotency::IdempotencyRepository;
use spotter_domain::outbox::Outbox;
use spotter_domain::progress::ProgressRepository;
use spotter_domain::registration::RegistrationRepository;
use spotter_domain::waitlist::WaitlistRepository;
use spotter_domain::wearable::WearableRepository;
use spotter_domain::workout::{
    ConsentRepository, ExerciseRepository, ImportRepository, TemplateRepository, WorkoutSessionRepository,
};
use spotter_domain::{Store, StoreError, UnitOfWork};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::refusal::conflict;
use crate::state::State;

/// Everything that Spotter stores, in memory. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    committed: RwLock<Arc<State>>,
    writer: Arc<Mutex<()>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next unit of work, as soon as it is the only one.
    pub(crate) async fn unit_of_work(&self) -> MemoryUnitOfWork {
        let writer = Arc::clone(&self.shared.writer).lock_owned().await;
        // Only now: what the writer before has committed must be in the snapshot.
        let state = State::clone(&self.shared.committed.read());
        let store = self.clone();
        MemoryUnitOfWork { state, health: Health::Good, store, _writer: writer }
    }

    /// What was committed last.
    pub(crate) fn committed(&self) -> Arc<State> {
        Arc::clone(&self.shared.committed.read())
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(self.unit_of_work().await))
    }
}

/// A transaction: a snapshot, and the right to be the only one who writes.
#[derive(Debug)]
pub(crate) struct MemoryUnitOfWork {
    pub(crate) state: State,
    health: Health,
    store: MemoryStore,
    _writer: OwnedMutexGuard<()>,
}

/// Whether everything that was to be written was. What was done by halves must not be committed, whatever the
/// caller makes of the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Good,
    Broken,
}

impl MemoryUnitOfWork {
    /// Writes something, which may fail halfway.
    pub(crate) fn write<T>(
        &mut self,
        change: impl FnOnce(&mut State) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = change(&mut self.state);
        if done.is_err() {
            self.health = Health::Broken;
        }
        done
    }
}

#[async_trait]
impl UnitOfWork for MemoryUnitOfWork {
    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self
    }

    fn api_keys(&mut self) -> &mut dyn ApiKeyRepository {
        self
    }

    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository {
        self
    }

    fn clubs(&mut self) -> &mut dyn ClubRepository {
        self
    }

    fn events(&mut self) -> &mut dyn EventRepository {
        self
    }

    fn registrations(&mut self) -> &mut dyn RegistrationRepository {
        self
    }

    fn waitlist(&mut self) -> &mut dyn WaitlistRepository {
        self
    }

    fn exercises(&mut self) -> &mut dyn ExerciseRepository {
        self
    }

    fn workout_sessions(&mut self) -> &mut dyn WorkoutSessionRepository {
        self
    }

    fn templates(&mut self) -> &mut dyn TemplateRepository {
        self
    }

    fn imports(&mut self) -> &mut dyn ImportRepository {
        self
    }

    fn consents(&mut self) -> &mut dyn ConsentRepository {
        self
    }

    fn progress(&mut self) -> &mut dyn ProgressRepository {
        self
    }

    fn wearables(&mut self) -> &mut dyn WearableRepository {
        self
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        if self.health == Health::Broken {
            return Err(conflict("a statement of this unit of work failed"));
        }
        *self.store.shared.committed.write() = Arc::new(self.state);
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        // Dropping the snapshot is all there is to do.
        Ok(())
    }
}
