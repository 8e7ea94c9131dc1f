//! Behaviours of `RefreshTokenRepository`.

use spotter_domain::StoreError;
use spotter_domain::account::RefreshToken;

use super::Subject;
use crate::fixtures::{Seed, account, after, digest, refresh_token};

async fn with_tokens(subject: &Subject, tokens: &[RefreshToken]) {
    subject.save(Seed { accounts: vec![account(1)], ..Seed::default() }).await;
    let mut work = subject.begin().await;
    for token in tokens {
        work.refresh_tokens().insert(token).await.unwrap();
    }
    work.commit().await.unwrap();
}

async fn stored(subject: &Subject, number: u64) -> Option<RefreshToken> {
    subject.begin().await.refresh_tokens().lock(digest(number)).await.unwrap()
}

/// Every field survives, those that may be empty included.
pub async fn a_token_comes_back_by_its_digest(subject: &Subject) {
    let fresh = refresh_token(1, 1, account(1).id);
    let ended = RefreshToken {
        used_at: Some(after(5)),
        revoked_at: Some(after(6)),
        ..refresh_token(2, 2, account(1).id)
    };
    with_tokens(subject, &[fresh.clone(), ended.clone()]).await;

    assert_eq!(stored(subject, 1).await, Some(fresh));
    assert_eq!(stored(subject, 2).await, Some(ended));
    assert_eq!(stored(subject, 3).await, None);
}

/// Using one token leaves the others of its family alone.
pub async fn a_used_token_says_when(subject: &Subject) {
    let (first, second) = (refresh_token(1, 1, account(1).id), refresh_token(2, 1, account(1).id));
    with_tokens(subject, &[first.clone(), second.clone()]).await;

    let mut work = subject.begin().await;
    work.refresh_tokens().mark_used(first.id, after(30)).await.unwrap();
    work.commit().await.unwrap();

    assert_eq!(stored(subject, 1).await, Some(RefreshToken { used_at: Some(after(30)), ..first }));
    assert_eq!(stored(subject, 2).await, Some(second));
}

/// A statement that should have touched a row and touched none is an error.
pub async fn a_token_that_is_not_there_cannot_be_used(subject: &Subject) {
    with_tokens(subject, &[]).await;
    let mut work = subject.begin().await;
    let refused = work.refresh_tokens().mark_used(refresh_token(1, 1, account(1).id).id, after(1)).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

/// All tokens of a family end, those of others don't; ending it again leaves the first instant.
pub async fn a_family_ends_as_a_whole_and_once(subject: &Subject) {
    let tokens =
        [(1, 1), (2, 1), (3, 2)].map(|(number, family)| refresh_token(number, family, account(1).id));
    with_tokens(subject, &tokens).await;

    for at in [10, 20] {
        let mut work = subject.begin().await;
        work.refresh_tokens().revoke_family(tokens[0].family, after(at)).await.unwrap();
        work.commit().await.unwrap();
    }
    for number in [1, 2] {
        assert_eq!(stored(subject, number).await.unwrap().revoked_at, Some(after(10)), "token {number}");
    }
    assert_eq!(stored(subject, 3).await.unwrap().revoked_at, None);
}

/// Only what has expired is deleted, up to the limit, and the number is told.
pub async fn expired_tokens_are_purged_a_batch_at_a_time(subject: &Subject) {
    let tokens = [(1, -30), (2, -20), (3, -10), (4, 10)].map(|(number, expires)| RefreshToken {
        issued_at: after(-1_000),
        expires_at: after(expires),
        ..refresh_token(number, number, account(1).id)
    });
    with_tokens(subject, &tokens).await;

    for deleted in [2, 1, 0] {
        let mut work = subject.begin().await;
        assert_eq!(work.refresh_tokens().purge(after(0), 2).await.unwrap(), deleted);
        work.commit().await.unwrap();
    }
    for number in 1..=3 {
        assert_eq!(stored(subject, number).await, None, "token {number}");
    }
    assert_eq!(stored(subject, 4).await, Some(tokens[3].clone()));
}
