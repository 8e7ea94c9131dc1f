//! How many statements things take, whatever their size.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::sync::Arc;

use spotter_application::operations::DatabaseMonitor;
use spotter_application::statements::{Tally, tallied};
use spotter_domain::account::AccountQueries;
use spotter_domain::club::Role;
use spotter_domain::event::{Event, EventQueries, PeopleRequest};
use spotter_domain::id::AccountId;
use spotter_domain::idempotency::{IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Day, DerivedSession, Record, Records, Summary};
use spotter_domain::registration::{
    Decision, Outcome, QueueRequest, Reason, Registration, RegistrationQueries, RegistrationState,
    RegistrationStatus, StandingRequest, When,
};
use spotter_domain::waitlist::WaitlistQueries;
use spotter_domain::wearable::WearableQueries;
use spotter_domain::workout::{ExerciseQueries, NewSession, OneRepMaxFormula, SessionFilter, WorkoutQueries};
use spotter_domain::{Store, StoreError};
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::clock::START;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{
    Seed, account, block, catalogue_entry, club, custom_exercise, decision_id, event, import, membership,
    message_id, new_session, of_person, planned, registration, source_key, template, workout_session,
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

/// All of these people and registrations, with the queue.
fn standing_request(of: &[Registration]) -> StandingRequest {
    let (club, event) = (club(1).id, the_event().id);
    StandingRequest {
        people: of.iter().map(|held| (held.club, held.event, held.account)).collect(),
        named: of.iter().map(|held| held.id).collect(),
        queues: vec![QueueRequest { club, event, seats: 3 }],
        most_entries: 100,
    }
}

fn slot(number: u64) -> IdempotencySlot {
    let key = IdempotencyKey::parse(&format!("key {number}")).unwrap();
    IdempotencySlot { account: Some(account(number).id), key }
}

fn answer() -> KeptAnswer {
    KeptAnswer { fingerprint: [1; 32], sealed: vec![1, 2], expires_at: START }
}

async fn batches_are_one_statement(database: TestDatabase) {
    let spotter = open(&database).await;
    let registrations: Vec<_> = (1..=MANY).map(waiting).collect();
    let decisions: Vec<_> = (1..=MANY).map(decision).collect();
    let changed: Vec<_> = registrations.iter().map(|held| Registration { passes: 2, ..*held }).collect();
    let (arrived, late) = registrations.split_at(registrations.len() / 2);
    let request = standing_request(&registrations);
    let slots: Vec<_> = (1..=MANY).map(slot).collect();
    let answers: Vec<_> = slots.iter().map(|slot| (slot.clone(), answer())).collect();
    let accounts: Vec<_> = (1..=MANY).map(|number| account(number).id).collect();
    let people = PeopleRequest { always: accounts.clone(), if_hidden: accounts };
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
    assert_eq!(statements(work.events().lock_with_people(&events, &people)).await, 1);
    assert_eq!(statements(work.idempotency().claim(&slots, START)).await, 1);
    assert_eq!(statements(work.registrations().save(arrived, &[])).await, 1);
    assert_eq!(statements(work.registrations().save(late, &changed[..arrived.len()])).await, 1);
    assert_eq!(statements(work.registrations().save(&[], &changed)).await, 1);
    assert_eq!(statements(work.registrations().append_decisions(&decisions)).await, 1);
    assert_eq!(statements(work.registrations().standing(&request)).await, 1);
    assert_eq!(statements(work.registrations().standing(&StandingRequest::default())).await, 0);
    assert_eq!(statements(work.waitlist().head(club, event, None, 100)).await, 1);
    assert_eq!(statements(work.registrations().save_states(club, event, &states)).await, 1);
    assert_eq!(statements(work.events().save_rosters(&rosters)).await, 1);
    assert_eq!(statements(work.outbox().append(&messages)).await, 1);
    assert_eq!(statements(work.idempotency().keep(&answers, START)).await, 1);
    assert_eq!(statements(work.idempotency().keep(&[], START)).await, 0);
    assert_eq!(statements(work.idempotency().claim(&[], START)).await, 0);
    assert_eq!(statements(work.registrations().save(&[], &[])).await, 0);
    assert_eq!(statements(work.commit()).await, 0);
    spotter.close().await;
}

async fn queries_are_one_statement_or_two(database: TestDatabase) {
    let spotter = open(&database).await;
    let mut work = spotter.begin().await.unwrap();
    let registrations: Vec<_> = (1..=MANY).map(waiting).collect();
    work.registrations().save(&registrations, &[]).await.unwrap();
    work.commit().await.unwrap();

    let (club, event, person) = (club(1).id, the_event().id, account(1).id);
    assert_eq!(statements(EventQueries::by_id(&spotter, event, Some(person))).await, 1);
    assert_eq!(statements(spotter.whereabouts(waiting(1).id)).await, 1);
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
    work.registrations().save(&[waiting(1)], &[]).await.unwrap();
    let again = Registration { id: waiting(2).id, ..waiting(1) };
    assert!(matches!(work.registrations().save(&[again], &[]).await, Err(StoreError::Conflict(_))));
    assert!(matches!(work.commit().await, Err(StoreError::Conflict(_))));
    assert!(RegistrationQueries::by_id(&spotter, waiting(1).id, account(1).id).await.unwrap().is_none());
    spotter.close().await;
}

/// As many workout sessions of one person as asked for, each with two blocks.
fn workouts(numbers: std::ops::RangeInclusive<u64>) -> Vec<NewSession> {
    let blocks = || vec![block(catalogue_entry(1).id, "w60x10 100x5"), block(catalogue_entry(2).id, "x12")];
    let begins = |number: u64| i64::try_from(number * 86_400).unwrap();
    numbers
        .map(|number| {
            let mut session = workout_session(number, account(1).id, begins(number), blocks());
            session.import = Some(import(1, account(1).id).id);
            session.template = Some(template(1, account(1).id, Vec::new()).id);
            NewSession { source: Some(source_key(number)), ..new_session(session) }
        })
        .collect()
}

async fn open_with_exercises(database: &TestDatabase) -> Database {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let person = account(1).id;
    let seed = Seed {
        accounts: vec![account(1), account(2)],
        catalogue: (1..=MANY).map(catalogue_entry).collect(),
        templates: (1..=MANY)
            .map(|number| template(number, person, vec![planned(catalogue_entry(number).id)]))
            .collect(),
        ..Seed::default()
    };
    seed.save(&spotter).await;
    spotter
}

/// The days of workout sessions, for two people.
fn days_of(derived: &[DerivedSession]) -> Vec<(AccountId, Summary)> {
    let days = Summary::by_day(derived);
    [1, 2].into_iter().flat_map(|number| of_person(account(number).id, &days)).collect()
}

/// The records of workout sessions, for two people.
fn records_of(derived: &[DerivedSession]) -> Vec<(AccountId, Record)> {
    let sessions = derived.iter().map(|derived| &derived.session);
    let records: Vec<_> = Records::of(sessions, OneRepMaxFormula::default()).iter().copied().collect();
    [1, 2].into_iter().flat_map(|number| of_person(account(number).id, &records)).collect()
}

async fn workouts_are_written_in_few_statements(database: TestDatabase) {
    let spotter = open_with_exercises(&database).await;
    let (person, file) = (account(1).id, import(1, account(1).id).id);
    let many = workouts(1..=MANY);
    let ids: Vec<_> = many.iter().map(|new| new.derived.session.id).collect();
    let starts: Vec<_> = many.iter().map(|new| new.derived.session.span.started_at()).collect();
    let sources: Vec<_> = many.iter().filter_map(|new| new.source).collect();
    let exercises: Vec<_> = (1..=MANY).map(|number| catalogue_entry(number).id).collect();
    let own: Vec<_> = (1..=MANY).map(|number| custom_exercise(number, person)).collect();
    let entries: Vec<_> = (1..=MANY).map(catalogue_entry).collect();

    let mut work = spotter.begin().await.unwrap();
    assert_eq!(statements(work.accounts().lock_athlete(person)).await, 1);
    assert_eq!(statements(work.accounts().lock_athletes(&[person, account(2).id])).await, 1);
    assert_eq!(statements(work.accounts().lock_athletes(&[])).await, 0);
    assert_eq!(statements(work.accounts().touch_exercises(&[person])).await, 1);
    assert_eq!(statements(work.exercises().save_catalogue(&entries, "another")).await, 2);
    assert_eq!(statements(work.exercises().insert_many(&own)).await, 1);
    assert_eq!(statements(work.exercises().personal(&[person, account(2).id])).await, 1);
    assert_eq!(statements(work.exercises().personal(&[])).await, 0);
    assert_eq!(statements(work.exercises().unused(person, &exercises)).await, 1);
    assert_eq!(statements(work.workout_sessions().known(person, &starts, &sources)).await, 1);
    assert_eq!(statements(work.workout_sessions().insert_many(&workouts(0..=0))).await, 2);
    assert_eq!(statements(work.workout_sessions().insert_many(&many)).await, 2);
    assert_eq!(statements(work.workout_sessions().insert_many(&[])).await, 0);
    assert_eq!(statements(work.workout_sessions().by_id(person, ids[0])).await, 2);
    assert_eq!(statements(work.workout_sessions().page(person, None, 100)).await, 2);
    assert_eq!(statements(work.workout_sessions().of_import(person, file, None, 100)).await, 2);
    assert_eq!(statements(work.workout_sessions().performed(person, &exercises, None, 100)).await, 1);
    assert_eq!(statements(work.workout_sessions().stored_derived(person, None, 100)).await, 2);
    let plans: Vec<_> = (1..=MANY).map(|number| (person, template(number, person, Vec::new()).id)).collect();
    assert_eq!(statements(work.templates().existing(&plans)).await, 1);
    assert_eq!(statements(work.templates().existing(&[])).await, 0);
    let derived: Vec<_> = many.iter().map(|new| new.derived.clone()).collect();
    let (days, records) = (days_of(&derived), records_of(&derived));
    let both: Vec<_> =
        [person, account(2).id].into_iter().flat_map(|who| of_person(who, &exercises)).collect();
    assert_eq!(statements(work.progress().add_to_days(&days)).await, 1);
    assert_eq!(statements(work.progress().add_to_days(&[])).await, 0);
    assert_eq!(statements(work.progress().save_records(&records)).await, 1);
    assert_eq!(statements(work.progress().save_records(&[])).await, 0);
    assert_eq!(statements(work.progress().records(&both)).await, 1);
    assert_eq!(statements(work.progress().records(&[])).await, 0);
    assert_eq!(statements(work.workout_sessions().save_derived(&derived)).await, 2);
    let mut edited = derived[0].clone();
    edited.session.version += 1;
    assert_eq!(statements(work.workout_sessions().replace(&edited)).await, 3);
    assert_eq!(statements(work.workout_sessions().delete_many(person, &ids)).await, 1);
    let mut plan = template(1, person, vec![planned(exercises[0]); 20]);
    plan.version += 1;
    assert_eq!(statements(work.templates().by_id(person, plan.id)).await, 2);
    assert_eq!(statements(work.templates().replace(&plan)).await, 3);
    assert_eq!(statements(work.templates().delete(person, plan.id)).await, 2);
    let ids: Vec<_> = own.iter().map(|exercise| exercise.id).collect();
    assert_eq!(statements(work.exercises().move_all(person, ids[0], ids[1])).await, 3);
    assert_eq!(statements(work.exercises().delete_many(person, &ids)).await, 3);
    work.commit().await.unwrap();
    spotter.close().await;
}

async fn workouts_are_read_in_few_statements(database: TestDatabase) {
    let spotter = open_with_exercises(&database).await;
    let person = account(1).id;
    let mut work = spotter.begin().await.unwrap();
    work.workout_sessions().insert_many(&workouts(1..=MANY)).await.unwrap();
    work.commit().await.unwrap();

    let (session, plan) = (workouts(1..=1)[0].derived.session.id, template(1, person, Vec::new()).id);
    let exercises: Vec<_> = (1..=MANY).map(|number| catalogue_entry(number).id).collect();
    let filter = SessionFilter { exercise: exercises.first().copied(), ..SessionFilter::default() };
    assert_eq!(statements(spotter.athlete(person)).await, 1);
    assert_eq!(statements(ExerciseQueries::personal(&spotter, person)).await, 1);
    assert_eq!(statements(spotter.maker(person, catalogue_entry(1).id)).await, 1);
    assert_eq!(statements(spotter.standing(person, START, START)).await, 1);
    assert_eq!(statements(spotter.session(person, session)).await, 2);
    assert_eq!(statements(spotter.session(account(2).id, session)).await, 1);
    assert_eq!(statements(spotter.sessions(person, person, filter, PageRequest::default())).await, 2);
    assert_eq!(statements(spotter.may_coach(account(2).id, person)).await, 1);
    assert_eq!(statements(spotter.coached(club(1).id, PageRequest::default())).await, 1);
    assert_eq!(statements(spotter.template(person, plan)).await, 2);
    assert_eq!(statements(spotter.owned_template(person, plan)).await, 1);
    assert_eq!(statements(spotter.templates(person, PageRequest::default())).await, 2);
    let history = spotter.template_history(person, plan, &exercises, Day::default(), 10);
    assert_eq!(statements(history).await, 1);
    assert_eq!(statements(spotter.imports(person, PageRequest::default())).await, 1);
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
    workouts_are_written_in_few_statements,
    workouts_are_read_in_few_statements,
    no_connection_is_lost,
    nothing_is_committed_after_a_failure
);
