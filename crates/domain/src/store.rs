//! Writing: a unit of work is a transaction, and it carries every repository and the outbox.

use async_trait::async_trait;

use crate::account::{AccountRepository, ApiKeyRepository, RefreshTokenRepository};
use crate::club::ClubRepository;
use crate::event::EventRepository;
use crate::idempotency::IdempotencyRepository;
use crate::outbox::Outbox;
use crate::progress::ProgressRepository;
use crate::registration::RegistrationRepository;
use crate::waitlist::WaitlistRepository;
use crate::wearable::WearableRepository;
use crate::workout::{
    ConsentRepository, ExerciseRepository, ImportRepository, TemplateRepository, WorkoutSessionRepository,
};

/// Why a store could not do what it was asked. The same for every adapter.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another transaction was in the way (serialization failure, deadlock, unique key taken meanwhile):
    /// running the whole unit of work again may succeed.
    #[error("another transaction was in the way: {0}")]
    Conflict(String),
    /// The store can't be reached or can't serve now.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The store did not answer in the time allowed.
    #[error("the store took too long: {0}")]
    Timeout(String),
    /// What is stored, or what a statement did, makes no sense: a row that can't become a value, a statement
    /// that touched an unexpected number of rows.
    #[error("inconsistent data in {table}.{column} of {id}: {detail}")]
    Corrupt {
        /// The table that it was found in.
        table: &'static str,
        /// The column, or the statement's name.
        column: &'static str,
        /// The row.
        id: String,
        /// What is wrong with it.
        detail: String,
    },
}

/// What became of an insert that a unique key could refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It was written.
    New,
    /// Another row holds the key; nothing was written and the transaction goes on.
    Duplicate,
}

/// Begins units of work.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins a transaction that can write.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;
}

/// One transaction: what is done through it happens as a whole or not at all.
///
/// Dropped without [`UnitOfWork::commit`], it is rolled back soon after. Its own reads see its own writes.
#[async_trait]
pub trait UnitOfWork: Send {
    /// People.
    fn accounts(&mut self) -> &mut dyn AccountRepository;
    /// Keys of programs.
    fn api_keys(&mut self) -> &mut dyn ApiKeyRepository;
    /// Refresh tokens.
    fn refresh_tokens(&mut self) -> &mut dyn RefreshTokenRepository;
    /// Clubs and memberships.
    fn clubs(&mut self) -> &mut dyn ClubRepository;
    /// Events and their rosters.
    fn events(&mut self) -> &mut dyn EventRepository;
    /// Registrations and their decision logs.
    fn registrations(&mut self) -> &mut dyn RegistrationRepository;
    /// The queues of events.
    fn waitlist(&mut self) -> &mut dyn WaitlistRepository;
    /// The exercises of the catalogue and of people.
    fn exercises(&mut self) -> &mut dyn ExerciseRepository;
    /// Workout sessions.
    fn workout_sessions(&mut self) -> &mut dyn WorkoutSessionRepository;
    /// Workout templates.
    fn templates(&mut self) -> &mut dyn TemplateRepository;
    /// What is known of imports.
    fn imports(&mut self) -> &mut dyn ImportRepository;
    /// Who lets the coaches of a club see their workout sessions.
    fn consents(&mut self) -> &mut dyn ConsentRepository;
    /// What is derived from workout sessions.
    fn progress(&mut self) -> &mut dyn ProgressRepository;
    /// What wearables recorded.
    fn wearables(&mut self) -> &mut dyn WearableRepository;
    /// Answers kept for requests that may be sent again.
    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository;
    /// Announcements of what happened.
    fn outbox(&mut self) -> &mut dyn Outbox;
    /// Makes everything done so far durable and visible.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
    /// Undoes everything done so far. Unlike dropping, it answers when the transaction's locks are free.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}
