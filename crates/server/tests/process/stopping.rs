//! Stopping in good order: what is in flight is finished, nothing new is begun.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use spotter_testkit::database::TestDatabase;
use tokio::net::TcpStream;

use crate::support::{Api, Class, Node, Person, Serve, people, rows, until};

/// How long anything may take that does not have to wait for anybody.
const SOON: Duration = Duration::from_secs(10);

/// A node with a class whose row somebody else has locked, so that whoever registers has to wait.
struct Scene {
    node: Node,
    class: Class,
    person: Person,
    bystander: DatabaseConnection,
    database: TestDatabase,
}

impl Scene {
    async fn open(serve: impl FnOnce(Serve) -> Serve) -> Self {
        let database = TestDatabase::postgres_empty().await;
        let node = serve(Serve::on(database.url())).start().await;
        let people = people::settle(database.url(), 2).await;
        let class = Class::open(&node, &people[0], 5).await;
        let bystander = rows::connect(database.url()).await;
        Self { node, class, person: people[1].clone(), bystander, database }
    }

    async fn lock(&self) -> DatabaseTransaction {
        let lock = self.bystander.begin().await.unwrap();
        rows::all(&lock, "SELECT id FROM events FOR UPDATE").await;
        lock
    }

    /// Waits until a transaction of the node waits for that lock.
    async fn in_flight(&self) {
        let watcher = rows::connect(self.database.url()).await;
        let waiting = "SELECT COUNT(*) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until("a request is in flight", SOON, async || {
            (rows::count(&watcher, waiting).await > 0).then_some(())
        })
        .await;
        watcher.close().await.unwrap();
    }
}

/// Waits until nobody listens there any more.
async fn refused(address: std::net::SocketAddr) {
    until("new connections are refused", SOON, async || {
        TcpStream::connect(address).await.is_err().then_some(())
    })
    .await;
}

async fn finishes_what_is_in_flight_upon(signal: Signal) {
    let mut scene = Scene::open(|serve| serve).await;
    let lock = scene.lock().await;
    let (address, call) = (scene.node.address(), scene.class.register(&scene.person, 1));
    let sending = tokio::spawn(async move { Api::new().send(address, &call).await });
    scene.in_flight().await;
    scene.node.signal(signal);
    refused(address).await;
    assert!(!scene.node.has_ended() && !sending.is_finished(), "it did not wait for the request in flight");
    lock.rollback().await.unwrap();
    let registration = sending.await.unwrap().unwrap().expect(201);
    assert_eq!(registration["status"], "confirmed");
    let since = Instant::now();
    scene.node.ended(SOON).await.expect(0);
    println!("ended {:?} after the last answer", since.elapsed());
    let confirmed = "SELECT COUNT(*) AS count FROM registrations WHERE status = 'confirmed'";
    assert_eq!(rows::count(&scene.bystander, confirmed).await, 1);
    scene.bystander.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_finishes_what_is_in_flight_and_refuses_what_is_new() {
    finishes_what_is_in_flight_upon(Signal::TERM).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sigint_finishes_what_is_in_flight_and_refuses_what_is_new() {
    finishes_what_is_in_flight_upon(Signal::INT).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_no_longer_than_the_grace_period() {
    let scene = Scene::open(|serve| serve.set("SPOTTER_HTTP__SHUTDOWN_GRACE_S", "1")).await;
    let lock = scene.lock().await;
    let (address, call) = (scene.node.address(), scene.class.register(&scene.person, 1));
    let sending = tokio::spawn(async move { Api::new().send(address, &call).await });
    scene.in_flight().await;
    let since = Instant::now();
    scene.node.signal(Signal::TERM);
    // A statement that waits for a lock is given up by the database after three seconds, not by us.
    scene.node.ended(Duration::from_secs(8)).await.expect(0);
    println!("ended {:?} after the signal", since.elapsed());
    lock.rollback().await.unwrap();
    let unanswered = sending.await.unwrap();
    assert!(unanswered.as_ref().map_or(true, |answer| answer.status == 503), "{unanswered:?}");
    let any = "SELECT COUNT(*) AS count FROM registrations";
    assert_eq!(rows::count(&scene.bystander, any).await, 0, "it was not acknowledged and has to be undone");
    scene.bystander.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_node_stops_at_once() {
    for signal in [Signal::TERM, Signal::INT] {
        let database = TestDatabase::sqlite_empty();
        let node = Serve::on(database.url()).start().await;
        let since = Instant::now();
        node.signal(signal);
        let ended = node.ended(SOON).await.expect(0);
        assert_eq!(ended.stderr, "", "nothing of note happened");
        println!("ended {:?} after the signal", since.elapsed());
    }
}
