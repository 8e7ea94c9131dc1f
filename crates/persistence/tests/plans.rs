//! What is asked about one person's workouts looks at that person's rows and at nobody else's.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

mod explained;

use std::collections::BTreeMap;

use explained::{Visit, all, connect, postgres_plans, sqlite_plan, visits};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use spotter_domain::account::WeekStart;
use spotter_domain::club::Role;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Day, Window};
use spotter_domain::wearable::WearableKind;
use spotter_domain::workout::WorkoutSession;
use spotter_persistence::explain::{NamedQuery, logging_queries, person_queries};
use spotter_persistence::{Backend, Database, DatabaseSettings};
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{
    Seed, account, block, catalogue_entry, club, consent, custom_exercise, membership, planned, template,
    wearable_record, workout_session,
};

const PEOPLE: u64 = 8;
const SESSIONS: u64 = 240;
const BLOCKS: u64 = 5;
/// About as many as there are.
const CATALOGUE: u64 = 800;
/// Templates and records of a wearable of each person.
const EACH: u64 = 120;
/// People who did nothing.
const IDLE: u64 = 1_500;
const CLUBS: u64 = 30;
const DAY: u64 = 86_400;

fn someone() -> AccountId {
    account(3).id
}

fn an_exercise() -> ExerciseId {
    catalogue_entry(7).id
}

/// A workout session every other day; each person does a few of the exercises again and again.
fn session(person: u64, number: u64) -> WorkoutSession {
    let exercise = |place| catalogue_entry((person + number * 3 + place) % 40 + 1).id;
    let weight = 60 + number % 50;
    let noted = format!("w40x10 {weight}x5 {weight}x5 f{weight}x{}", number % 9 + 1);
    let blocks = (0..BLOCKS).map(|place| block(exercise(place), &noted)).collect();
    let starts_after = i64::try_from(number * 2 * DAY + person * 60).unwrap();
    workout_session(person * 10_000 + number, account(person).id, starts_after, blocks)
}

fn everybody() -> std::ops::RangeInclusive<u64> {
    1..=PEOPLE + IDLE
}

fn each<T>(make: impl Fn(u64, u64) -> T) -> Vec<T> {
    let numbers = (1..=PEOPLE).flat_map(|person| (1..=EACH).map(move |number| (person, number)));
    numbers.map(|(person, number)| make(person, number)).collect()
}

async fn filled(database: &TestDatabase) {
    let seed = Seed {
        accounts: everybody().map(account).collect(),
        clubs: (1..=CLUBS).map(club).collect(),
        memberships: everybody()
            .map(|person| membership(&club(person % CLUBS + 1), &account(person), Role::Member))
            .collect(),
        consents: everybody().map(|person| consent(person % CLUBS + 1, account(person).id)).collect(),
        catalogue: (1..=CATALOGUE).map(catalogue_entry).collect(),
        exercises: everybody().map(|person| custom_exercise(person, account(person).id)).collect(),
        workout_sessions: (1..=PEOPLE)
            .flat_map(|person| (1..=SESSIONS).map(move |number| session(person, number)))
            .collect(),
        templates: each(|person, number| {
            let blocks = (1..=3).map(|place| planned(catalogue_entry(number % 40 + place).id));
            template(person * 1_000 + number, account(person).id, blocks.collect())
        }),
        wearables: each(|person, number| {
            let kind = WearableKind::ALL[usize::try_from(number % 3).unwrap()];
            let mut record = wearable_record(person * 1_000 + number, account(person).id, kind);
            // The latest few have no score yet.
            if number < EACH - 10 {
                record.figures.recovery = Some(50);
                record.figures.sleep_performance = Some(80);
                record.figures.strain_hundredths = Some(500);
            }
            record
        }),
        ..Seed::default()
    };
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    seed.save(&spotter).await;
    spotter.close().await;
}

/// The last weeks of what was seeded.
fn window(days: i32) -> Window {
    let utc = jiff::tz::TimeZone::UTC;
    let today = Day::of(session(1, SESSIONS).span.started_at(), &utc);
    Window { from: today.plus(1 - days), today, week_start: WeekStart::Monday }
}

fn queries(backend: Backend) -> Vec<NamedQuery> {
    // Four weeks, and a year.
    let windows = [window(28), window(365)];
    let own = (session(3, 7).id, template(3_007, someone(), Vec::new()).id);
    windows.iter().flat_map(|days| person_queries(backend, someone(), an_exercise(), own, days)).collect()
}

/// How many rows of each table are the person's.
async fn own_rows(connection: &DatabaseConnection) -> BTreeMap<&'static str, f64> {
    let mut own = BTreeMap::new();
    for table in [
        "workout_sessions",
        "workout_blocks",
        "daily_summaries",
        "personal_records",
        "workout_templates",
        "planned_blocks",
        "wearable_records",
    ] {
        let sql = format!("SELECT count(*) AS count FROM {table} WHERE account_id = $1");
        let counted = Statement::from_sql_and_values(DbBackend::Postgres, sql, [someone().uuid().into()]);
        let count: i64 = all(connection, counted).await[0].try_get("", "count").unwrap();
        own.insert(table, f64::from(i32::try_from(count).unwrap()));
    }
    assert!(own.values().all(|count| *count >= 100.0), "{own:?}");
    own
}

/// Checks what a plan did.
fn check(plan: &Value, own: &BTreeMap<&'static str, f64>, context: &str) {
    for Visit { table, whole, rows } in visits(plan, None) {
        assert!(!whole, "{table} is read from end to end: {context}");
        if let Some(most) = own.get(table.as_str()) {
            assert!(rows <= *most, "{rows} rows of {table} are read, and {most} are theirs: {context}");
        }
    }
}

#[tokio::test]
async fn nobody_elses_rows_are_read_on_postgres() {
    let database = TestDatabase::postgres_migrated().await;
    filled(&database).await;
    let connection = connect(database.url()).await;
    connection.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    let own = own_rows(&connection).await;
    for query in queries(Backend::Postgres) {
        for plan in postgres_plans(&connection, &query).await {
            let context = format!("{}: {plan:#}", query.name);
            check(&plan[0]["Plan"], &own, &context);
        }
    }
    connection.close().await.unwrap();
}

/// Whether a line of a plan is about what was found before, or finds rows by their person or by their id.
fn is_narrow(line: &str) -> bool {
    let found_before = [
        "json_each",
        "jsonb_each",
        "(subquery-",
        "weeks",
        "runs",
        "t",
        "k",
        "d",
        "counted",
        "carried",
        "compared",
        "p",
        "w",
        "recovery",
        "sleep",
        "cycle",
        "run",
        "newest",
        "oldest",
    ];
    let is_found_before = |what: &str| {
        found_before.iter().any(|name| {
            let of_the_name = what.strip_prefix(name);
            of_the_name.is_some_and(|rest| name.ends_with('-') || rest.is_empty() || rest.starts_with(' '))
        })
    };
    match line.split_once(' ') {
        Some(("SCAN", what)) => is_found_before(what),
        Some(("SEARCH", what)) => {
            what.contains("account_id=?") || what.contains("(id=?") || is_found_before(what)
        }
        _ => true,
    }
}

/// People whose workout sessions are logged at once: two who did a lot, and many who did nothing yet.
fn batch() -> Vec<AccountId> {
    [3, 5].into_iter().chain(PEOPLE + 1..=PEOPLE + 30).map(|person| account(person).id).collect()
}

/// What is asked of them before: of six exercises of each, of a template of each of the two and of one that is not.
fn logging(backend: Backend) -> Vec<NamedQuery> {
    let exercises: Vec<ExerciseId> = (4..10).map(|number| catalogue_entry(number).id).collect();
    let templates = [3_007, 5_009, 99_999].map(|number| template(number, someone(), Vec::new()).id);
    let templates = [3, 5, 5].map(|person| account(person).id).into_iter().zip(templates);
    logging_queries(backend, &batch(), &exercises, &templates.collect::<Vec<_>>())
}

/// How many rows of each table are the batch's, of its exercises and templates.
async fn rows_of_the_batch(connection: &DatabaseConnection) -> BTreeMap<&'static str, f64> {
    let sql =
        "SELECT count(*) AS count FROM personal_records WHERE account_id = ANY($1) AND exercise_id = ANY($2)";
    let people: Vec<_> = batch().into_iter().map(AccountId::uuid).collect();
    let exercises: Vec<_> = (4..10).map(|number| catalogue_entry(number).id.uuid()).collect();
    let values: [sea_orm::Value; 2] = [people.clone().into(), exercises.into()];
    let counted = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let records: i64 = all(connection, counted).await[0].try_get("", "count").unwrap();
    assert!(records >= 20, "{records}");
    let people = f64::from(u32::try_from(people.len()).unwrap());
    BTreeMap::from([
        ("personal_records", f64::from(i32::try_from(records).unwrap())),
        // Two are there; what a step finds is told rounded, for each of three that are looked for.
        ("workout_templates", 3.0),
        ("accounts", people),
        // Each has made one.
        ("exercises", people),
    ])
}

#[tokio::test]
async fn a_batch_reads_its_own_rows_on_postgres() {
    let database = TestDatabase::postgres_migrated().await;
    filled(&database).await;
    let connection = connect(database.url()).await;
    connection.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    let own = rows_of_the_batch(&connection).await;
    for query in logging(Backend::Postgres) {
        for plan in postgres_plans(&connection, &query).await {
            // Nobody has given an exercise another name: that table is empty, and read whole at no cost.
            let mut read = visits(&plan[0]["Plan"], None);
            read.retain(|visit| visit.table != "exercise_aliases");
            assert!(!read.is_empty(), "{}: {plan:#}", query.name);
            for Visit { table, whole, rows } in read {
                assert!(!whole && rows <= own[table.as_str()], "{rows} of {table}: {}: {plan:#}", query.name);
            }
        }
    }
    connection.close().await.unwrap();
}

async fn check_sqlite(connection: &DatabaseConnection) {
    for query in queries(Backend::Sqlite).into_iter().chain(logging(Backend::Sqlite)) {
        let name = query.name.clone();
        let plan = sqlite_plan(connection, query).await;
        let wide: Vec<&String> = plan.iter().filter(|line| !is_narrow(line)).collect();
        assert!(wide.is_empty(), "{name}: {wide:?} of {plan:#?}");
        assert!(plan.iter().any(|line| line.starts_with("SEARCH ")), "{name}: {plan:#?}");
    }
}

#[tokio::test]
async fn nobody_elses_rows_are_read_on_sqlite() {
    let database = TestDatabase::sqlite_migrated().await;
    filled(&database).await;
    let connection = connect(database.url()).await;
    // As long as nothing is known of the tables, and when everything is.
    check_sqlite(&connection).await;
    connection.execute_unprepared("ANALYZE").await.unwrap();
    connection.close().await.unwrap();
    let knowing = connect(database.url()).await;
    check_sqlite(&knowing).await;
    knowing.close().await.unwrap();
}
