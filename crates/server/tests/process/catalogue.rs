//! The catalogue of exercises is in the database once a node has started, the same however often and by however many.

use spotter_testkit::database::TestDatabase;

use crate::support::{Serve, rows};

/// Every exercise of the catalogue as the database has it, with what tells on PostgreSQL which transaction wrote it.
async fn catalogue(url: &str) -> Vec<String> {
    let database = rows::connect(url).await;
    let (writer, id) =
        if url.starts_with("postgres") { ("xmin::text", "id::text") } else { ("''", "hex(id)") };
    let sql = format!(
        "SELECT {id} || '|' || name || '|' || name_key || '|' || primary_muscles || '|' || secondary_muscles \
         || '|' || equipment || '|' || load || '|' || version || '|' || {writer} AS line \
         FROM exercises WHERE account_id IS NULL ORDER BY id"
    );
    let lines = rows::all(&database, &sql).await.iter().map(|row| rows::get(row, "line")).collect();
    database.close().await.unwrap();
    lines
}

async fn run(url: &str, sql: &[&str]) {
    let database = rows::connect(url).await;
    for sql in sql {
        rows::all(&database, sql).await;
    }
    database.close().await.unwrap();
}

async fn is_loaded_once(url: &str) {
    let serve = Serve::on(url);
    serve.start().await.terminate().await;
    let first = catalogue(url).await;
    assert!(first.len() >= 300, "{} exercises", first.len());
    assert!(first.iter().any(|line| line.contains("|Barbell Bench Press|")), "{first:#?}");
    serve.start().await.terminate().await;
    assert_eq!(catalogue(url).await, first, "starting again wrote something");
}

/// As a version of the program would leave it that knows other exercises.
const OLDER: [&str; 3] = [
    "UPDATE catalogue SET digest = 'of another version'",
    "UPDATE exercises SET name = 'Press', load = 'none' WHERE name = 'Barbell Bench Press'",
    "DELETE FROM exercises WHERE name = 'Plank'",
];

async fn is_brought_up_to_date(url: &str) {
    let bare = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().map(|line| line.rsplit_once('|').unwrap().0.to_owned()).collect()
    };
    let serve = Serve::on(url);
    serve.start().await.terminate().await;
    let whole = bare(catalogue(url).await);
    run(url, &OLDER).await;
    assert_ne!(bare(catalogue(url).await), whole);
    serve.start().await.terminate().await;
    assert_eq!(bare(catalogue(url).await), whole);
}

#[tokio::test]
async fn starting_again_changes_nothing_on_sqlite() {
    is_loaded_once(TestDatabase::sqlite_empty().url()).await;
}

#[tokio::test]
async fn starting_again_changes_nothing_on_postgres() {
    is_loaded_once(TestDatabase::postgres_empty().await.url()).await;
}

#[tokio::test]
async fn that_of_another_version_is_brought_up_to_date_on_sqlite() {
    is_brought_up_to_date(TestDatabase::sqlite_empty().url()).await;
}

#[tokio::test]
async fn that_of_another_version_is_brought_up_to_date_on_postgres() {
    is_brought_up_to_date(TestDatabase::postgres_empty().await.url()).await;
}

#[tokio::test]
async fn nodes_that_start_at_once_leave_one_whole_catalogue() {
    let database = TestDatabase::postgres_empty().await;
    let url = database.url();
    let serve = Serve::on(url);
    // First on an empty database, then on one of another version.
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (one, two, three) = tokio::join!(serve.start(), serve.start(), serve.start());
        let lines = catalogue(url).await;
        let mut writers: Vec<_> = lines.iter().map(|line| line.rsplit_once('|').unwrap().1).collect();
        writers.sort_unstable();
        writers.dedup();
        assert_eq!(writers.len(), 1, "the catalogue is of two nodes");
        seen.push(lines.len());
        for node in [one, two, three] {
            node.terminate().await;
        }
        run(url, &OLDER).await;
    }
    assert_eq!(seen[0], seen[1]);
}
