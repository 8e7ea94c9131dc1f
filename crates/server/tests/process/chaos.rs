//! Proof under fire: two nodes on one PostgreSQL follow a plan drawn from a seed, while nodes are killed, connections
//! ended and the database crashes. Whatever was acknowledged is there afterwards, and as the rules want it.

mod client;
mod connections;
mod effects;
mod evidence;
mod model;
mod order;
mod plan;
mod replay;
mod sabotage;
mod stage;
mod turns;
mod verdict;

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::support::Class;
use client::Crowd;
use evidence::{Evidence, Tally};
use plan::Plan;
use stage::Stage;

/// How many clients there are, each with one request at a time.
const CLIENTS: usize = 16;

/// How long one plan may take.
const AT_MOST: Duration = Duration::from_mins(1);

/// Names the seeds that were asked for: one, or the first and the last with two dots between.
const SEEDS: &str = "SPOTTER_CHAOS_SEEDS";

/// Set to anything, it has every step of a plan printed.
const IN_FULL: &str = "SPOTTER_CHAOS_IN_FULL";

/// Follows the plans of these seeds, one after another, and audits what each has left behind.
async fn survive(seeds: RangeInclusive<u64>) -> Tally {
    let mut stage = Stage::on_a_cluster().await;
    let mut sum = Tally::default();
    for seed in seeds {
        let plan = Plan::of(seed);
        let _told = ToldWhenFailed(&plan);
        if std::env::var_os(IN_FULL).is_some() {
            println!("{}", plan.in_full());
        }
        let since = Instant::now();
        let (classes, evidence) =
            tokio::time::timeout(AT_MOST, follow(&mut stage, &plan)).await.expect("the plan is over in time");
        let (followed, since) = (since.elapsed(), Instant::now());
        verdict::judge(&stage, &plan, &classes, &evidence).await;
        let tally = evidence.tally();
        println!("seed {seed}: {tally:?} in {followed:?}, audited in {:?}", since.elapsed());
        sum += tally;
    }
    stage.fleet.stop().await;
    sum
}

/// Follows one plan to its end.
async fn follow(stage: &mut Stage, plan: &Plan) -> (Vec<Class>, Evidence) {
    let classes = stage.set(plan).await;
    let people = Arc::clone(&stage.people);
    let crowd = Arc::new(Crowd::new(plan.clone(), people, classes.clone(), stage.fleet.addresses()));
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(Arc::clone(&crowd).serve());
    }
    let serving = async {
        let mut evidence = Evidence::default();
        while let Some(served) = clients.join_next().await {
            let served = served.unwrap();
            evidence.deeds.extend(served.deeds);
            evidence.sightings.extend(served.sightings);
        }
        evidence.deeds.sort_by_key(|deed| deed.sent);
        evidence
    };
    let troubling = async {
        let mut troubles = plan.troubles.iter().peekable();
        crowd.allow(troubles.peek().map_or(usize::MAX, |(at, _)| *at));
        while let Some((at, trouble)) = troubles.next() {
            crowd.has_come_to(*at).await;
            // Nobody waits for it to be over: it is to meet everybody at work.
            crowd.allow(troubles.peek().map_or(usize::MAX, |(at, _)| *at));
            stage.suffer(*trouble).await;
        }
    };
    let (evidence, ()) = tokio::join!(serving, troubling);
    (classes, evidence)
}

/// Says how to run a plan again when it has failed.
struct ToldWhenFailed<'a>(&'a Plan);

impl Drop for ToldWhenFailed<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("\nthis failed: {}again: cargo xtask chaos --seed {}\n", self.0, self.0.seed);
        }
    }
}

/// The same for a few seeds in a row, as a test.
async fn keeps_its_word(seeds: RangeInclusive<u64>) {
    let tally = survive(seeds).await;
    println!("{tally:?}");
    assert!(
        tally.unknown > 0 && tally.repeated > 0 && tally.refused > 0,
        "too calm to prove anything: {tally:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_whatever_is_killed_seeds_1_to_5() {
    keeps_its_word(1..=5).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_whatever_is_killed_seeds_6_to_10() {
    keeps_its_word(6..=10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_whatever_is_killed_seeds_11_to_15() {
    keeps_its_word(11..=15).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_whatever_is_killed_seeds_16_to_20() {
    keeps_its_word(16..=20).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`cargo xtask chaos` runs it, with the seeds that it is told"]
async fn the_seeds_that_were_asked_for() {
    let asked = std::env::var(SEEDS).unwrap_or_else(|_| panic!("{SEEDS} is not set"));
    let (first, last) = asked.split_once("..").unwrap_or((&asked, &asked));
    println!("{:?}", survive(first.parse().unwrap()..=last.parse().unwrap()).await);
}
