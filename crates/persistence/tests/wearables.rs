//! Two who write of the same wearable at once, which only PostgreSQL lets them.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::time::Duration;

use spotter_domain::store::Inserted;
use spotter_domain::wearable::{WearableKind, WearableRecord, Written};
use spotter_domain::{Store, StoreError};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::database::{TestDatabase, until_a_lock_is_waited_for};
use spotter_testkit::fixtures::{Seed, account, wearable_record};

async fn open(database: &TestDatabase) -> Database {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    Seed { accounts: (1..=2).map(account).collect(), ..Seed::default() }.save(&spotter).await;
    spotter
}

/// What becomes of a version that is written while the first one has been, but is not committed yet.
async fn second_after(first: WearableRecord, second: WearableRecord) -> Written {
    let database = TestDatabase::postgres_migrated().await;
    let spotter = open(&database).await;
    let mut earlier = spotter.begin().await.unwrap();
    assert_eq!(earlier.wearables().save(&first).await.unwrap(), Written::New);
    let store = spotter.clone();
    let waiting = tokio::spawn(async move {
        let mut later = store.begin().await.unwrap();
        let written = later.wearables().save(&second).await.unwrap();
        later.commit().await.unwrap();
        written
    });
    until_a_lock_is_waited_for(database.url()).await;
    earlier.commit().await.unwrap();
    let written = waiting.await.unwrap();
    spotter.close().await;
    written
}

fn version(number: u64, seconds: u64) -> WearableRecord {
    let one = wearable_record(1, account(1).id, WearableKind::Sleep);
    let id = wearable_record(number, account(1).id, WearableKind::Sleep).id;
    WearableRecord { id, updated_at: one.updated_at + Duration::from_secs(seconds), ..one }
}

#[tokio::test]
async fn a_later_version_replaces_one_that_was_new_a_moment_ago() {
    let written = second_after(version(1, 0), version(2, 1)).await;
    assert_eq!(written, Written::Replaced(version(1, 0).id));
}

#[tokio::test]
async fn an_older_version_gives_way_to_one_that_was_new_a_moment_ago() {
    let written = second_after(version(1, 1), version(2, 0)).await;
    assert_eq!(written, Written::Older(version(1, 0).id));
}

#[tokio::test]
async fn a_user_who_was_linked_meanwhile_is_a_conflict_and_then_a_duplicate() {
    let database = TestDatabase::postgres_migrated().await;
    let spotter = open(&database).await;
    let mut earlier = spotter.begin().await.unwrap();
    assert_eq!(earlier.wearables().link(account(1).id, 7).await.unwrap(), Inserted::New);
    let store = spotter.clone();
    let waiting = tokio::spawn(async move {
        let mut later = store.begin().await.unwrap();
        later.wearables().link(account(2).id, 7).await
    });
    until_a_lock_is_waited_for(database.url()).await;
    earlier.commit().await.unwrap();
    assert!(matches!(waiting.await.unwrap(), Err(StoreError::Conflict(_))));
    let mut again = spotter.begin().await.unwrap();
    assert_eq!(again.wearables().link(account(2).id, 7).await.unwrap(), Inserted::Duplicate);
    again.rollback().await.unwrap();
    spotter.close().await;
}
