//! Two nodes with a desk each, upon one database

use std::sync::Arc;

use futures_util::future::join_all;
use spotter_application::progress::Remedy;
use spotter_domain::page::PageRequest;
use spotter_domain::progress::Period;

use super::{BENCH, account, at_once, context, desk, five, named, session};
use crate::support::TestApp;

const PEOPLE: usize = 8;
const EACH: usize = 6;

/// The same people log at both nodes at once: the locks are taken in one order, so that nobody waits for each other,
/// and every sum and record is that of all.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_log_the_same_peoples_workout_sessions_at_once() {
    let one = TestApp::postgres().await;
    let other = one.beside().await;
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        people.push(account(&one).await);
    }
    let nodes = [desk(&one, 5), desk(&other, 7)];
    let logging = nodes.iter().cloned().zip([people.clone(), people.iter().rev().copied().collect()]).map(
        |(desk, people): (_, Vec<_>)| {
            tokio::spawn(async move {
                let people = Arc::new(people);
                let rounds = (0..EACH).map(|round| {
                    let (desk, people) = (&desk, Arc::clone(&people));
                    async move {
                        let order = |(place, person): (usize, _)| {
                            let kilograms = f64::from(u32::try_from(20 + round * 10 + place).unwrap());
                            let blocks = vec![five(named(BENCH), kilograms), five(named("My Own"), 5.0)];
                            (context(person), session(-1, blocks))
                        };
                        at_once(desk, people.iter().copied().enumerate().map(order)).await
                    }
                });
                join_all(rounds).await.concat()
            })
        },
    );
    for logged in join_all(logging).await {
        for answer in logged.unwrap() {
            answer.unwrap();
        }
    }
    for person in people {
        let caller = context(person).caller;
        let days =
            one.spotter.summaries(caller, Period::Day, None, None, PageRequest::default()).await.unwrap();
        assert_eq!(days.items.iter().map(|day| day.sessions).sum::<u32>(), 2 * u32::try_from(EACH).unwrap());
        let own = one.spotter.ports().exercises.personal(person).await.unwrap().exercises;
        assert_eq!(own.len(), 1, "{own:?}");
        let verified = one.spotter.verify_progress(person, Remedy::Report).await.unwrap();
        assert_eq!(verified.differences, 0, "{:#?}", verified.told);
    }
}
