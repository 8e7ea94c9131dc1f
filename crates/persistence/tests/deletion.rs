//! What is a person's goes with the person: templates, workout sessions, exercises, all that is derived.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use sea_orm::{ConnectOptions, ConnectionTrait, Statement};
use spotter_domain::Store;
use spotter_domain::wearable::WearableKind;
use spotter_domain::workout::PersonalAlias;
use spotter_persistence::{Database, DatabaseSettings};
use spotter_testkit::database::TestDatabase;
use spotter_testkit::fixtures::{
    Seed, account, block, catalogue_entry, club, consent, custom_exercise, import, planned, template,
    wearable_record, workout_session,
};

/// Every table that has a person's workouts.
const TABLES: [&str; 12] = [
    "exercises",
    "exercise_aliases",
    "imports",
    "workout_templates",
    "planned_blocks",
    "workout_sessions",
    "workout_blocks",
    "daily_summaries",
    "personal_records",
    "coaching_consents",
    "wearable_records",
    "wearable_links",
];

/// Two people who have some of everything.
async fn fill(spotter: &Database) {
    let people = [1, 2].map(account);
    let own = |number: u64| custom_exercise(number, account(number).id);
    let blocks = |number: u64| vec![block(catalogue_entry(1).id, "100x5"), block(own(number).id, "50x5")];
    let seed = Seed {
        accounts: people.to_vec(),
        clubs: vec![club(1)],
        catalogue: vec![catalogue_entry(1)],
        exercises: [1, 2].map(own).to_vec(),
        templates: [1, 2]
            .map(|number| template(number, account(number).id, vec![planned(own(number).id)]))
            .to_vec(),
        imports: [1, 2].map(|number| import(number, account(number).id)).to_vec(),
        workout_sessions: [1, 2]
            .map(|number| workout_session(number, account(number).id, 0, blocks(number)))
            .to_vec(),
        consents: people.iter().map(|person| consent(1, person.id)).collect(),
        wearables: [1, 2]
            .map(|number| wearable_record(number, account(number).id, WearableKind::Sleep))
            .to_vec(),
        ..Seed::default()
    };
    seed.save(spotter).await;
    let mut work = spotter.begin().await.unwrap();
    for number in [1, 2] {
        let alias = PersonalAlias { name: own(9).name, exercise: own(number).id };
        work.exercises().save_alias(account(number).id, &alias).await.unwrap();
        work.wearables().link(account(number).id, i64::try_from(number).unwrap()).await.unwrap();
    }
    work.commit().await.unwrap();
}

async fn nothing_is_left_of_somebody_who_is_deleted(database: TestDatabase) {
    let spotter = Database::connect(DatabaseSettings::new(database.url())).await.unwrap();
    fill(&spotter).await;
    spotter.close().await;

    let mut options = ConnectOptions::new(database.url());
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    let count = async |table: &str, id: uuid::Uuid| {
        let text = format!("SELECT count(*) AS count FROM {table} WHERE account_id = $1");
        let asked = Statement::from_sql_and_values(connection.get_database_backend(), text, [id.into()]);
        connection.query_one_raw(asked).await.unwrap().unwrap().try_get::<i64>("", "count").unwrap()
    };
    let (gone, stays) = (account(1).id.uuid(), account(2).id.uuid());
    for table in TABLES {
        assert!(count(table, gone).await > 0, "nothing of {table} was written");
    }
    let deletion = "DELETE FROM accounts WHERE id = $1";
    let deletion = Statement::from_sql_and_values(connection.get_database_backend(), deletion, [gone.into()]);
    assert_eq!(connection.execute_raw(deletion).await.unwrap().rows_affected(), 1);
    for table in TABLES {
        assert_eq!(count(table, gone).await, 0, "{table}");
        assert!(count(table, stays).await > 0, "{table}");
    }
    connection.close().await.unwrap();
}

#[tokio::test]
async fn nothing_is_left_of_somebody_who_is_deleted_on_sqlite() {
    nothing_is_left_of_somebody_who_is_deleted(TestDatabase::sqlite_migrated().await).await;
}

#[tokio::test]
async fn nothing_is_left_of_somebody_who_is_deleted_on_postgres() {
    nothing_is_left_of_somebody_who_is_deleted(TestDatabase::postgres_migrated().await).await;
}
