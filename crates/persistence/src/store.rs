//! Units of work: one transaction that carries every repository.

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseTransaction, ExecResult};
use spotter_domain::account::{AccountRepository, ApiKeyRepository, RefreshTokenRepository};
use spotter_domain::club::ClubRepository;
use spotter_domain::event::EventRepository;
use spotter_domain::idempotency::IdempotencyRepository;
use spotter_domain::outbox::Outbox;
use spotter_domain::progress::ProgressRepository;
use spotter_domain::registration::RegistrationRepository;
use spotter_domain::store::Inserted;
use spotter_domain::waitlist::WaitlistRepository;
use spotter_domain::wearable::WearableRepository;
use spotter_domain::workout::{
    ConsentRepository, ExerciseRepository, ImportRepository, TemplateRepository, WorkoutSessionRepository,
};
use spotter_domain::{Store, StoreError, UnitOfWork};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::error::{Place, store_error, unexpected_rows};
use crate::gate::Permit;
use crate::row::Row;
use crate::sql::Sql;
use crate::{Backend, Database};

/// A transaction and every repository upon it.
pub(crate) struct SeaOrmUnitOfWork {
    pub(crate) backend: Backend,
    transaction: Option<DatabaseTransaction>,
    health: Health,
    runtime: Handle,
    _permit: Permit,
}

/// Whether everything asked of a transaction was done. PostgreSQL answers a commit after a failure with a
/// rollback that looks like success; and a statement that was given up halfway may or may not have happened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    Good,
    Broken,
}

#[async_trait]
impl Store for Database {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(SeaOrmUnitOfWork::begin(self).await?))
    }
}

impl SeaOrmUnitOfWork {
    /// Begins a transaction that can write.
    pub(crate) async fn begin(database: &Database) -> Result<Self, StoreError> {
        let (transaction, permit) = database.transaction().await?;
        Ok(Self {
            backend: database.backend(),
            transaction: Some(transaction),
            health: Health::Good,
            runtime: Handle::current(),
            _permit: permit,
        })
    }

    fn usable(&mut self, place: Place) -> Result<&DatabaseTransaction, StoreError> {
        if self.health == Health::Broken {
            return Err(broken(place));
        }
        // Mended again by the statement that ends well.
        self.health = Health::Broken;
        self.transaction.as_ref().ok_or_else(|| broken(place))
    }

    /// The rows of a query.
    pub(crate) async fn all(&mut self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        let place = sql.place;
        let rows = self.usable(place)?.query_all_raw(sql.into_statement()).await;
        let rows = rows.map_err(|error| store_error(&error, place))?;
        self.health = Health::Good;
        Ok(rows.into_iter().map(|row| Row::new(row, place.table)).collect())
    }

    /// The first row of a query.
    pub(crate) async fn one(&mut self, sql: Sql) -> Result<Option<Row>, StoreError> {
        let place = sql.place;
        let row = self.usable(place)?.query_one_raw(sql.into_statement()).await;
        let row = row.map_err(|error| store_error(&error, place))?;
        self.health = Health::Good;
        Ok(row.map(|row| Row::new(row, place.table)))
    }

    /// The number that a query counts as `count`.
    pub(crate) async fn count(&mut self, sql: Sql) -> Result<u64, StoreError> {
        self.one(sql).await?.map_or(Ok(0), |row| row.big("count"))
    }

    /// Runs a statement; says how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64, StoreError> {
        let place = sql.place;
        let done: ExecResult = self
            .usable(place)?
            .execute_raw(sql.into_statement())
            .await
            .map_err(|error| store_error(&error, place))?;
        self.health = Health::Good;
        Ok(done.rows_affected())
    }

    /// Runs a statement that has to touch `expected` rows, those of `id`.
    pub(crate) async fn execute_on(&mut self, sql: Sql, id: Uuid, expected: usize) -> Result<(), StoreError> {
        let place = sql.place;
        let expected = u64::try_from(expected).unwrap_or(u64::MAX);
        match self.execute(sql).await? {
            touched if touched == expected => Ok(()),
            touched => {
                // Done by halves: it must not be committed, whatever the caller makes of the error.
                self.health = Health::Broken;
                Err(unexpected_rows(place, id, touched, expected))
            }
        }
    }

    /// Runs a statement that touches fewer than `expected` rows where another transaction was in the way.
    pub(crate) async fn execute_or_conflict(&mut self, sql: Sql, expected: usize) -> Result<(), StoreError> {
        let place = sql.place;
        match self.execute(sql).await? {
            touched if usize::try_from(touched) == Ok(expected) => Ok(()),
            _ => {
                // Done by halves, as above.
                self.health = Health::Broken;
                Err(StoreError::Conflict(format!("{place}: another transaction wrote it meanwhile")))
            }
        }
    }

    /// Runs an insert that does nothing where a unique key is taken.
    pub(crate) async fn insert_unless_taken(&mut self, sql: Sql) -> Result<Inserted, StoreError> {
        match self.execute(sql).await? {
            0 => Ok(Inserted::Duplicate),
            _ => Ok(Inserted::New),
        }
    }

    /// Runs an update that finds nothing where the stored version is not the one before.
    pub(crate) async fn update_version(&mut self, sql: Sql, id: Uuid) -> Result<(), StoreError> {
        let place = sql.place;
        match self.execute(sql).await? {
            1 => Ok(()),
            0 => Err(StoreError::Conflict(format!("{place}: the stored version is another"))),
            touched => Err(unexpected_rows(place, id, touched, 1)),
        }
    }
}

fn broken(place: Place) -> StoreError {
    StoreError::Conflict(format!("{place}: a statement before it in the same unit of work failed"))
}

impl Drop for SeaOrmUnitOfWork {
    fn drop(&mut self) {
        // The connection goes back to its pool in a task, so there has to be a runtime to put it on, wherever
        // this is dropped.
        let _inside = self.runtime.enter();
        drop(self.transaction.take());
    }
}

#[async_trait]
impl UnitOfWork for SeaOrmUnitOfWork {
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

    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        let place = Place { table: "database", statement: "commit" };
        self.usable(place)?;
        let transaction = self.transaction.take().ok_or_else(|| broken(place))?;
        transaction.commit().await.map_err(|error| store_error(&error, place))
    }

    async fn rollback(mut self: Box<Self>) -> Result<(), StoreError> {
        let place = Place { table: "database", statement: "rollback" };
        match self.transaction.take() {
            Some(transaction) => transaction.rollback().await.map_err(|error| store_error(&error, place)),
            None => Ok(()),
        }
    }
}
