//! A node dies while it takes over a large file: nothing of the file is there, and it can be brought along again.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use serde_json::Value;
use spotter_testkit::database::{TestDatabase, until_a_lock_is_waited_for};
use tokio::task::JoinHandle;

use crate::support::{Answer, Api, Call, Node, Person, Serve, people, rows, until};
use crate::verify::{sum, verify};

const SESSIONS: u32 = 1_000;

/// What an import writes to.
const TABLES: [&str; 6] =
    ["workout_sessions", "workout_blocks", "imports", "daily_summaries", "personal_records", "exercises"];

/// How long it may take until the import is where it is to be interrupted.
const SOON: Duration = Duration::from_secs(30);

/// A workout session a day, of five exercises with four sets each; one of them is in no catalogue.
fn file() -> Arc<str> {
    let mut text = String::from("title,start_time,exercise_title,set_index,weight_kg,reps\n");
    let exercises =
        ["Squat (Barbell)", "Bench Press (Barbell)", "Deadlift (Barbell)", "Chin Up", "Ada's Yoke"];
    for day in 0..SESSIONS {
        let start = jiff::civil::date(2020, 1, 1).saturating_add(jiff::ToSpan::days(i64::from(day)));
        for (number, exercise) in exercises.iter().enumerate() {
            for set in 0..4 {
                let (kilograms, reps) = (40 + day / 10 + 10 * set, 5 + number);
                writeln!(text, "Day {day},{start} 18:00:00,{exercise},{set},{kilograms},{reps}").unwrap();
            }
        }
    }
    text.into()
}

fn import(person: &Person, file: &Arc<str>) -> Call {
    Call::post("/api/v1/imports").by(person).text("text/csv", Arc::clone(file))
}

/// Sends the file, without waiting for the answer.
fn send(node: &Node, call: Call) -> JoinHandle<Result<Answer, reqwest::Error>> {
    let address = node.address();
    tokio::spawn(async move { Api::new().send(address, &call).await })
}

/// How many rows of people's own each table has.
async fn counts(database: &DatabaseConnection) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in TABLES {
        let sql = format!("SELECT COUNT(*) AS count FROM {table} WHERE account_id IS NOT NULL");
        counts.push(rows::count(database, &sql).await);
    }
    counts
}

/// After the node has died: nothing of the file is there, and the same file is taken over as if it were the first time.
async fn nothing_is_there_and_it_works_again(url: &str, serve: &Serve, person: &Person, file: &Arc<str>) {
    let node = serve.start().await;
    let database = rows::connect(url).await;
    assert_eq!(counts(&database).await, [0; 6]);
    let list = node.answer(&Call::get("/api/v1/imports").by(person)).await.expect(200);
    assert_eq!(list["items"], Value::Array(Vec::new()));
    let whole = verify(url, &[]).await.expect(0);
    assert_eq!(sum(&whole), "1 people, 0 workout sessions, 0 differences");

    let report = node.answer(&import(person, file)).await.expect(201);
    assert_eq!(report["sessions"]["created"], SESSIONS);
    assert_eq!(report["exercises"]["created"].as_array().map(Vec::len), Some(1));
    let after = counts(&database).await;
    let again = node.answer(&import(person, file)).await.expect(201);
    assert_eq!(
        (&again["sessions"]["created"], &again["sessions"]["unchanged"]),
        (&0.into(), &SESSIONS.into())
    );
    let mut expected = after;
    // The second import is on record, too.
    expected[2] += 1;
    assert_eq!(counts(&database).await, expected);
    database.close().await.unwrap();
    node.terminate().await;
    let whole = verify(url, &[]).await.expect(0);
    assert_eq!(sum(&whole), format!("1 people, {SESSIONS} workout sessions, 0 differences"));
}

#[tokio::test(flavor = "multi_thread")]
async fn w5_nothing_is_left_of_an_import_whose_node_was_killed_on_postgres() {
    let test_database = TestDatabase::postgres_empty().await;
    let (url, file) = (test_database.url(), file());
    let serve = Serve::on(url);
    let node = serve.start().await;
    let person = people::settle(url, 1).await.remove(0);
    // The records are written last: whoever waits for their table has written all the rest.
    let (watcher, blocker) = (rows::connect(url).await, rows::connect(url).await);
    let lock = blocker.begin().await.unwrap();
    rows::all(&lock, "LOCK TABLE personal_records IN ACCESS EXCLUSIVE MODE").await;
    let sent = send(&node, import(&person, &file));
    until_a_lock_is_waited_for(url).await;
    node.kill9();
    lock.rollback().await.unwrap();
    sent.await.unwrap().unwrap_err();
    // The server finds out that its client is gone when it has something to say to it.
    until("the transaction of the dead is over", SOON, async || {
        let held = "SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() \
                    AND application_name LIKE 'spotter-%'";
        (rows::count(&watcher, held).await == 0).then_some(())
    })
    .await;
    watcher.close().await.unwrap();
    nothing_is_there_and_it_works_again(url, &serve, &person, &file).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w5_nothing_is_left_of_an_import_whose_node_was_killed_on_sqlite() {
    let test_database = TestDatabase::sqlite_empty();
    let (url, file) = (test_database.url(), file());
    let serve = Serve::on(url);
    let node = serve.start().await;
    let person = people::settle(url, 1).await.remove(0);
    let other = rows::connect(url).await;
    rows::all(&other, "PRAGMA busy_timeout = 0").await;
    let sent = send(&node, import(&person, &file));
    // Nothing else of the node writes for so long.
    let in_a_row = AtomicU32::new(0);
    until("the import is being written", SOON, async || {
        let begin = Statement::from_string(other.get_database_backend(), "BEGIN IMMEDIATE");
        if other.execute_raw(begin).await.is_ok() {
            in_a_row.store(0, Ordering::Relaxed);
            rows::all(&other, "ROLLBACK").await;
            return None;
        }
        (in_a_row.fetch_add(1, Ordering::Relaxed) == 2).then_some(())
    })
    .await;
    node.kill9();
    sent.await.unwrap().unwrap_err();
    other.close().await.unwrap();
    nothing_is_there_and_it_works_again(url, &serve, &person, &file).await;
}
