//! The whole application on a loopback port, over the adapters that a test asks for.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;
use spotter_application::account::GrantOperator;
use spotter_application::operations::DatabaseMonitor;
use spotter_application::{BatchSettings, Caller, Ports, RequestContext, Spotter};
use spotter_domain::account::PasswordHasher;
use spotter_domain::id::AccountId;
use spotter_domain::rate_limit::{RateLimiter, RatePolicy};
use spotter_domain::{Clock, IdGenerator};
use spotter_http::{HttpState, Readiness};
use spotter_memory::{MemoryRateLimiter, MemoryStore};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_security::{Argon2Hasher, HashingLimits, KeyedVault, PasetoIssuer, SigningKey, WhoopVerifier};
use spotter_server::{listen, settings};
use spotter_testkit::clock::ManualClock;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::ids::SequentialIds;
use uuid::Uuid;

use super::faults::Faults;
use super::{Answer, Person};

/// The secret that the application shares with WHOOP.
pub(crate) const WHOOP_SECRET: &str = "a secret that WHOOP knows, too";

/// Whether the application limits rates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limits {
    Off,
    /// This many requests a minute, and sign-ins as always.
    On(u32),
}

/// What an application keeps its things in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    Memory,
    Sqlite,
    Postgres,
}

/// A running application. It stops when it is dropped.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    pub(crate) clock: ManualClock,
    pub(crate) spotter: Spotter,
    pub(crate) readiness: Readiness,
    pub(crate) http: reqwest::Client,
    server: ServerHandle,
    /// Goes with the last application over it.
    database: Option<Arc<TestDatabase>>,
}

impl TestApp {
    /// Over the memory adapters: fast.
    pub(crate) async fn memory() -> Self {
        Self::memory_with(Limits::Off).await
    }

    pub(crate) async fn memory_with(limits: Limits) -> Self {
        let shared = Arc::new(MemoryStore::new());
        let (clock, ids) = (ManualClock::new(), Arc::new(SequentialIds::new()));
        let ports = ports(&clock, ids, shared.clone(), limits);
        Self::start(Spotter::new(ports), shared, clock, limits, None).await
    }

    /// Over the memory adapters, with somebody else to say how the database is.
    pub(crate) async fn memory_watched_by(monitor: Arc<dyn DatabaseMonitor>) -> Self {
        let (clock, ids) = (ManualClock::new(), Arc::new(SequentialIds::new()));
        let ports = ports(&clock, ids, Arc::new(MemoryStore::new()), Limits::Off);
        Self::start(Spotter::new(ports), monitor, clock, Limits::Off, None).await
    }

    /// Over the memory adapters but for some, for what goes wrong.
    pub(crate) async fn memory_but(change: impl FnOnce(&mut Ports)) -> Self {
        let shared = Arc::new(MemoryStore::new());
        let (clock, ids) = (ManualClock::new(), Arc::new(SequentialIds::new()));
        let mut ports = ports(&clock, ids, shared.clone(), Limits::Off);
        change(&mut ports);
        Self::start(Spotter::new(ports), shared, clock, Limits::Off, None).await
    }

    /// Over a SQLite file of its own.
    pub(crate) async fn sqlite() -> Self {
        Self::over_new(TestDatabase::sqlite_migrated().await).await
    }

    /// Over a PostgreSQL database of its own.
    pub(crate) async fn postgres() -> Self {
        Self::over_new(TestDatabase::postgres_migrated().await).await
    }

    /// With desks as `settings` say, over a store that can be made to fail.
    pub(crate) async fn with_desks(over: Over, settings: BatchSettings) -> (Self, Faults) {
        let (clock, ids) = (ManualClock::new(), Arc::new(SequentialIds::new()));
        let database = match over {
            Over::Memory => {
                let shared = Arc::new(MemoryStore::new());
                let mut ports = ports(&clock, ids, shared.clone(), Limits::Off);
                let faults = Faults::into(&mut ports);
                let spotter = Spotter::with_desks(ports, settings);
                return (Self::start(spotter, shared, clock, Limits::Off, None).await, faults);
            }
            Over::Sqlite => TestDatabase::sqlite_migrated().await,
            Over::Postgres => TestDatabase::postgres_migrated().await,
        };
        let adapter = Arc::new(Database::connect(DatabaseSettings::new(database.url())).await.unwrap());
        let mut ports = ports(&clock, ids, adapter.clone(), Limits::Off);
        let faults = Faults::into(&mut ports);
        let spotter = Spotter::with_desks(ports, settings);
        (Self::start(spotter, adapter, clock, Limits::Off, Some(Arc::new(database))).await, faults)
    }

    /// Another node over the same database, with connections and requests in flight of its own. Time and
    /// identifiers are those of the first.
    pub(crate) async fn beside(&self) -> Self {
        let database = self.database.clone().expect("two nodes can share a database, not a memory");
        Self::over(database, self.clock.clone(), Arc::clone(&self.spotter.ports().ids)).await
    }

    async fn over_new(database: TestDatabase) -> Self {
        Self::over(Arc::new(database), ManualClock::new(), Arc::new(SequentialIds::new())).await
    }

    async fn over(database: Arc<TestDatabase>, clock: ManualClock, ids: Arc<dyn IdGenerator>) -> Self {
        let adapter = Arc::new(Database::connect(DatabaseSettings::new(database.url())).await.unwrap());
        let ports = ports(&clock, ids, adapter.clone(), Limits::Off);
        Self::start(Spotter::new(ports), adapter, clock, Limits::Off, Some(database)).await
    }

    async fn start(
        spotter: Spotter,
        monitor: Arc<dyn DatabaseMonitor>,
        clock: ManualClock,
        limits: Limits,
        database: Option<Arc<TestDatabase>>,
    ) -> Self {
        // A store that a test has broken has no catalogue.
        drop(spotter.load_catalogue().await);
        let readiness = Readiness::default();
        readiness.ready();
        let state = HttpState {
            spotter: spotter.clone(),
            monitor,
            readiness: readiness.clone(),
            settings: spotter_http::HttpSettings {
                server_timing: true,
                trust_forwarded_for: false,
                request_limits: match limits {
                    Limits::Off => None,
                    Limits::On(quota) => {
                        Some(RatePolicy { name: "default", quota, window: Duration::from_mins(1) })
                    }
                },
            },
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let options = settings::HttpSettings { workers: Some(1), shutdown_grace_s: 1, ..Default::default() };
        let server = listen::server(&state, listener, &options).unwrap();
        let handle = server.handle();
        tokio::spawn(server);
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address, clock, spotter, readiness, http, server: handle, database }
    }

    /// Where its database is.
    pub(crate) fn database_url(&self) -> &str {
        self.database.as_ref().expect("a memory has no address").url()
    }

    /// A request that nobody has signed.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("http://{}{path}", self.address))
    }

    /// What anybody gets to see at `path`.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// What anybody is told who posts `body` to `path`.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    /// Somebody new, signed in. They are made without hashing a password, so they can't log in.
    pub(crate) async fn person(&self, name: &str) -> Person {
        Person::new(self, name).await
    }

    /// The same, who runs the installation.
    pub(crate) async fn operator(&self, name: &str) -> Person {
        let person = self.person(name).await;
        let id = AccountId::from(person.id.parse::<Uuid>().unwrap());
        let mut unit = self.spotter.ports().store.begin().await.unwrap();
        let email = unit.accounts().by_id(id).await.unwrap().unwrap().email;
        drop(unit);
        let context = RequestContext::internal(Caller::Anonymous);
        self.spotter.run(&context, &GrantOperator { email }).await.unwrap();
        person
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Asking is enough: the runtime of the test ends with it.
        drop(self.server.stop(false));
    }
}

/// What keeps everything that an application has.
pub(crate) trait Adapter:
    spotter_domain::Store
    + spotter_domain::account::AccountQueries
    + spotter_domain::club::ClubQueries
    + spotter_domain::event::EventQueries
    + spotter_domain::registration::RegistrationQueries
    + spotter_domain::waitlist::WaitlistQueries
    + spotter_domain::workout::ExerciseQueries
    + spotter_domain::workout::WorkoutQueries
    + spotter_domain::progress::ProgressQueries
    + spotter_domain::wearable::WearableQueries
    + 'static
{
}

impl<S> Adapter for S where
    S: spotter_domain::Store
        + spotter_domain::account::AccountQueries
        + spotter_domain::club::ClubQueries
        + spotter_domain::event::EventQueries
        + spotter_domain::registration::RegistrationQueries
        + spotter_domain::waitlist::WaitlistQueries
        + spotter_domain::workout::ExerciseQueries
        + spotter_domain::workout::WorkoutQueries
        + spotter_domain::progress::ProgressQueries
        + spotter_domain::wearable::WearableQueries
        + 'static
{
}

/// The ports of an application over `store`, with real cryptography and a clock and identifiers to control.
fn ports<S: Adapter>(clock: &ManualClock, ids: Arc<dyn IdGenerator>, store: Arc<S>, limits: Limits) -> Ports {
    let hasher = Argon2Hasher::new(HashingLimits::default()).unwrap();
    ports_with(Arc::new(hasher), clock, ids, store, limits)
}

/// The same with a hasher that is there already: making one takes as long as hashing a password.
pub(crate) fn ports_with<S: Adapter>(
    hasher: Arc<dyn PasswordHasher>,
    clock: &ManualClock,
    ids: Arc<dyn IdGenerator>,
    store: Arc<S>,
    limits: Limits,
) -> Ports {
    let key = SigningKey::parse(SecretString::from("the signing key of these tests alone")).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(clock.clone());
    let limiter = || -> Arc<dyn RateLimiter> { Arc::new(MemoryRateLimiter::new(Arc::clone(&clock))) };
    Ports {
        accounts: store.clone(),
        clubs: store.clone(),
        events: store.clone(),
        registrations: store.clone(),
        waitlists: store.clone(),
        exercises: store.clone(),
        workouts: store.clone(),
        progress: store.clone(),
        wearables: store.clone(),
        store,
        limiter: (limits != Limits::Off).then(limiter),
        ids,
        hasher,
        tokens: Arc::new(PasetoIssuer::new(&key)),
        vault: Arc::new(KeyedVault::new(&key)),
        whoop: Some(Arc::new(WhoopVerifier::new(&WHOOP_SECRET.into()).unwrap())),
        clock,
    }
}
