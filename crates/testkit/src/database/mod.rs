//! Databases that live as long as one test.
//!
//! A migrated one is a copy of a template that was migrated once for a build of the test binary, since
//! migrating for each test would take most of the time that the tests take.

mod locks;
mod postgres;
mod sqlite;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::SystemTime;

use sea_orm_migration::MigratorTrait;
use spotter_migrations::Migrator;

pub use locks::until_a_lock_is_waited_for;
use postgres::PostgresDatabase;
use sqlite::SqliteDatabase;

/// A database of its own, gone when this is dropped.
#[derive(Debug)]
pub struct TestDatabase(Kind);

#[derive(Debug)]
enum Kind {
    Sqlite(SqliteDatabase),
    Postgres(PostgresDatabase),
}

impl TestDatabase {
    /// An SQLite file that does not exist yet, in a directory of its own.
    #[must_use]
    pub fn sqlite_empty() -> Self {
        Self(Kind::Sqlite(SqliteDatabase::empty()))
    }

    /// An SQLite file with the whole schema.
    pub async fn sqlite_migrated() -> Self {
        Self(Kind::Sqlite(SqliteDatabase::migrated().await))
    }

    /// A PostgreSQL database with nothing in it.
    ///
    /// # Panics
    ///
    /// Without [`DATABASE_URL`](crate::services::DATABASE_URL): a test that is silently skipped proves nothing.
    pub async fn postgres_empty() -> Self {
        Self(Kind::Postgres(PostgresDatabase::empty().await))
    }

    /// A PostgreSQL database with the whole schema.
    ///
    /// # Panics
    ///
    /// As [`TestDatabase::postgres_empty`].
    pub async fn postgres_migrated() -> Self {
        Self(Kind::Postgres(PostgresDatabase::migrated().await))
    }

    /// Where to connect.
    #[must_use]
    pub fn url(&self) -> &str {
        match &self.0 {
            Kind::Sqlite(database) => database.url(),
            Kind::Postgres(database) => database.url(),
        }
    }
}

/// What a template belongs to.
struct TemplateKey {
    /// Names the test binary and the migrations in it: there is one template for each.
    name: String,
    /// Names the build: a template of another build may have been made by migrations since edited.
    build: String,
}

impl TemplateKey {
    fn of_this_build() -> Self {
        let binary = std::env::current_exe().unwrap();
        let modified = std::fs::metadata(&binary).and_then(|file| file.modified()).unwrap();
        let mut hasher = DefaultHasher::new();
        binary.hash(&mut hasher);
        for migration in Migrator::migrations() {
            migration.name().hash(&mut hasher);
        }
        let build = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
        Self { name: format!("spotter_template_{:016x}", hasher.finish()), build: build.to_string() }
    }
}
