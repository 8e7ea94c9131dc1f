//! Stopping in good order: what is in flight is finished, nothing new is begun.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use spotter_testkit::database::TestDatabase;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::support::locks::Lock;
use crate::support::{Answer, Api, Class, Node, Person, Serve, people, rows, until};

/// How long anything may take that does not have to wait for anybody.
const SOON: Duration = Duration::from_secs(10);

/// A node with a class, and somebody who wants to come.
struct Scene {
    node: Node,
    class: Class,
    person: Person,
    database: TestDatabase,
}

impl Scene {
    async fn open(serve: impl FnOnce(Serve) -> Serve) -> Self {
        let database = TestDatabase::postgres_empty().await;
        let node = serve(Serve::on(database.url())).start().await;
        let people = people::settle(database.url(), 2).await;
        let class = Class::open(&node, &people[0], 5).await;
        Self { node, class, person: people[1].clone(), database }
    }

    /// Sends a registration that has to wait for `lock`, and waits until it does.
    async fn register(&self, lock: &Lock) -> JoinHandle<Result<Answer, reqwest::Error>> {
        let (address, call) = (self.node.address(), self.class.register(&self.person, 1));
        let sending = tokio::spawn(async move { Api::new().send(address, &call).await });
        lock.is_waited_for().await;
        sending
    }

    async fn registrations(&self, status: &str) -> i64 {
        let rows = rows::connect(self.database.url()).await;
        let sql = format!("SELECT COUNT(*) AS count FROM registrations WHERE status = '{status}'");
        let count = rows::count(&rows, &sql).await;
        rows.close().await.unwrap();
        count
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
    let lock = Lock::take(scene.database.url()).await;
    let sending = scene.register(&lock).await;
    scene.node.signal(signal);
    refused(scene.node.address()).await;
    assert!(!scene.node.has_ended() && !sending.is_finished(), "it did not wait for the request in flight");
    lock.release().await;
    assert_eq!(sending.await.unwrap().unwrap().expect(201)["status"], "confirmed");
    assert_eq!(scene.registrations("confirmed").await, 1);
    let since = Instant::now();
    scene.node.ended(SOON).await.expect(0);
    println!("ended {:?} after the last answer", since.elapsed());
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
    let mut scene = Scene::open(|serve| serve.set("SPOTTER_HTTP__SHUTDOWN_GRACE_S", "1")).await;
    let lock = Lock::take(scene.database.url()).await;
    let sending = scene.register(&lock).await;
    let since = Instant::now();
    scene.node.signal(Signal::TERM);
    // The database gives up a statement that waits for a lock after three seconds.
    until("the node ends", Duration::from_secs(8), || {
        std::future::ready(scene.node.has_ended().then_some(()))
    })
    .await;
    println!("ended {:?} after the signal", since.elapsed());
    lock.release().await;
    let unanswered = sending.await.unwrap();
    assert!(unanswered.as_ref().map_or(true, |answer| answer.status == 503), "{unanswered:?}");
    assert_eq!(scene.registrations("confirmed").await, 0, "it was not acknowledged and has to be undone");
    scene.node.ended(SOON).await.expect(0);
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
