//! What the desk asks before it decides reads the rows that it is about, however large an event became.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

mod explained;

use explained::{connect, postgres_plans, sqlite_plan, visits};
use sea_orm::ConnectionTrait;
use spotter_domain::club::Role;
use spotter_domain::event::Event;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::registration::{Decision, Outcome, PartySize, Reason, Registration, RegistrationStatus};
use spotter_persistence::explain::{NamedQuery, desk_queries};
use spotter_persistence::{Backend, Database, DatabaseSettings};
use spotter_testkit::clock::START;
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{Seed, account, club, decision_id, event, membership, registration};

/// All of them belong to the first club.
const PEOPLE: u64 = 3_000;
const CLUBS: u64 = 100;
const REGISTRATIONS: u64 = 10_000;
/// Up to this number they were given up, up to the next they are confirmed; the others wait.
const CANCELLED: u64 = 7_000;
const CONFIRMED: u64 = 8_000;
/// As many are asked for.
const ASKED: u64 = 400;
const NAMED: u64 = 30;

fn the_event() -> Event {
    event(1, &club(1), 1_000)
}

/// Of those who wait every fourth comes alone.
fn claim(number: u64) -> Registration {
    let status = if number <= CANCELLED {
        RegistrationStatus::Cancelled
    } else if number <= CONFIRMED {
        RegistrationStatus::Confirmed
    } else {
        RegistrationStatus::Waitlisted
    };
    let party_size = PartySize::new(if number.is_multiple_of(4) { 1 } else { 2 }).unwrap();
    let person = account((number - 1) % PEOPLE + 1);
    Registration { status, party_size, ..registration(number, &the_event(), &person) }
}

fn line(number: u64) -> Decision {
    Decision {
        id: decision_id(number),
        club: club(1).id,
        registration: claim(number % REGISTRATIONS + 1).id,
        at: START,
        outcome: Outcome::Waitlisted,
        reason: Reason::NotEnoughSeats { free: 0 },
    }
}

async fn filled(database: &TestDatabase) {
    let seed = Seed {
        accounts: (1..=PEOPLE).map(account).collect(),
        clubs: (1..=CLUBS).map(club).collect(),
        memberships: (1..=PEOPLE)
            .map(|person| membership(&club(1), &account(person), Role::Member))
            .collect(),
        events: vec![the_event()],
        registrations: (1..=REGISTRATIONS).map(claim).collect(),
        decisions: (1..=2 * REGISTRATIONS).map(line).collect(),
        ..Seed::default()
    };
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    seed.save(&spotter).await;
    spotter.close().await;
}

fn queries(backend: Backend) -> Vec<NamedQuery> {
    let people: Vec<(ClubId, EventId, AccountId)> =
        (1..=ASKED).map(|number| (club(1).id, the_event().id, account(number * 7).id)).collect();
    let named: Vec<RegistrationId> = (1..=NAMED).map(|number| claim(number * 331).id).collect();
    desk_queries(backend, &people, &named)
}

/// The most rows of a table that one visit may look at.
fn most(table: &str) -> Option<u64> {
    match table {
        "registrations" | "accounts" | "memberships" => Some(ASKED),
        "registration_decisions" => Some(2 * NAMED),
        _ => None,
    }
}

#[tokio::test]
async fn the_rest_of_an_event_is_not_read_on_postgres() {
    let database = TestDatabase::postgres_migrated().await;
    filled(&database).await;
    let connection = connect(database.url()).await;
    connection.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    for query in queries(Backend::Postgres) {
        for plan in postgres_plans(&connection, &query).await {
            for visit in visits(&plan[0]["Plan"], None) {
                let Some(most) = most(&visit.table) else { continue };
                assert!(!visit.whole, "{visit:?} in {}: {plan:#}", query.name);
                let most = f64::from(u32::try_from(most).unwrap());
                assert!(visit.rows <= most, "{visit:?} in {}: {plan:#}", query.name);
            }
        }
    }
    connection.close().await.unwrap();
}

/// Whether a line of a plan is about what was asked, or finds rows by all of a key, or goes along a queue.
fn is_narrow(line: &str) -> bool {
    let keys = [
        "ux_registrations_active (club_id=? AND event_id=? AND account_id=?)",
        "ix_registrations_id (id=?)",
        "ix_registrations_waitlist (club_id=? AND event_id=?",
        "registration_decisions_1 (club_id=? AND registration_id=?)",
        "memberships_1 (club_id=? AND account_id=?)",
        "accounts_1 (id=?)",
        "clubs_1 (id=?)",
        "ix_events_id (id=?)",
    ];
    let asked = ["jsonb_each ", "json_each ", "q", "n", "l", "(subquery-"];
    match line.split_once(' ') {
        Some(("SCAN", what)) => asked.iter().any(|name| what.starts_with(name)),
        Some(("SEARCH", what)) => keys.iter().any(|key| what.contains(key)),
        _ => true,
    }
}

#[tokio::test]
async fn the_rest_of_an_event_is_not_read_on_sqlite() {
    let database = TestDatabase::sqlite_migrated().await;
    filled(&database).await;
    // As long as nothing is known of the tables, and when everything is.
    for statement in ["SELECT 1", "ANALYZE"] {
        let connection = connect(database.url()).await;
        connection.execute_unprepared(statement).await.unwrap();
        connection.close().await.unwrap();
        let connection = connect(database.url()).await;
        for query in queries(Backend::Sqlite) {
            let name = query.name.clone();
            let plan = sqlite_plan(&connection, query).await;
            let wide: Vec<&String> = plan.iter().filter(|line| !is_narrow(line)).collect();
            assert!(wide.is_empty(), "{name}: {wide:?} of {plan:#?}");
        }
        connection.close().await.unwrap();
    }
}
