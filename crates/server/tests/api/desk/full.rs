//! A desk takes no more than it can serve, and says what it does

use std::time::Duration;

use futures_util::FutureExt;
use reqwest::Method;
use serde_json::json;
use spotter_application::{BatchSettings, Error};

use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, numbers, until};
use crate::support::faults::{At, Poison};
use crate::support::scene::Scene;
use crate::support::steps::{claim_keyed, crowd, seats};
use crate::support::{Answer, TestApp};

#[tokio::test]
async fn whoever_finds_the_queue_full_is_told_at_once_and_when_to_come_back() {
    let short = BatchSettings { longest_queue: 2, ..ONE_SHARD };
    let (app, faults) = TestApp::with_desks(Over::Memory, short).await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let people = crowd(&app, 3).await;
    let path = format!("/api/v1/events/{event}/registrations");
    let mut held = faults.hold(At::Begin);
    let mut taken_in = Vec::new();
    for (person, waiting) in people.iter().zip(0..) {
        taken_in.push(tokio::spawn(Answer::of(person.request(Method::POST, &path))));
        if waiting == 0 {
            held.reached().await;
        }
        until(|| numbers(&app.spotter).waiting == waiting).await;
    }
    let turned_away = claim_keyed(&scene.member, &event, json!({}), "k").await.expect_problem(503, "busy");
    assert_eq!(turned_away.header("retry-after"), "1");
    insta::assert_json_snapshot!(turned_away.redacted(), @r#"
    {
      "code": "busy",
      "detail": "we have too much to do at this moment: try again",
      "status": 503,
      "title": "Service Unavailable",
      "trace_id": "[trace_id]",
      "type": "/problems/busy"
    }
    "#);
    assert_eq!(numbers(&app.spotter).turned_away, 1);
    held.open();
    for (answer, number) in taken_in.into_iter().zip(1..) {
        assert_eq!(answer.await.unwrap().expect(201).body["queue_number"], json!(number));
    }
    // Neither they nor their key have lost anything but time.
    let later = claim_keyed(&scene.member, &event, json!({}), "k").await.expect(201);
    assert_eq!(later.body["queue_number"], 4);
    assert_eq!(seats(&scene.coach, &event).await, (4, 0));
}

#[tokio::test]
async fn a_queue_is_as_long_as_it_may_be_and_each_shard_has_its_own() {
    let short = BatchSettings { longest_queue: 3, ..ONE_SHARD };
    let counter = Counter::open(Over::Memory, short, 9, 20).await;
    let mut held = counter.faults.hold(At::Begin);
    let mut first = Box::pin(counter.register(0));
    assert!((&mut first).now_or_never().is_none());
    held.reached().await;
    let mut others = Box::pin(counter.register_all(1..8));
    assert!((&mut others).now_or_never().is_none());
    assert_eq!((counter.numbers().waiting, counter.numbers().turned_away), (3, 4));
    held.open();
    first.await.unwrap();
    let others = others.await;
    assert!(others[..3].iter().all(Result::is_ok), "{others:#?}");
    assert!(others[3..].iter().all(|told| matches!(told, Err(Error::Busy(_)))), "{others:#?}");
    assert_eq!(counter.books().await.iter().map(|(who, _)| *who).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

/// A desk that was through a little of everything.
#[tokio::test]
async fn the_numbers_of_the_desk_can_be_seen_by_those_who_run_it() {
    let settings = BatchSettings { longest_queue: 6, ..ONE_SHARD };
    let counter = Counter::open(Over::Memory, settings, 12, 20).await;
    let operator = counter.app.operator("Ophelia").await;
    let desk = async || {
        let metrics = operator.get("/api/performance/metrics").await.expect(200).body;
        let desks = metrics["desks"].as_array().unwrap().clone();
        desks.into_iter().find(|desk| desk["name"] == "registration").unwrap()
    };
    let none = json!({"count": 0, "median": 0, "p99": 0, "most": 0});
    let untouched = json!({
        "name": "registration", "waiting": 0, "turned_away": 0, "left": 0, "late": 0, "tried_again": 0,
        "singled_out": 0, "batch_size": none, "wait_us": none, "batch_us": none, "commit_us": none,
    });
    assert_eq!(desk().await, untouched);

    let mut held = counter.faults.hold(At::Begin);
    let mut first = Box::pin(counter.register(0));
    assert!((&mut first).now_or_never().is_none());
    held.reached().await;
    let mut leaving = Box::pin(counter.register(1));
    let mut others = Box::pin(counter.register_all(2..9));
    assert!((&mut leaving).now_or_never().is_none() && (&mut others).now_or_never().is_none());
    drop(leaving);
    let busy = desk().await;
    assert_eq!((&busy["waiting"], &busy["turned_away"]), (&json!(6), &json!(2)));
    // Five are left, of whom one can't be written.
    counter.faults.poison(counter.people[4], Poison::Corrupt);
    held.open();
    first.await.unwrap();
    others.await;
    counter.faults.conflicts(2);
    counter.register(10).await.unwrap();

    let seen = desk().await;
    let count = |name: &str| seen[name].as_u64().unwrap_or_else(|| panic!("{name} in {seen:#}"));
    let noted = ["waiting", "turned_away", "left", "late", "tried_again", "singled_out"].map(count);
    assert_eq!(noted, [0, 2, 1, 0, 2, 5]);
    assert_eq!(seen["batch_size"], json!({"count": 6, "median": 1, "p99": 1, "most": 1}));
    assert_eq!(seen["wait_us"]["count"], 8);
    for times in ["wait_us", "batch_us", "commit_us"] {
        let [median, p99, most] = ["median", "p99", "most"].map(|of| seen[times][of].as_u64().unwrap());
        assert!(median <= p99 && p99 <= most, "{seen:#}");
        assert!(Duration::from_micros(most) < Duration::from_mins(1), "{seen:#}");
    }
    assert_eq!((&seen["batch_us"]["count"], &seen["commit_us"]["count"]), (&json!(6), &json!(6)));
}
