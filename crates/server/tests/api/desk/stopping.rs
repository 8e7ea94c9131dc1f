//! Stopping: everybody who waits is told, and nothing is written of what nobody was told

use futures_util::FutureExt;
use reqwest::Method;
use serde_json::json;
use spotter_application::Error;
use spotter_domain::registration::RegistrationStatus::Confirmed;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, Told, numbers, until};
use crate::support::faults::{At, Poison};
use crate::support::scene::Scene;
use crate::support::steps::{claim, crowd, seats};
use crate::support::{Answer, TestApp};

fn sent_away(told: &[Told]) {
    assert!(told.iter().all(|told| matches!(told, Err(Error::Busy(_)))), "{told:#?}");
}

async fn whoever_waits_or_has_not_been_committed_is_sent_away_and_not_registered(over: Over) {
    for at in [At::Begin, At::Commit] {
        let counter = Counter::open(over, ONE_SHARD, 8, 20).await;
        counter.register(0).await.unwrap();
        let committed = counter.faults.committed();
        let mut held = counter.faults.hold(at);
        let mut at_work = Box::pin(counter.register_all(1..3));
        assert!((&mut at_work).now_or_never().is_none());
        held.reached().await;
        let mut waiting = Box::pin(counter.register_all(3..6));
        assert!((&mut waiting).now_or_never().is_none());
        counter.spotter().send_away();
        sent_away(&waiting.await);
        sent_away(&at_work.await);
        held.open();
        // Whoever comes later, too; and saying so twice changes nothing.
        sent_away(&[counter.register(6).await]);
        counter.spotter().send_away();
        sent_away(&[counter.register_keyed(7, "k", "a seat").await]);
        assert_eq!(counter.faults.committed(), committed);
        assert_eq!(counter.books().await, [(0, Confirmed)]);
        assert_eq!((counter.numbers().waiting, counter.numbers().turned_away), (0, 2));
        // Nothing is left locked either.
        let mut unit = counter.spotter().ports().store.begin().await.unwrap();
        assert_eq!(unit.events().lock(&[counter.event.id]).await.unwrap().len(), 1);
        unit.rollback().await.unwrap();
    }
}

async fn who_is_about_to_be_tried_alone_is_sent_away_like_everybody(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 6, 20).await;
    counter.faults.poison(counter.people[0], Poison::Corrupt);
    let mut held = counter.faults.hold(At::Commit);
    let mut all = Box::pin(counter.register_all(0..6));
    assert!((&mut all).now_or_never().is_none());
    // The batch has failed, and so has the first of it: this is the second.
    tokio::select! {
        () = held.reached() => {}
        told = &mut all => panic!("{told:#?}"),
    }
    counter.spotter().send_away();
    let told = all.await;
    assert!(matches!(told[0], Err(Error::Store(_))), "{told:#?}");
    sent_away(&told[1..]);
    assert_eq!(counter.books().await, []);
}

#[tokio::test]
async fn over_the_network_they_are_told_to_come_back() {
    let (app, faults) = TestApp::with_desks(Over::Memory, ONE_SHARD).await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let people = crowd(&app, 3).await;
    let path = format!("/api/v1/events/{event}/registrations");
    let mut held = faults.hold(At::Begin);
    let mut sent = vec![tokio::spawn(Answer::of(people[0].request(Method::POST, &path)))];
    held.reached().await;
    sent.extend(
        people[1..].iter().map(|person| tokio::spawn(Answer::of(person.request(Method::POST, &path)))),
    );
    until(|| numbers(&app.spotter).waiting == 2).await;
    app.spotter.send_away();
    for answer in sent {
        assert_eq!(answer.await.unwrap().expect_problem(503, "busy").header("retry-after"), "1");
    }
    claim(&scene.member, &event, json!({})).await.expect_problem(503, "busy");
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
}

on_each!(
    whoever_waits_or_has_not_been_committed_is_sent_away_and_not_registered,
    who_is_about_to_be_tried_alone_is_sent_away_like_everybody,
);
