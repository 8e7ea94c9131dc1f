//! Rules R1, R2, R5 and R10 under fire: whatever happens to the nodes, no seat is sold twice and no
//! acknowledged answer is taken back.

use spotter_testkit::database::TestDatabase;

use crate::audit::audit;
use crate::storm::fleet::Fleet;
use crate::storm::{Parties, rage};
use crate::support::people;

/// Lets so many people storm a class on so many nodes, and audits what is left.
async fn storm(database: TestDatabase, nodes: usize, people: u64, parties: Parties, seed: u64) {
    let fleet = Fleet::start(database.url(), nodes).await;
    let people = people::settle(database.url(), people).await;
    let aftermath = rage(fleet, &people, parties, seed).await;
    audit(&aftermath, parties).await;
    aftermath.fleet.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_two_nodes_never_oversell_and_keep_what_they_acknowledged() {
    storm(TestDatabase::postgres_empty().await, 2, 1_000, Parties::Mixed, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_two_nodes_seat_singles_strictly_in_order() {
    storm(TestDatabase::postgres_empty().await, 2, 600, Parties::OfOne, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_one_node_never_oversells_and_keeps_what_it_acknowledged() {
    storm(TestDatabase::sqlite_empty(), 1, 600, Parties::Mixed, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_one_node_seats_singles_strictly_in_order() {
    storm(TestDatabase::sqlite_empty(), 1, 400, Parties::OfOne, 4).await;
}
