//! What a store suite is run against.

use std::any::Any;
use std::sync::Arc;

use spotter_domain::account::AccountQueries;
use spotter_domain::club::ClubQueries;
use spotter_domain::event::EventQueries;
use spotter_domain::outbox::OutboxQueue;
use spotter_domain::page::{Limit, Page, PageRequest};
use spotter_domain::progress::ProgressQueries;
use spotter_domain::registration::RegistrationQueries;
use spotter_domain::waitlist::WaitlistQueries;
use spotter_domain::wearable::WearableQueries;
use spotter_domain::workout::{ExerciseQueries, WorkoutQueries};
use spotter_domain::{Store, StoreError, UnitOfWork};

use crate::fixtures::Seed;

/// A store with its queries, over an empty database of its own.
pub struct Subject {
    /// Where is written.
    pub store: Arc<dyn Store>,
    /// Where accounts are read.
    pub accounts: Arc<dyn AccountQueries>,
    /// Where clubs are read.
    pub clubs: Arc<dyn ClubQueries>,
    /// Where events are read.
    pub events: Arc<dyn EventQueries>,
    /// Where registrations are read.
    pub registrations: Arc<dyn RegistrationQueries>,
    /// Where queues are read.
    pub waitlists: Arc<dyn WaitlistQueries>,
    /// Where exercises are read.
    pub exercises: Arc<dyn ExerciseQueries>,
    /// Where workouts are read.
    pub workouts: Arc<dyn WorkoutQueries>,
    /// Where progress is read.
    pub progress: Arc<dyn ProgressQueries>,
    /// Where is read what wearables recorded.
    pub wearables: Arc<dyn WearableQueries>,
    /// How messages leave the outbox.
    pub queue: Arc<dyn OutboxQueue>,
    /// What has to live as long as the store, such as the database. Dropped last.
    pub keep_alive: Box<dyn Any + Send>,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").finish_non_exhaustive()
    }
}

impl Subject {
    /// An adapter that is the store and all queries in one.
    pub fn of<A>(adapter: A, keep_alive: impl Any + Send) -> Self
    where
        A: Store
            + AccountQueries
            + ClubQueries
            + EventQueries
            + RegistrationQueries
            + WaitlistQueries
            + ExerciseQueries
            + WorkoutQueries
            + ProgressQueries
            + WearableQueries
            + OutboxQueue
            + 'static,
    {
        let adapter = Arc::new(adapter);
        Self {
            store: Arc::clone(&adapter) as _,
            accounts: Arc::clone(&adapter) as _,
            clubs: Arc::clone(&adapter) as _,
            events: Arc::clone(&adapter) as _,
            registrations: Arc::clone(&adapter) as _,
            waitlists: Arc::clone(&adapter) as _,
            exercises: Arc::clone(&adapter) as _,
            workouts: Arc::clone(&adapter) as _,
            progress: Arc::clone(&adapter) as _,
            wearables: Arc::clone(&adapter) as _,
            queue: adapter,
            keep_alive: Box::new(keep_alive),
        }
    }

    /// Begins a unit of work.
    pub(super) async fn begin(&self) -> Box<dyn UnitOfWork> {
        self.store.begin().await.unwrap()
    }

    /// Writes what a test begins with.
    pub(super) async fn save(&self, seed: Seed) {
        seed.save(self.store.as_ref()).await;
    }
}

/// Reads a list to its end, so many items a page, and checks the shape of each page on the way.
pub(super) async fn walk<T, C: Clone>(
    limit: u64,
    fetch: impl AsyncFn(PageRequest<C>) -> Result<Page<T, C>, StoreError>,
) -> Vec<T> {
    let limit = Limit::clamped(limit);
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = fetch(PageRequest { limit, after }).await.unwrap();
        assert!(page.items.len() <= usize::from(limit.get()), "a page is larger than was asked for");
        if page.next.is_some() {
            assert_eq!(page.items.len(), usize::from(limit.get()), "a page before the last is not full");
        }
        all.extend(page.items);
        assert!(all.len() <= 1_000, "the list has no end");
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}
