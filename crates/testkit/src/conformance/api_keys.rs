//! Behaviours of `ApiKeyRepository`.

use super::Subject;
use crate::fixtures::{Seed, account, api_key, digest};

async fn with_keys(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1), account(2)], ..Seed::default() }).await;
    let mut work = subject.begin().await;
    for (number, owner) in [(1, 1), (2, 1), (3, 2)] {
        work.api_keys().insert(&api_key(number, account(owner).id)).await.unwrap();
    }
    work.commit().await.unwrap();
}

/// The keys of one account are counted, and only those.
pub async fn keys_are_counted_by_account(subject: &Subject) {
    with_keys(subject).await;
    let mut work = subject.begin().await;
    for (number, keys) in [(1, 2), (2, 1), (3, 0)] {
        assert_eq!(work.api_keys().count_of(account(number).id).await.unwrap(), keys, "account {number}");
    }
}

/// Somebody else's key is not deleted, a deleted one is gone and is not deleted twice.
pub async fn a_key_is_deleted_by_its_owner_alone(subject: &Subject) {
    with_keys(subject).await;
    let (owner, other) = (account(1).id, account(2).id);
    let key = api_key(1, owner);

    let mut work = subject.begin().await;
    assert_eq!(work.api_keys().delete(other, key.id).await.unwrap(), 0);
    assert_eq!(work.api_keys().delete(owner, key.id).await.unwrap(), 1);
    assert_eq!(work.api_keys().delete(owner, key.id).await.unwrap(), 0);
    assert_eq!(work.api_keys().count_of(owner).await.unwrap(), 1);
    work.commit().await.unwrap();

    assert_eq!(subject.accounts.owner_of_key(digest(1)).await.unwrap(), None);
    assert_eq!(subject.accounts.owner_of_key(digest(2)).await.unwrap(), Some(owner));
    assert_eq!(subject.accounts.owner_of_key(digest(3)).await.unwrap(), Some(other));
}
