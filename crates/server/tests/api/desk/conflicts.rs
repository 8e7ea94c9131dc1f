//! Other transactions in the way, and commits of which nobody knows whether they happened

use std::time::Duration;

use serde_json::json;
use spotter_application::{BatchSettings, Error};
use spotter_domain::StoreError;
use spotter_domain::registration::RegistrationStatus::Confirmed;

use super::on_each;
use crate::support::TestApp;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, Told, numbers};
use crate::support::faults::Lost;
use crate::support::scene::Scene;
use crate::support::steps::{claim, seats};

/// So soon that a test can wait for it.
const SOON: BatchSettings = BatchSettings { patience: Duration::from_millis(60), ..ONE_SHARD };

/// A few at once, in their order; nobody twice.
async fn are_registered_once(counter: &Counter, told: Vec<Told>) {
    for ((told, number), person) in told.iter().zip(1..).zip(&counter.people) {
        let told = told.as_ref().unwrap();
        assert_eq!((told.queue_number.get(), told.account), (number, *person));
    }
    let wanted: Vec<_> = (0..counter.people.len()).map(|who| (who, Confirmed)).collect();
    assert_eq!(counter.books().await, wanted);
}

async fn what_finds_another_transaction_in_its_way_is_tried_again(over: Over) {
    for times in [1, 3, 5] {
        let counter = Counter::open(over, ONE_SHARD, 10, 20).await;
        let (begun, committed) = (counter.faults.begun(), counter.faults.committed());
        counter.faults.conflicts(times);
        let told = counter.register_all(0..10).await;
        are_registered_once(&counter, told).await;
        assert_eq!(counter.faults.begun() - begun, times + 1);
        assert_eq!(counter.faults.committed() - committed, 1);
        let desk = counter.numbers();
        assert_eq!((desk.tried_again, desk.singled_out, desk.batch_size.most), (times, 0, 10));
    }
}

async fn a_batch_that_was_tried_often_enough_is_tried_one_by_one(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 10, 20).await;
    counter.faults.conflicts(6);
    let told = counter.register_all(0..10).await;
    are_registered_once(&counter, told).await;
    let desk = counter.numbers();
    assert_eq!((desk.tried_again, desk.singled_out, desk.batch_size.most), (5, 10, 1));
}

#[tokio::test]
async fn conflicts_without_an_end_are_told_when_the_patience_is_over() {
    let (app, faults) = TestApp::with_desks(Over::Memory, SOON).await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    faults.conflicts(u64::MAX);
    let answer = claim(&scene.member, &event, json!({})).await.expect_problem(503, "store_unavailable");
    assert_eq!(answer.header("retry-after"), "1");
    let desk = numbers(&app.spotter);
    assert_eq!((desk.late, desk.batch_size.count), (1, 0));
    assert!(desk.tried_again > 0);
    faults.conflicts(0);
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    claim(&scene.member, &event, json!({})).await.expect(201);
}

async fn of_a_batch_in_conflict_for_ever_nothing_is_written(over: Over) {
    let counter = Counter::open(over, SOON, 5, 20).await;
    counter.faults.conflicts(u64::MAX);
    for told in counter.register_all(0..5).await {
        // Who is late without having been tried alone was in nobody's way.
        let in_vain = matches!(told, Err(Error::Store(StoreError::Conflict(_) | StoreError::Timeout(_))));
        assert!(in_vain, "{told:?}");
    }
    counter.faults.conflicts(0);
    assert_eq!(counter.books().await, []);
    let told = counter.register_all(0..5).await;
    are_registered_once(&counter, told).await;
}

#[tokio::test]
async fn who_has_waited_too_long_before_their_batch_begins_is_told_so_and_not_registered() {
    let no_patience = BatchSettings { patience: Duration::ZERO, ..ONE_SHARD };
    let counter = Counter::open(Over::Memory, no_patience, 3, 20).await;
    let begun = counter.faults.begun();
    for told in counter.register_all(0..3).await {
        assert!(matches!(told, Err(Error::Store(StoreError::Timeout(_)))), "{told:?}");
    }
    assert_eq!((counter.faults.begun(), counter.numbers().late), (begun, 3));
    assert_eq!(counter.books().await, []);
}

#[tokio::test]
async fn a_store_that_is_down_is_the_fault_of_none_of_them() {
    let counter = Counter::open(Over::Memory, ONE_SHARD, 10, 20).await;
    let begun = counter.faults.begun();
    counter.faults.down(true);
    for told in counter.register_all(0..10).await {
        assert!(matches!(told, Err(Error::Store(StoreError::Unavailable(_)))), "{told:?}");
    }
    assert_eq!((counter.faults.begun() - begun, counter.numbers().singled_out), (1, 0));
    counter.faults.down(false);
    let told = counter.register_all(0..10).await;
    are_registered_once(&counter, told).await;
}

/// Ten under keys, whose connection goes during the commit; then they ask again.
async fn whoever_asks_again(over: Over, lost: Lost) {
    let counter = Counter::open(over, ONE_SHARD, 10, 20).await;
    let ask =
        || futures_util::future::join_all((0..10).map(|who| counter.register_keyed(who, "k", "a seat")));
    let (begun, committed) = (counter.faults.begun(), counter.faults.committed());
    counter.faults.lose_commit(lost);
    for told in ask().await {
        assert!(matches!(told, Err(Error::Store(StoreError::Unavailable(_)))), "{told:?}");
    }
    // What may have been done must not be done again.
    assert_eq!((counter.faults.begun() - begun, counter.numbers().singled_out), (1, 0));
    let done = if lost == Lost::After { 10 } else { 0 };
    assert_eq!(counter.books().await.len(), done);
    let again = ask().await;
    are_registered_once(&counter, again).await;
    // Once more, for good measure: the answers are the same.
    let again = ask().await;
    are_registered_once(&counter, again).await;
    assert_eq!(counter.faults.committed() - committed, if lost == Lost::After { 3 } else { 2 });
}

async fn who_asks_again_after_a_commit_that_nobody_knows_of_has_what_it_gave_them(over: Over) {
    whoever_asks_again(over, Lost::After).await;
}

async fn who_asks_again_after_a_commit_that_did_not_happen_is_registered_once(over: Over) {
    whoever_asks_again(over, Lost::Before).await;
}

on_each!(
    what_finds_another_transaction_in_its_way_is_tried_again,
    a_batch_that_was_tried_often_enough_is_tried_one_by_one,
    of_a_batch_in_conflict_for_ever_nothing_is_written,
    who_asks_again_after_a_commit_that_nobody_knows_of_has_what_it_gave_them,
    who_asks_again_after_a_commit_that_did_not_happen_is_registered_once,
);
