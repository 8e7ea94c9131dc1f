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

use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::support::{Api, Class, Node, Person, club, until};
use client::Client;
use fleet::Fleet;
use journal::{Fate, History};
use script::Script;

/// How many clients there are, each with one request at a time.
const CLIENTS: usize = 64;

/// How long a storm may take.
const AT_MOST: Duration = Duration::from_secs(90);

/// How long it may take until enough steps are done for the next crash.
const PATIENCE: Duration = Duration::from_secs(80);

/// How many give their seats up after the storm.
const AFTERSHOCKS: usize = 10;

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
    let observers = observer::observe(&fleet, &class, parties, &calm).await;
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
            // Whoever failed fails the test at once.
            let failed = resizing.is_finished() || observers.iter().any(JoinHandle::is_finished);
            assert!(!failed, "somebody beside the clients has failed");
            while let Some(served) = clients.try_join_next() {
                histories.extend(served.unwrap());
            }
            std::future::ready((progress.load(Ordering::Relaxed) >= due).then_some(()))
        })
        .await;
        match restart {
            Restart::All => fleet.crash_all().await,
            Restart::First => fleet.crash(0).await,
        }
    }
    while let Some(served) = clients.join_next().await {
        histories.extend(served.unwrap());
    }
    calm.cancel();
    aftershock(fleet.first(), &mut histories).await;
    let resized = resizing.await.unwrap();
    let mut sights = Vec::new();
    for observer in observers {
        sights.push(observer.await.unwrap());
    }
    println!("{steps} steps of {} people in {:?}; {resized:?}; {sights:?}", people.len(), since.elapsed());
    assert!(sights.iter().all(|seen| seen.times > 20), "observed too seldom: {sights:?}");
    Aftermath { class, fleet, histories }
}

/// Lets some who have a seat give it up when nobody else moves any more: nothing but their own cancellations
/// can give their seats to those who wait (rule R4).
async fn aftershock(node: &Node, histories: &mut [History]) {
    let mut given_up = 0;
    for history in histories {
        let person = history.person.clone();
        let Some(claim) = history.latest().filter(|claim| claim.cancelled.is_none()) else { continue };
        let registration = claim.acknowledged().filter(|registration| registration["status"] == "confirmed");
        let Some(registration) = registration else { continue };
        claim.cancelled =
            Some(Fate::Done(node.answer(&club::cancel(&person, registration)).await.expect(200)));
        given_up += 1;
        if given_up == AFTERSHOCKS {
            return;
        }
    }
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
