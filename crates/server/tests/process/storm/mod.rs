//! A storm: far more people than seats, on every connection at once, while nodes die and come back.

mod client;
pub(crate) mod fleet;
pub(crate) mod journal;
mod observer;
mod resizer;
mod script;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::support::{Api, Class, Person, until};
use client::Client;
use fleet::Fleet;
use journal::History;
use script::Script;

/// How many clients there are, each with one request at a time.
const CLIENTS: usize = 64;

/// How long a storm may take.
const AT_MOST: Duration = Duration::from_secs(90);

/// How long it may take until enough steps are done for the next crash.
const PATIENCE: Duration = Duration::from_secs(80);

/// The seats of the class when it opens.
pub(crate) const SEATS: u32 = 100;

/// Who comes in which parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parties {
    /// Everybody alone.
    OfOne,
    /// Some with one or two friends.
    Mixed,
}

/// What the storm has left behind.
pub(crate) struct Aftermath {
    pub(crate) class: Class,
    pub(crate) fleet: Fleet,
    pub(crate) histories: Vec<History>,
}

/// Lets `people` storm a class of 100 seats on the nodes of `fleet`. The first of them owns the club.
///
/// After two fifths of all steps every node is killed and started again, after four fifths the first node.
pub(crate) async fn rage(fleet: Fleet, people: &[Person], parties: Parties, seed: u64) -> Aftermath {
    tokio::time::timeout(AT_MOST, storm(fleet, people, parties, seed))
        .await
        .expect("the storm is over in time")
}

async fn storm(mut fleet: Fleet, people: &[Person], parties: Parties, seed: u64) -> Aftermath {
    let since = Instant::now();
    let class = Class::open(fleet.first(), &people[0], SEATS).await;
    let mut chance = fastrand::Rng::with_seed(seed);
    let scripts: Vec<Script> =
        people[1..].iter().map(|person| Script::write(person, parties, &mut chance)).collect();
    let steps: usize = scripts.iter().map(Script::len).sum();
    let progress = Arc::new(AtomicUsize::new(0));
    let calm = CancellationToken::new();
    let observers = observer::observe(&fleet, &class, &calm).await;
    let resizing =
        tokio::spawn(resizer::resize(fleet.addresses(), class.clone(), chance.fork(), calm.clone()));
    let mut clients = JoinSet::new();
    let api = Api::new();
    for crowd in deal(scripts) {
        let client =
            Client::new(api.clone(), fleet.addresses(), class.clone(), chance.fork(), Arc::clone(&progress));
        clients.spawn(client.serve(crowd));
    }
    let mut histories = Vec::new();
    for (share, restart) in [(2, Restart::All), (4, Restart::First)] {
        let due = steps * share / 5;
        until("enough is done for a crash", PATIENCE, || {
            // A client that failed fails the test at once.
            while let Some(served) = clients.try_join_next() {
                histories.extend(served.unwrap());
            }
            std::future::ready((progress.load(Ordering::Relaxed) >= due).then_some(()))
        })
        .await;
        match restart {
            Restart::All => fleet.crash_all().await,
            Restart::First => fleet.crash_first().await,
        }
    }
    while let Some(served) = clients.join_next().await {
        histories.extend(served.unwrap());
    }
    calm.cancel();
    let resized = resizing.await.unwrap();
    let mut seen = Vec::new();
    for observer in observers {
        seen.push(observer.await.unwrap());
    }
    println!("{steps} steps of {} people in {:?}; {resized:?}; {seen:?}", people.len(), since.elapsed());
    assert!(seen.iter().all(|seen| seen.times > 20), "observed too seldom: {seen:?}");
    Aftermath { class, fleet, histories }
}

#[derive(Clone, Copy)]
enum Restart {
    All,
    First,
}

/// Deals the people out to the clients.
fn deal(scripts: Vec<Script>) -> Vec<Vec<Script>> {
    let mut crowds: Vec<Vec<Script>> = Vec::new();
    crowds.resize_with(CLIENTS, Vec::new);
    for (index, script) in scripts.into_iter().enumerate() {
        crowds[index % CLIENTS].push(script);
    }
    crowds
}
