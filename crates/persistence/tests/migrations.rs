//! The schema comes back as it was after every change was taken back and made again.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use sea_orm::{ConnectOptions, ConnectionTrait, DbBackend, Statement};
use spotter_domain::Store;
use spotter_domain::event::{Capacity, Event};
use spotter_domain::registration::{Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_persistence::{Backend, Database, DatabaseSettings};
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{Seed, account, club, event, registration};

/// Everything that SQLite knows of a schema is the text that made it.
const SQLITE: &str = "SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') \
                      FROM sqlite_master ORDER BY 1";

/// Columns, constraints and indexes of PostgreSQL.
const POSTGRES: &str = "\
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' \
        || coalesce(column_default, '') || ' ' || coalesce(collation_name, '') AS line \
        FROM information_schema.columns WHERE table_schema = 'public' \
    UNION ALL \
    SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";

async fn dump(database: &TestDatabase) -> Vec<String> {
    let sqlite = Backend::of(database.url()).unwrap() == Backend::Sqlite;
    let (backend, sql) = if sqlite { (DbBackend::Sqlite, SQLITE) } else { (DbBackend::Postgres, POSTGRES) };
    let mut options = ConnectOptions::new(database.url());
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn up_down_up(database: TestDatabase) {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    let applied = async || {
        let states = spotter.migration_status().await.unwrap();
        states.iter().filter(|state| state.applied).count()
    };
    assert_eq!(applied().await, 0);

    spotter.migrate_up().await.unwrap();
    let all = applied().await;
    assert_eq!(all, spotter.migration_status().await.unwrap().len());
    let first = dump(&database).await;
    assert!(first.iter().any(|line| line.contains("registration_decisions")), "{first:#?}");
    // Nothing is left to do.
    spotter.migrate_up().await.unwrap();
    assert_eq!(dump(&database).await, first);

    // One at a time: the way back of each has to lead to where its own way began.
    for left in (0..all).rev() {
        spotter.migrate_down(1).await.unwrap();
        assert_eq!(applied().await, left);
    }
    let bare = dump(&database).await;
    assert!(bare.iter().all(|line| line.contains("seaql_migrations")), "left behind: {bare:#?}");

    spotter.migrate_up().await.unwrap();
    assert_eq!(dump(&database).await, first);
    spotter.close().await;
}

/// Whoever waited before waiting parties were counted is counted when the counter comes.
async fn waiting_parties_are_counted(database: TestDatabase) {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    spotter.migrate_up().await.unwrap();
    let busy = |number| Event {
        roster: Roster::restore(
            Capacity::new(5).unwrap(),
            1,
            Waiting { parties: 2, seats: 7 },
            QueueNumber::new(5),
        )
        .unwrap(),
        ..event(number, &club(1), 5)
    };
    let events = vec![busy(1), event(2, &club(1), 5), busy(3)];
    let claim = |number, of: usize, status| Registration {
        status,
        queue_number: QueueNumber::new(number),
        ..registration(u64::try_from(of).unwrap() * 10 + number, &events[of], &account(number))
    };
    let (waits, gone) = (RegistrationStatus::Waitlisted, RegistrationStatus::Cancelled);
    let registrations = [0, 2].into_iter().flat_map(|of| {
        [claim(1, of, RegistrationStatus::Confirmed), claim(2, of, waits)]
            .into_iter()
            .chain([claim(3, of, gone), claim(4, of, waits)])
    });
    let seed = Seed {
        accounts: (1..=4).map(account).collect(),
        clubs: vec![club(1)],
        registrations: registrations.collect(),
        events: events.clone(),
        ..Seed::default()
    };
    seed.save(&spotter).await;

    // The counter goes, and comes back from what is there.
    let before = spotter.migration_status().await.unwrap();
    let place = before.iter().position(|state| state.name.ends_with("waiting_parties")).unwrap();
    spotter.migrate_down(u32::try_from(before.len() - place).unwrap()).await.unwrap();
    spotter.migrate_up().await.unwrap();
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    let mut work = spotter.begin().await.unwrap();
    let found = work.events().lock(&ids).await.unwrap();
    assert_eq!(found.into_iter().map(|locked| locked.event).collect::<Vec<_>>(), events);
    work.rollback().await.unwrap();
    spotter.close().await;
}

#[tokio::test]
async fn waiting_parties_are_counted_on_sqlite() {
    waiting_parties_are_counted(TestDatabase::sqlite_empty()).await;
}

#[tokio::test]
async fn waiting_parties_are_counted_on_postgres() {
    waiting_parties_are_counted(TestDatabase::postgres_empty().await).await;
}

/// Nodes that start together take turns.
async fn together(database: TestDatabase) {
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(Database::connect(DatabaseSettings::new(database.url())).await.unwrap());
    }
    let nodes: Vec<_> = nodes
        .into_iter()
        .map(|node| {
            tokio::spawn(async move {
                node.migrate_up().await.unwrap();
                assert!(node.migration_status().await.unwrap().iter().all(|state| state.applied));
                node.close().await;
            })
        })
        .collect();
    for node in nodes {
        node.await.unwrap();
    }
}

#[tokio::test]
async fn up_down_up_leaves_the_same_schema_on_sqlite() {
    up_down_up(TestDatabase::sqlite_empty()).await;
}

#[tokio::test]
async fn up_down_up_leaves_the_same_schema_on_postgres() {
    up_down_up(TestDatabase::postgres_empty().await).await;
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once_on_sqlite() {
    together(TestDatabase::sqlite_empty()).await;
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once_on_postgres() {
    together(TestDatabase::postgres_empty().await).await;
}
