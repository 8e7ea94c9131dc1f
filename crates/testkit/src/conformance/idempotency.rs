//! Behaviours of `IdempotencyRepository`.

use std::sync::Arc;

use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::store::Inserted;
use spotter_domain::{StoreError, UnitOfWork};

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

async fn claim_one(work: &mut dyn UnitOfWork, slot: &IdempotencySlot, seconds: i64) -> Claim {
    work.idempotency().claim(std::slice::from_ref(slot), after(seconds)).await.unwrap().remove(0)
}

async fn keep(subject: &Subject, slot: &IdempotencySlot, answer: &KeptAnswer) {
    let mut work = subject.begin().await;
    assert_eq!(claim_one(work.as_mut(), slot, 0).await, Claim::Free);
    work.idempotency().keep(&[(slot.clone(), answer.clone())], START).await.unwrap();
    work.commit().await.unwrap();
}

async fn claim(subject: &Subject, slot: &IdempotencySlot, seconds: i64) -> Claim {
    claim_one(subject.begin().await.as_mut(), slot, seconds).await
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
    assert_eq!(claim_one(work.as_mut(), &slot, 60).await, Claim::Free);
    work.idempotency().keep(&[(slot.clone(), answer(2, 120))], after(60)).await.unwrap();
    work.commit().await.unwrap();

    assert_eq!(claim(subject, &slot, 61).await, Claim::Answered(answer(2, 120)));
}

/// Many at once are what each would be alone, in the order in which they are asked for.
pub async fn many_slots_are_claimed_and_kept_at_once(subject: &Subject) {
    keep(subject, &slot(Some(1), "kept"), &answer(1, 60)).await;
    keep(subject, &slot(Some(2), "expired"), &answer(2, 30)).await;
    let slots = [
        slot(Some(3), "new"),
        slot(Some(1), "kept"),
        slot(None, "new"),
        slot(Some(2), "expired"),
        slot(Some(2), "kept"),
    ];
    let mut work = subject.begin().await;
    let claims = work.idempotency().claim(&slots, after(30)).await.unwrap();
    let free = Claim::Free;
    assert_eq!(
        claims,
        [free.clone(), Claim::Answered(answer(1, 60)), free.clone(), free.clone(), free.clone()]
    );
    let answers: Vec<_> = [(3, 5), (0, 3), (4, 7), (2, 9)]
        .into_iter()
        .map(|(index, number): (usize, u8)| (slots[index].clone(), answer(number, 90)))
        .collect();
    work.idempotency().keep(&answers, after(30)).await.unwrap();
    work.commit().await.unwrap();

    let found = subject.begin().await.idempotency().claim(&slots, after(31)).await.unwrap();
    let expected = [answer(3, 90), answer(1, 60), answer(9, 90), answer(5, 90), answer(7, 90)];
    assert_eq!(found, expected.map(Claim::Answered));
}

/// Where one of them was answered meanwhile, none is kept, and the unit of work is spoilt.
pub async fn an_answer_that_was_given_meanwhile_conflicts(subject: &Subject) {
    let (taken, free) = (slot(Some(1), "taken"), slot(Some(1), "free"));
    let mut work = subject.begin().await;
    let both = [taken.clone(), free.clone()];
    assert_eq!(work.idempotency().claim(&both, START).await.unwrap(), [Claim::Free, Claim::Free]);
    // By whoever it is: to a store it is all one.
    work.idempotency().keep(&[(taken.clone(), answer(1, 60))], START).await.unwrap();
    let answers = [(free.clone(), answer(2, 60)), (taken.clone(), answer(3, 60))];
    let refused = work.idempotency().keep(&answers, after(59)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert!(work.commit().await.is_err());
    assert_eq!(claim(subject, &free, 0).await, Claim::Free);
}

/// The answer shares the fate of its effect.
pub async fn an_answer_is_not_kept_without_a_commit(subject: &Subject) {
    let slot = slot(Some(1), "key");
    let mut work = subject.begin().await;
    assert_eq!(claim_one(work.as_mut(), &slot, 0).await, Claim::Free);
    work.idempotency().keep(&[(slot.clone(), answer(1, 60))], START).await.unwrap();
    drop(work);

    assert_eq!(claim(subject, &slot, 0).await, Claim::Free);
}

/// Rule R10 between transactions that run at the same time: one finds the slot free and has its effect, each
/// other finds it in flight or answered, or at the latest when it is to keep its answer.
pub async fn r10_of_two_at_once_one_has_an_effect(subject: &Subject) {
    const REQUESTS: u64 = 8;
    let requests: Vec<_> = (1..=REQUESTS)
        .map(|number| {
            let store = Arc::clone(&subject.store);
            tokio::spawn(async move {
                let slot = slot(None, "sign-up");
                let mut work = store.begin().await.unwrap();
                match claim_one(work.as_mut(), &slot, 0).await {
                    Claim::Free => {
                        let inserted = work.accounts().insert(&account(number)).await.unwrap();
                        assert_eq!(inserted, Inserted::New);
                        tokio::task::yield_now().await;
                        let kept = KeptAnswer { sealed: number.to_be_bytes().into(), ..answer(1, 60) };
                        match work.idempotency().keep(&[(slot, kept)], START).await {
                            Ok(()) => {
                                work.commit().await.unwrap();
                                1
                            }
                            // Answered between the moment that the claim saw and its lock.
                            Err(StoreError::Conflict(_)) => {
                                work.rollback().await.unwrap();
                                0
                            }
                            Err(other) => panic!("{other}"),
                        }
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
