//! The outbox on real databases: what can't be read, what others hold locked, and plans that hold.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use spotter_application::statements::{Tally, tallied};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{Failure, Holder, Lane, LeaseRequest, OutboxMessage, OutboxQueue};
use spotter_domain::{Store, StoreError};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::clock::START;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{account, after, message_id};
use uuid::Uuid;

fn message(number: u64) -> OutboxMessage {
    OutboxMessage {
        id: message_id(number),
        event: DomainEvent::AccountCreated { account: account(number).id },
        created_at: START,
        trace_context: None,
    }
}

fn all(holder: u128) -> LeaseRequest {
    let until = START + Duration::from_mins(1);
    let holder = Holder(Uuid::from_u128(holder));
    LeaseRequest { holder, now: START, until, lanes: Lane::COUNT, limit: 100 }
}

async fn open(database: &TestDatabase, messages: u64) -> Database {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let mut work = spotter.begin().await.unwrap();
    work.outbox().append(&(1..=messages).map(message).collect::<Vec<_>>()).await.unwrap();
    work.commit().await.unwrap();
    spotter
}

/// A connection past everything of ours.
async fn bare(database: &TestDatabase) -> DatabaseConnection {
    let mut options = ConnectOptions::new(database.url());
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

async fn execute(connection: &impl ConnectionTrait, sql: &str) {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.execute_raw(statement).await.unwrap();
}

/// A message that a newer version has written, of a kind that is not known here, holds up no other.
async fn what_cannot_be_read_holds_up_nothing(database: TestDatabase) {
    let spotter = open(&database, 3).await;
    let connection = bare(&database).await;
    let postgres = database.url().starts_with("postgres");
    let id = message_id(2).uuid();
    let this = if postgres { format!("'{id}'") } else { format!("x'{}'", id.simple()) };
    execute(
        &connection,
        &format!("UPDATE outbox SET payload = '{{\"kind\": \"of_tomorrow\"}}' WHERE id = {this}"),
    )
    .await;
    connection.close().await.unwrap();

    let lease = spotter.lease(&all(1)).await.unwrap().unwrap();
    let readable: Vec<_> = lease.deliveries.iter().map(|delivery| delivery.message.is_ok()).collect();
    assert_eq!(readable, [true, false, true]);
    let Err(StoreError::Corrupt { column, id, .. }) = &lease.deliveries[1].message else {
        panic!("{lease:?}")
    };
    assert_eq!((*column, id), ("payload", &message_id(2).to_string()));
    assert_eq!(
        (lease.deliveries[1].id, lease.deliveries[1].aggregate),
        (message_id(2), account(2).id.uuid())
    );
    spotter.close().await;
}

/// Whatever the size of a batch, it is taken and settled in as many statements.
async fn a_batch_is_a_few_statements(database: TestDatabase) {
    let spotter = open(&database, 50).await;
    let count = async |work: &mut (dyn Future<Output = ()> + Send + Unpin)| {
        let tally = Arc::new(Tally::default());
        tallied(Arc::clone(&tally), work).await;
        tally.statements()
    };
    let mut taken = None;
    let taking = count(&mut Box::pin(async { taken = spotter.lease(&all(1)).await.unwrap() })).await;
    assert!(taking <= 3, "{taking} statements");
    let lease = taken.unwrap();
    let ids: Vec<MessageId> = lease.deliveries.iter().map(|delivery| delivery.id).collect();
    let failure = |id: &MessageId| Failure { id: *id, next_attempt_at: after(10), error: "no".into() };
    let (processed, failed) = (&ids[..25], ids[25..].iter().map(failure).collect::<Vec<_>>());
    let settling = Box::pin(async { spotter.settle(&lease, START, processed, &failed).await.unwrap() });
    assert_eq!(count(&mut { settling }).await, 3);
    let in_vain = Box::pin(async { assert!(spotter.lease(&all(2)).await.unwrap().is_none()) });
    assert!(count(&mut { in_vain }).await <= 2);
    let numbers = spotter.numbers().await.unwrap();
    assert_eq!((numbers.pending, numbers.failing), (25, 25));
    spotter.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_holds_up_nothing_on_sqlite() {
    what_cannot_be_read_holds_up_nothing(TestDatabase::sqlite_migrated().await).await;
}

#[tokio::test]
async fn what_cannot_be_read_holds_up_nothing_on_postgres() {
    what_cannot_be_read_holds_up_nothing(TestDatabase::postgres_migrated().await).await;
}

#[tokio::test]
async fn a_batch_is_a_few_statements_on_sqlite() {
    a_batch_is_a_few_statements(TestDatabase::sqlite_migrated().await).await;
}

#[tokio::test]
async fn a_batch_is_a_few_statements_on_postgres() {
    a_batch_is_a_few_statements(TestDatabase::postgres_migrated().await).await;
}

/// Who is about to take a lane is not waited for: the others are taken, and this one is left to them.
#[tokio::test]
async fn nobody_waits_for_who_is_taking_a_lane() {
    let database = TestDatabase::postgres_migrated().await;
    let spotter = open(&database, 3).await;
    let connection = bare(&database).await;
    let taking = connection.begin().await.unwrap();
    let lane = Lane::of(account(2).id.uuid()).number();
    execute(&taking, &format!("SELECT * FROM outbox_lanes WHERE lane = {lane} FOR UPDATE")).await;

    let lease = spotter.lease(&all(1)).await.unwrap().unwrap();
    let ids: Vec<_> = lease.deliveries.iter().map(|delivery| delivery.id).collect();
    assert_eq!(ids, [message_id(1), message_id(3)]);
    assert!(spotter.lease(&all(2)).await.unwrap().is_none());
    taking.rollback().await.unwrap();
    let rest = spotter.lease(&all(2)).await.unwrap().unwrap();
    assert_eq!(rest.deliveries[0].id, message_id(2));
    connection.close().await.unwrap();
    spotter.close().await;
}
