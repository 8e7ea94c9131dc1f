//! How many statements things take, whatever their size.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::sync::Arc;

use spotter_application::operations::DatabaseMonitor;
use spotter_application::statements::{Tally, tallied};
use spotter_domain::club::Role;
use spotter_domain::event::{Event, EventQueries};
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::page::PageRequest;
use spotter_domain::registration::{
    Decision, Outcome, Reason, Registration, RegistrationQueries, RegistrationState, RegistrationStatus, When,
};
use spotter_domain::waitlist::{QueueNumber, WaitlistQueries};
use spotter_domain::{Store, StoreError};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::clock::START;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{
    Seed, account, club, decision_id, event, membership, message_id, registration,
};

const MANY: u64 = 50;

/// How many statements `work` sends.
async fn statements<T>(work: impl Future<Output = Result<T, StoreError>>) -> u64 {
    let tally = Arc::new(Tally::default());
    tallied(Arc::clone(&tally), work).await.unwrap();
    tally.statements()
}

async fn open(database: &TestDatabase) -> Database {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let events = (1..=3).map(|number| event(number, &club(1), 100)).collect();
    let seed = Seed {
        accounts: (1..=MANY).map(account).collect(),
        clubs: vec![club(1)],
        memberships: vec![membership(&club(1), &account(1), Role::Coach)],
        events,
        ..Seed::default()
    };
    seed.save(&spotter).await;
    spotter
}

fn the_event() -> Event {
    event(1, &club(1), 100)
}

fn waiting(number: u64) -> Registration {
    Registration {
        status: RegistrationStatus::Waitlisted,
        ..registration(number, &the_event(), &account(number))
    }
}

fn decision(number: u64) -> Decision {
    Decision {
        id: decision_id(number),
        club: club(1).id,
        registration: waiting(number).id,
        at: START,
        outcome: Outcome::Waitlisted,
        reason: Reason::NotEnoughSeats { free: 0 },
    }
}

async fn batches_are_one_statement(database: TestDatabase) {
    let spotter = open(&database).await;
    let registrations: Vec<_> = (1..=MANY).map(waiting).collect();
    let decisions: Vec<_> = (1..=MANY).map(decision).collect();
    let people: Vec<_> = (1..=MANY).map(|number| account(number).id).collect();
    let states: Vec<_> = registrations
        .iter()
        .map(|held| RegistrationState { id: held.id, status: RegistrationStatus::Cancelled, passes: 1 })
        .collect();
    let events: Vec<_> = (1..=3).map(|number| event(number, &club(1), 100).id).collect();
    let rosters: Vec<_> = events.iter().map(|id| (*id, the_event().roster)).collect();
    let messages: Vec<_> = (1..=MANY)
        .map(|number| OutboxMessage {
            id: message_id(number),
            event: spotter_domain::domain_event::DomainEvent::AccountCreated { account: account(number).id },
            created_at: START,
            trace_context: None,
        })
        .collect();
    let (club, event) = (club(1).id, the_event().id);

    let mut work = spotter.begin().await.unwrap();
    assert_eq!(statements(work.events().lock(&events)).await, 1);
    assert_eq!(statements(work.registrations().insert_many(&registrations)).await, 1);
    assert_eq!(statements(work.registrations().append_decisions(&decisions)).await, 1);
    assert_eq!(statements(work.registrations().active_of(club, event, &people)).await, 1);
    assert_eq!(statements(work.waitlist().head(club, event, None, 100)).await, 1);
    assert_eq!(statements(work.waitlist().count_before(club, event, QueueNumber::new(9))).await, 1);
    assert_eq!(statements(work.registrations().save_states(club, event, &states)).await, 1);
    assert_eq!(statements(work.events().save_rosters(&rosters)).await, 1);
    assert_eq!(statements(work.outbox().append(&messages)).await, 1);
    assert_eq!(statements(work.registrations().insert_many(&[])).await, 0);
    assert_eq!(statements(work.commit()).await, 0);
    spotter.close().await;
}

async fn queries_are_one_statement_or_two(database: TestDatabase) {
    let spotter = open(&database).await;
    let mut work = spotter.begin().await.unwrap();
    let registrations: Vec<_> = (1..=MANY).map(waiting).collect();
    work.registrations().insert_many(&registrations).await.unwrap();
    work.commit().await.unwrap();

    let (club, event, person) = (club(1).id, the_event().id, account(1).id);
    assert_eq!(statements(EventQueries::by_id(&spotter, event, Some(person))).await, 1);
    assert_eq!(statements(RegistrationQueries::by_id(&spotter, waiting(1).id, person)).await, 2);
    assert_eq!(statements(spotter.of_event(club, event, None, PageRequest::default())).await, 1);
    assert_eq!(statements(spotter.of_account(person, When::Any, PageRequest::default())).await, 1);
    assert_eq!(statements(spotter.entries(club, event, PageRequest::default())).await, 1);
    spotter.close().await;
}

/// Whatever becomes of a unit of work, its connection comes back.
async fn no_connection_is_lost(database: TestDatabase) {
    let spotter = open(&database).await;
    for _ in 0..3 {
        let mut work = spotter.begin().await.unwrap();
        assert_eq!(spotter.pools()[0].in_use, 1);
        // Given up halfway.
        let given_up =
            tokio::time::timeout(std::time::Duration::ZERO, work.registrations().by_id(waiting(1).id));
        drop(given_up.await);
        drop(work);
    }
    // Dropped where there is no runtime.
    let work = spotter.begin().await.unwrap();
    std::thread::spawn(move || drop(work)).join().unwrap();
    spotter.begin().await.unwrap().commit().await.unwrap();
    let numbers = spotter.pools();
    assert_eq!((numbers[0].in_use, numbers[0].waiting, numbers[0].timeouts), (0, 0, 0));
    assert!(spotter.ping().await.is_ok());
    spotter.close().await;
    assert!(matches!(spotter.begin().await.err(), Some(StoreError::Unavailable(_))));
}

/// PostgreSQL would answer such a commit with a rollback and call it a success.
async fn nothing_is_committed_after_a_failure(database: TestDatabase) {
    let spotter = open(&database).await;
    let mut work = spotter.begin().await.unwrap();
    work.registrations().insert_many(&[waiting(1)]).await.unwrap();
    let again = Registration { id: waiting(2).id, ..waiting(1) };
    assert!(matches!(work.registrations().insert_many(&[again]).await, Err(StoreError::Conflict(_))));
    assert!(matches!(work.commit().await, Err(StoreError::Conflict(_))));
    assert!(RegistrationQueries::by_id(&spotter, waiting(1).id, account(1).id).await.unwrap().is_none());
    spotter.close().await;
}

macro_rules! on_both {
    ($($test:ident),+) => {
        mod sqlite {
            use super::TestDatabase;
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(TestDatabase::sqlite_migrated().await).await;
                }
            )+
        }
        mod postgres {
            use super::TestDatabase;
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(TestDatabase::postgres_migrated().await).await;
                }
            )+
        }
    };
}

on_both!(
    batches_are_one_statement,
    queries_are_one_statement_or_two,
    no_connection_is_lost,
    nothing_is_committed_after_a_failure
);
