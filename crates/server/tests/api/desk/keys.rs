//! Keys of orders: claimed, answered and kept in the transaction of their batch

use futures_util::FutureExt;
use futures_util::future::join_all;
use spotter_application::Error;
use spotter_domain::Clock;
use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot};
use spotter_domain::registration::RegistrationView;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, Told};
use crate::support::faults::At;

/// The code of a refusal.
fn refusal(told: &Told) -> &str {
    match told {
        Err(Error::Refused(refusal)) => &refusal.code,
        other => panic!("{other:?}"),
    }
}

/// That many of the crowd ask at once, all under the same key of their own.
async fn ask(counter: &Counter, who: std::ops::Range<usize>, key: &str, body: &str) -> Vec<Told> {
    join_all(who.map(|who| counter.register_keyed(who, key, body))).await
}

async fn of_fifty_at_once_those_who_were_answered_before_are_told_the_same(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 50, 10).await;
    let first: Vec<RegistrationView> =
        ask(&counter, 0..20, "k", "a seat").await.into_iter().map(Result::unwrap).collect();
    for told in ask(&counter, 0..5, "no", "a seat").await {
        assert_eq!(refusal(&told), "already_registered");
    }
    let begun = counter.numbers().batch_size.count;
    let (all, again, other) = tokio::join!(
        ask(&counter, 0..50, "k", "a seat"),
        ask(&counter, 0..5, "no", "a seat"),
        ask(&counter, 5..10, "no", "two seats"),
    );
    let mut all: Vec<_> = all.into_iter().map(Result::unwrap).collect();
    let new = all.split_off(20);
    assert_eq!(all, first);
    for (told, number) in new.iter().zip(21..) {
        assert_eq!((told.queue_number.get(), told.position), (number, Some(number - 10)));
    }
    again.iter().chain(&other).for_each(|told| assert_eq!(refusal(told), "already_registered"));
    assert_eq!(counter.numbers().batch_size.count - begun, 1);
    assert_eq!(counter.books().await.len(), 50);
}

async fn a_no_stays_a_no_and_a_key_is_for_one_order(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 3, 10).await;
    let first = counter.register_keyed(0, "yes", "a seat").await.unwrap();
    assert_eq!(refusal(&counter.register_keyed(0, "no", "a seat").await), "already_registered");
    counter.cancel(counter.people[0], first.id).await.unwrap();
    let (no, yes, reused, free) = tokio::join!(
        counter.register_keyed(0, "no", "a seat"),
        counter.register_keyed(0, "yes", "a seat"),
        counter.register_keyed(1, "yes", "a seat"),
        counter.register(2),
    );
    assert_eq!(refusal(&no), "already_registered");
    // As it was then, and not as it is now.
    assert_eq!(yes.unwrap(), first);
    // Another person's key.
    assert_eq!(reused.unwrap().queue_number.get(), 2);
    assert_eq!(free.unwrap().queue_number.get(), 3);
    let (reused, back) = tokio::join!(
        counter.register_keyed(0, "yes", "two seats"),
        counter.register_keyed(0, "back", "a seat")
    );
    assert!(matches!(reused, Err(Error::KeyReused)), "{reused:?}");
    assert_eq!(back.unwrap().queue_number.get(), 4);
}

async fn while_an_order_waits_the_same_one_is_told_to_wait(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 3, 10).await;
    let mut held = counter.faults.hold(At::Begin);
    let mut first = Box::pin(counter.register_keyed(0, "k", "a seat"));
    assert!((&mut first).now_or_never().is_none());
    held.reached().await;
    // One is at work, the other waits.
    let mut second = Box::pin(counter.register_keyed(1, "k", "a seat"));
    assert!((&mut second).now_or_never().is_none());
    for who in [0, 1] {
        let told = counter.register_keyed(who, "k", "a seat").await;
        assert!(matches!(told, Err(Error::KeyInFlight)), "{told:?}");
    }
    held.open();
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert_eq!((first.queue_number.get(), second.queue_number.get()), (1, 2));
    assert_eq!(counter.register_keyed(0, "k", "a seat").await.unwrap(), first);
    assert_eq!(counter.books().await.len(), 2);
}

async fn where_an_answer_can_not_be_kept_nobody_is_registered(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 6, 10).await;
    counter.faults.keeping_fails(true);
    let (keyed, bare) = tokio::join!(ask(&counter, 0..3, "k", "a seat"), counter.register_all(3..6));
    assert!(keyed.iter().chain(&bare).all(|told| matches!(told, Err(Error::Store(_)))), "{keyed:?} {bare:?}");
    assert_eq!(counter.books().await, []);
    counter.faults.keeping_fails(false);
    for (told, number) in ask(&counter, 0..6, "k", "a seat").await.into_iter().zip(1..) {
        assert_eq!(told.unwrap().queue_number.get(), number);
    }
}

#[tokio::test]
async fn a_key_that_another_node_is_working_on_keeps_nobody_else_waiting() {
    let counter = Counter::open(Over::Postgres, ONE_SHARD, 10, 20).await;
    let slot = IdempotencySlot { account: Some(counter.people[4]), key: IdempotencyKey::parse("k").unwrap() };
    let mut unit = counter.spotter().ports().store.begin().await.unwrap();
    assert_eq!(unit.idempotency().claim(&[slot], counter.app.clock.now()).await.unwrap(), [Claim::Free]);
    let mut told = ask(&counter, 0..10, "k", "a seat").await;
    let in_flight = told.remove(4);
    assert!(matches!(in_flight, Err(Error::KeyInFlight)), "{in_flight:?}");
    for (told, number) in told.into_iter().zip(1..) {
        assert_eq!(told.unwrap().queue_number.get(), number);
    }
    unit.rollback().await.unwrap();
    assert_eq!(counter.register_keyed(4, "k", "a seat").await.unwrap().queue_number.get(), 10);
}

on_each!(
    of_fifty_at_once_those_who_were_answered_before_are_told_the_same,
    a_no_stays_a_no_and_a_key_is_for_one_order,
    while_an_order_waits_the_same_one_is_told_to_wait,
    where_an_answer_can_not_be_kept_nobody_is_registered,
);
