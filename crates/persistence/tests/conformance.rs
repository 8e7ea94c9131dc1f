//! The database adapter does what every adapter has to do, on both databases.

use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::conformance::Subject;
use spotter_testkit::database::TestDatabase;

async fn subject_on(database: TestDatabase) -> Subject {
    let opened = Database::connect(DatabaseSettings::new(database.url())).await;
    Subject::of(opened.expect("the database was made a moment ago"), database)
}

mod sqlite {
    use super::{Subject, TestDatabase, subject_on};

    async fn subject() -> Subject {
        subject_on(TestDatabase::sqlite_migrated().await).await
    }

    spotter_testkit::store_conformance!(subject);
}

mod postgres {
    use super::{Subject, TestDatabase, subject_on};

    async fn subject() -> Subject {
        subject_on(TestDatabase::postgres_migrated().await).await
    }

    spotter_testkit::store_conformance!(subject);
}
