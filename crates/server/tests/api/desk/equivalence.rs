//! The same orders in batches and one at a time: the same books, the same answers

mod history;
mod known;
mod world;

use std::sync::Arc;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use spotter_application::{BatchSettings, Ports};
use spotter_memory::MemoryStore;
use spotter_security::{Argon2Hasher, HashingLimits};
use spotter_testkit::clock::ManualClock;
use spotter_testkit::ids::SequentialIds;
use tokio::runtime::{Builder, Runtime};

use self::history::{History, histories};
use self::world::World;
use crate::support::TestApp;
use crate::support::app::{Limits, ports_with};
use crate::support::counter::ONE_SHARD;

/// Lives a history through twice, and compares.
async fn compare(history: &History, of_batches: Ports, of_single_ones: Ports) -> Result<(), TestCaseError> {
    let History { largest_batch, shards, .. } = *history;
    let in_batches = BatchSettings { largest_batch, shards, ..ONE_SHARD };
    let mut batches = World::begin(of_batches, in_batches, history).await;
    let one_at_a_time = BatchSettings { largest_batch: 1, ..ONE_SHARD };
    let mut single = World::begin(of_single_ones, one_at_a_time, history).await;
    for (number, round) in history.rounds.iter().enumerate() {
        let (together, alone) = (batches.all_at_once(round).await, single.one_by_one(round).await);
        for ((step, together), alone) in round.steps.iter().zip(together).zip(alone) {
            proptest::prop_assert_eq!(together, alone, "in round {}: {:?}", number, step);
        }
    }
    proptest::prop_assert_eq!(batches.books().await, single.books().await);
    proptest::prop_assert_eq!(batches.announced().await, single.announced().await);
    Ok(())
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn check(
    cases: u32,
    max_shrink_iters: u32,
    steps: usize,
    make: impl Fn() -> (Ports, Ports),
    runtime: &Runtime,
) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters, ..Config::default() };
    TestRunner::new(config)
        .run(&histories(steps), |history| {
            let (one, other) = make();
            runtime.block_on(compare(&history, one, other))
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn batches_decide_as_one_order_after_the_other_would() {
    let hasher = Arc::new(Argon2Hasher::new(HashingLimits::default()).unwrap());
    let fresh = || {
        let (clock, ids) = (ManualClock::new(), Arc::new(SequentialIds::new()));
        ports_with(hasher.clone(), &clock, ids, Arc::new(MemoryStore::new()), Limits::Off)
    };
    check(300, 500, 64, || (fresh(), fresh()), &runtime());
}

/// Fewer, where each takes its time.
fn on_a_database(app: impl Future<Output = TestApp>, runtime: &Runtime) {
    let app = runtime.block_on(app);
    let ports = || app.spotter.ports().clone();
    check(16, 50, 24, || (ports(), ports()), runtime);
}

#[test]
fn so_they_do_on_sqlite() {
    let runtime = runtime();
    on_a_database(TestApp::sqlite(), &runtime);
}

#[test]
fn so_they_do_on_postgres() {
    let runtime = runtime();
    on_a_database(TestApp::postgres(), &runtime);
}
