//! Rule R10 between nodes: one key, one effect, one answer.

use serde_json::{Value, json};
use spotter_testkit::database::TestDatabase;

use crate::storm::fleet::Fleet;
use crate::support::{Answer, Api, Call, Class, locks, people, rows};

/// How often one request is sent at once.
const COPIES: usize = 50;

/// How often that is tried.
const ROUNDS: u64 = 10;

/// Sends the same request many times at once, to the nodes in turn.
async fn send_copies(api: &Api, fleet: &Fleet, call: &Call) -> Vec<Answer> {
    let addresses = fleet.addresses();
    let sending = (0..COPIES).map(|copy| api.send(addresses.of(copy), call));
    let answers = futures_util::future::join_all(sending).await;
    answers.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_sent_to_both_nodes_at_once_makes_one_registration() {
    let database = TestDatabase::postgres_empty().await;
    let fleet = Fleet::start(database.url(), 2).await;
    let people = people::settle(database.url(), 1 + ROUNDS).await;
    let class = Class::open(fleet.first(), &people[0], 5).await;
    let (api, mut in_flight) = (Api::new(), 0);
    for (round, person) in people[1..].iter().enumerate() {
        let call = class.register(person, 1).keyed(format!("round {round}"));
        let mut bodies: Vec<Value> = Vec::new();
        for answer in send_copies(&api, &fleet, &call).await {
            match (answer.status.as_u16(), answer.code()) {
                (201, _) => bodies.push(answer.body),
                (409, "idempotency_key_in_flight") => in_flight += 1,
                _ => panic!("{answer:?}"),
            }
        }
        assert!(!bodies.is_empty(), "all copies were told that another one is in flight");
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
        // And once more when all is quiet.
        for node in fleet.nodes() {
            assert_eq!(node.answer(&call).await.expect(201), bodies[0]);
        }
    }
    println!(
        "{in_flight} of {} copies were told that another is in flight",
        COPIES * usize::try_from(ROUNDS).unwrap()
    );
    let books = rows::connect(database.url()).await;
    let count = |table| format!("SELECT COUNT(*) AS count FROM {table}");
    assert_eq!(rows::count(&books, &count("registrations")).await, i64::try_from(ROUNDS).unwrap());
    assert_eq!(rows::count(&books, &count("registration_decisions")).await, i64::try_from(ROUNDS).unwrap());
    books.close().await.unwrap();
    fleet.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_one_node_is_working_on_is_in_flight_for_the_other() {
    let database = TestDatabase::postgres_empty().await;
    let fleet = Fleet::start(database.url(), 2).await;
    let people = people::settle(database.url(), 2).await;
    let class = Class::open(fleet.first(), &people[0], 5).await;
    let [one, other] = fleet.nodes() else { panic!("not two nodes") };
    let call = class.register(&people[1], 1).keyed("slow");
    let lock = locks::Lock::take(database.url()).await;
    let (address, slow) = (one.address(), call.clone());
    let sending = tokio::spawn(async move { Api::new().send(address, &slow).await });
    lock.is_waited_for().await;
    let told = other.answer(&call).await;
    assert_eq!((told.status.as_u16(), told.code()), (409, "idempotency_key_in_flight"));
    lock.release().await;
    let body = sending.await.unwrap().unwrap().expect(201);
    assert_eq!(other.answer(&call).await.expect(201), body);
    fleet.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_answered_by_one_node_is_refused_by_the_other_for_another_request() {
    let database = TestDatabase::postgres_empty().await;
    let fleet = Fleet::start(database.url(), 2).await;
    let people = people::settle(database.url(), 3).await;
    let class = Class::open(fleet.first(), &people[0], 5).await;
    let [one, other] = fleet.nodes() else { panic!("not two nodes") };
    let first = one.answer(&class.register(&people[1], 1).keyed("mine")).await.expect(201);
    let second = other.answer(&class.register(&people[1], 2).keyed("mine")).await;
    assert_eq!((second.status.as_u16(), second.code()), (422, "idempotency_key_reused"));
    // Another person's key is another key.
    let theirs = other.answer(&class.register(&people[2], 1).keyed("mine")).await.expect(201);
    assert_ne!(theirs["id"], first["id"]);
    fleet.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_repeated_by_the_other_node_though_it_would_now_be_done() {
    let database = TestDatabase::postgres_empty().await;
    let fleet = Fleet::start(database.url(), 2).await;
    let people = people::settle(database.url(), 3).await;
    let class = Class::open(fleet.first(), &people[0], 1).await;
    let [one, other] = fleet.nodes() else { panic!("not two nodes") };
    let closed = Call::patch(format!("/api/v1/events/{}", class.id)).by(&people[0]);
    one.answer(&closed.json(json!({"waitlist": {"enabled": false}}))).await.expect(200);
    one.answer(&class.register(&people[1], 1)).await.expect(201);
    let call = class.register(&people[2], 1).keyed("too late");
    assert_eq!(one.answer(&call).await.code(), "waitlist_closed");
    one.answer(&class.resize(2)).await.expect(200);
    let repeated = other.answer(&call).await;
    assert_eq!((repeated.status.as_u16(), repeated.code()), (409, "waitlist_closed"));
    other.answer(&class.register(&people[2], 1).keyed("in time")).await.expect(201);
    fleet.stop().await;
}
