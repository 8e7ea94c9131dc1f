//! Idempotency keys between transactions that run at the same time, which only PostgreSQL has.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::registration::RegistrationQueries;
use spotter_domain::{Store, StoreError, UnitOfWork};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::clock::START;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{Seed, account, after, club, event, registration};

fn slot(key: &str) -> IdempotencySlot {
    IdempotencySlot { account: Some(account(1).id), key: IdempotencyKey::parse(key).unwrap() }
}

fn answer(number: u8) -> KeptAnswer {
    KeptAnswer { fingerprint: [number; 32], sealed: vec![number], expires_at: after(60) }
}

async fn claim(work: &mut dyn UnitOfWork, keys: &[&str]) -> Vec<Claim> {
    let slots: Vec<_> = keys.iter().map(|key| slot(key)).collect();
    work.idempotency().claim(&slots, START).await.unwrap()
}

async fn keep(work: &mut dyn UnitOfWork, key: &str, number: u8) -> Result<(), StoreError> {
    work.idempotency().keep(&[(slot(key), answer(number))], START).await
}

#[tokio::test]
async fn what_another_transaction_holds_is_in_flight_and_nothing_else_is() {
    let database = TestDatabase::postgres_migrated().await;
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let mut first = spotter.begin().await.unwrap();
    assert_eq!(claim(first.as_mut(), &["b"]).await, [Claim::Free]);
    keep(first.as_mut(), "b", 1).await.unwrap();

    let mut second = spotter.begin().await.unwrap();
    let claims = claim(second.as_mut(), &["a", "b", "c"]).await;
    assert_eq!(claims, [Claim::Free, Claim::InFlight, Claim::Free]);
    // Held until the end of their transactions, by whoever had them first.
    assert_eq!(claim(first.as_mut(), &["c", "b"]).await, [Claim::InFlight, Claim::Answered(answer(1))]);
    first.commit().await.unwrap();
    assert_eq!(claim(second.as_mut(), &["b"]).await, [Claim::Answered(answer(1))]);

    // What was answered is known, also while somebody else looks at it.
    let mut third = spotter.begin().await.unwrap();
    let claims = claim(third.as_mut(), &["b", "a"]).await;
    assert_eq!(claims, [Claim::Answered(answer(1)), Claim::InFlight]);
    second.rollback().await.unwrap();
    assert_eq!(claim(third.as_mut(), &["a"]).await, [Claim::Free]);
    third.rollback().await.unwrap();
    spotter.close().await;
}

/// As when an answer was committed between what a claim saw and the lock that it took: the slot looked free.
#[tokio::test]
async fn an_answer_that_a_claim_could_not_see_is_found_when_another_is_to_be_kept() {
    let database = TestDatabase::postgres_migrated().await;
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let mut late = spotter.begin().await.unwrap();
    assert_eq!(claim(late.as_mut(), &["a", "b"]).await, [Claim::Free, Claim::Free]);
    // Not claimed by this one, which makes it come as if its claim were over.
    let mut early = spotter.begin().await.unwrap();
    keep(early.as_mut(), "b", 1).await.unwrap();
    early.commit().await.unwrap();

    let both = [(slot("a"), answer(2)), (slot("b"), answer(3))];
    let refused = late.idempotency().keep(&both, START).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    // Unlike a commit that is refused, this answers when its claims are over.
    late.rollback().await.unwrap();
    // Run again, it finds the answer, and nothing of what it wanted to keep.
    let mut again = spotter.begin().await.unwrap();
    assert_eq!(claim(again.as_mut(), &["a", "b"]).await, [Claim::Free, Claim::Answered(answer(1))]);
    again.rollback().await.unwrap();
    spotter.close().await;
}

/// Also where reading goes to a replica: one that is behind misleads nobody.
#[tokio::test]
async fn whereabouts_are_read_where_it_is_written() {
    let (primary, replica) =
        (TestDatabase::postgres_migrated().await, TestDatabase::postgres_migrated().await);
    let held = registration(1, &event(1, &club(1), 5), &account(1));
    let seed = Seed {
        accounts: vec![account(1)],
        clubs: vec![club(1)],
        events: vec![event(1, &club(1), 5)],
        registrations: vec![held.clone()],
        ..Seed::default()
    };
    let settings =
        DatabaseSettings { read_url: Some(replica.url().to_owned()), ..DatabaseSettings::new(primary.url()) };
    let spotter = Database::connect(settings).await.unwrap();
    seed.save(&spotter).await;
    assert!(RegistrationQueries::by_id(&spotter, held.id, account(1).id).await.unwrap().is_none());
    assert_eq!(spotter.whereabouts(held.id).await.unwrap(), Some(held.whereabouts()));
    spotter.close().await;
}
