//! Behaviours of `IdempotencyRepository`.

use std::sync::Arc;

use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::store::Inserted;

use super::Subject;
use crate::clock::START;
use crate::fixtures::{account, after};

fn slot(person: Option<u64>, key: &str) -> IdempotencySlot {
    IdempotencySlot {
        account: person.map(|number| account(number).id),
        key: IdempotencyKey::parse(key).unwrap(),
    }
}

fn answer(number: u8, expires_after: i64) -> KeptAnswer {
    KeptAnswer {
        fingerprint: [number; 32],
        sealed: vec![0, number, 0xFF, 0x27, b'\\'],
        expires_at: after(expires_after),
    }
}

async fn keep(subject: &Subject, slot: &IdempotencySlot, answer: &KeptAnswer) {
    let mut work = subject.begin().await;
    assert_eq!(work.idempotency().claim(slot, START).await.unwrap(), Claim::Free);
    work.idempotency().keep(slot, answer).await.unwrap();
    work.commit().await.unwrap();
}

async fn claim(subject: &Subject, slot: &IdempotencySlot, seconds: i64) -> Claim {
    subject.begin().await.idempotency().claim(slot, after(seconds)).await.unwrap()
}

/// The answer comes back byte for byte, until it expires.
pub async fn an_answer_is_kept_and_found(subject: &Subject) {
    let slot = slot(Some(1), "it's a \"key\" ~ with all sorts of characters");
    assert_eq!(claim(subject, &slot, 0).await, Claim::Free);
    keep(subject, &slot, &answer(1, 60)).await;
    for seconds in [0, 59] {
        assert_eq!(claim(subject, &slot, seconds).await, Claim::Answered(answer(1, 60)), "after {seconds} s");
    }
}

/// The same key of another account, or of none, is another slot; upper and lower case are, too.
pub async fn the_slots_of_two_accounts_and_of_none_are_apart(subject: &Subject) {
    keep(subject, &slot(Some(1), "key"), &answer(1, 60)).await;
    keep(subject, &slot(Some(2), "key"), &answer(2, 60)).await;
    keep(subject, &slot(None, "key"), &answer(3, 60)).await;

    assert_eq!(claim(subject, &slot(Some(1), "key"), 0).await, Claim::Answered(answer(1, 60)));
    assert_eq!(claim(subject, &slot(Some(2), "key"), 0).await, Claim::Answered(answer(2, 60)));
    assert_eq!(claim(subject, &slot(None, "key"), 0).await, Claim::Answered(answer(3, 60)));
    assert_eq!(claim(subject, &slot(Some(3), "key"), 0).await, Claim::Free);
    assert_eq!(claim(subject, &slot(Some(1), "KEY"), 0).await, Claim::Free);
}

/// From its last instant on an answer is as good as none, and another takes its place.
pub async fn an_expired_answer_counts_as_none_and_is_replaced(subject: &Subject) {
    let slot = slot(Some(1), "key");
    keep(subject, &slot, &answer(1, 60)).await;

    let mut work = subject.begin().await;
    assert_eq!(work.idempotency().claim(&slot, after(60)).await.unwrap(), Claim::Free);
    work.idempotency().keep(&slot, &answer(2, 120)).await.unwrap();
    work.commit().await.unwrap();

    assert_eq!(claim(subject, &slot, 61).await, Claim::Answered(answer(2, 120)));
}

/// The answer shares the fate of its effect.
pub async fn an_answer_is_not_kept_without_a_commit(subject: &Subject) {
    let slot = slot(Some(1), "key");
    let mut work = subject.begin().await;
    assert_eq!(work.idempotency().claim(&slot, START).await.unwrap(), Claim::Free);
    work.idempotency().keep(&slot, &answer(1, 60)).await.unwrap();
    drop(work);

    assert_eq!(claim(subject, &slot, 0).await, Claim::Free);
}

/// Rule R10 between transactions that run at the same time: one finds the slot free and has its effect, each
/// other finds it in flight or answered.
pub async fn r10_of_two_at_once_one_has_an_effect(subject: &Subject) {
    const REQUESTS: u64 = 8;
    let requests: Vec<_> = (1..=REQUESTS)
        .map(|number| {
            let store = Arc::clone(&subject.store);
            tokio::spawn(async move {
                let slot = slot(None, "sign-up");
                let mut work = store.begin().await.unwrap();
                match work.idempotency().claim(&slot, START).await.unwrap() {
                    Claim::Free => {
                        let inserted = work.accounts().insert(&account(number)).await.unwrap();
                        assert_eq!(inserted, Inserted::New);
                        tokio::task::yield_now().await;
                        let kept = KeptAnswer { sealed: number.to_be_bytes().into(), ..answer(1, 60) };
                        work.idempotency().keep(&slot, &kept).await.unwrap();
                        work.commit().await.unwrap();
                        1
                    }
                    Claim::InFlight | Claim::Answered(_) => {
                        work.rollback().await.unwrap();
                        0
                    }
                }
            })
        })
        .collect();
    let mut effects = 0;
    for request in requests {
        effects += request.await.unwrap();
    }
    assert_eq!(effects, 1);

    let Claim::Answered(kept) = claim(subject, &slot(None, "sign-up"), 0).await else {
        panic!("nobody answered");
    };
    for number in 1..=REQUESTS {
        let had_effect = subject.accounts.profile(account(number).id).await.unwrap().is_some();
        assert_eq!(had_effect, kept.sealed == number.to_be_bytes(), "request {number}");
    }
}

/// Only what has expired is deleted, up to the limit, and the number is told.
pub async fn expired_answers_are_purged_a_batch_at_a_time(subject: &Subject) {
    for (key, expires_after) in [("a", 10), ("b", 20), ("c", 30), ("d", 1_000)] {
        keep(subject, &slot(Some(1), key), &answer(1, expires_after)).await;
    }
    for deleted in [2, 1, 0] {
        let mut work = subject.begin().await;
        assert_eq!(work.idempotency().purge(after(60), 2).await.unwrap(), deleted);
        work.commit().await.unwrap();
    }
    // Seen from before they expired, the deleted ones are gone nevertheless.
    for key in ["a", "b", "c"] {
        assert_eq!(claim(subject, &slot(Some(1), key), 0).await, Claim::Free, "{key}");
    }
    assert_eq!(claim(subject, &slot(Some(1), "d"), 0).await, Claim::Answered(answer(1, 1_000)));
}
