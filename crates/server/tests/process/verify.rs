//! `spotter progress verify`: what is derived from workout sessions equals a recomputation, or is made to.

use serde_json::json;
use spotter_testkit::database::TestDatabase;

use crate::support::process::Ended;
use crate::support::{Call, Node, Person, Program, Serve, people, rows};

pub(crate) async fn verify(url: &str, arguments: &[&str]) -> Ended {
    let program = Program::new(&["progress", "verify"])
        .set("SPOTTER_DATABASE__URL", url)
        .set("SPOTTER_AUTH__SIGNING_KEY", people::SIGNING_KEY);
    arguments.iter().fold(program, |program, argument| program.with(argument)).run().await
}

/// The last line: how many people, workout sessions and differences.
#[track_caller]
pub(crate) fn sum(ended: &Ended) -> &str {
    ended.stdout.lines().last().unwrap_or_else(|| panic!("{ended:?}"))
}

async fn log(node: &Node, person: &Person, day: &str, kilograms: f64) {
    let sets = json!([
        {"kind": "warmup", "weight_kg": 40, "reps": 10},
        {"weight_kg": kilograms, "reps": 5},
        {"weight_kg": kilograms, "reps": 3},
    ]);
    let session = json!({
        "started_at": format!("{day}T17:00:00Z"),
        "exercises": [{"exercise_name": "Bench Press (Barbell)", "sets": sets}],
    });
    node.answer(&Call::post("/api/v1/workout-sessions").by(person).json(session)).await.expect(201);
}

async fn damage(url: &str) {
    let database = rows::connect(url).await;
    for sql in [
        "UPDATE daily_summaries SET volume = volume + 1 WHERE reps > 0",
        "UPDATE workout_blocks SET one_rep_max = 1",
        "DELETE FROM personal_records WHERE kind = 'heaviest'",
    ] {
        rows::all(&database, sql).await;
    }
    database.close().await.unwrap();
}

async fn is_told_and_mended(url: &str) {
    let node = Serve::on(url).start().await;
    let settled = people::settle(url, 2).await;
    for (person, day) in
        [(&settled[0], "2026-04-06"), (&settled[0], "2026-04-08"), (&settled[1], "2026-04-07")]
    {
        log(&node, person, day, 100.0).await;
    }
    // Beside the node.
    let clean = verify(url, &[]).await.expect(0);
    assert_eq!(sum(&clean), "2 people, 3 workout sessions, 0 differences");
    assert_eq!(clean.stdout.lines().count(), 1, "{clean:?}");

    damage(url).await;
    // Twice: looking mends nothing.
    for _ in 0..2 {
        let told = verify(url, &[]).await.expect(1);
        // Three workout sessions, three days, and the record of each of the two.
        assert_eq!(sum(&told), "2 people, 3 workout sessions, 8 differences");
        for what in ["the summary of 2026-04-06 differs", "its figures differ", &settled[1].id.to_string()] {
            assert!(told.stdout.contains(what), "{what} is not in {}", told.stdout);
        }
        let line = told.only_complaint();
        assert!(line.contains("8 differences") && line.contains("--repair"), "{line}");
    }
    let mended = verify(url, &["--repair"]).await.expect(0);
    assert_eq!(sum(&mended), "2 people, 3 workout sessions, 8 differences");
    let clean = verify(url, &[]).await.expect(0);
    assert_eq!(sum(&clean), "2 people, 3 workout sessions, 0 differences");

    // And what was mended is what people see.
    let records = Call::get("/api/v1/progress/records").by(&settled[0]);
    let records = node.answer(&records).await.expect(200);
    let heaviest = records["items"].as_array().unwrap().iter().find(|record| record["kind"] == "heaviest");
    assert_eq!(heaviest.unwrap()["value"], 100.0);
    node.terminate().await;
}

#[tokio::test]
async fn w6_what_was_damaged_is_told_and_mended_on_sqlite() {
    is_told_and_mended(TestDatabase::sqlite_empty().url()).await;
}

#[tokio::test]
async fn w6_what_was_damaged_is_told_and_mended_on_postgres() {
    is_told_and_mended(TestDatabase::postgres_empty().await.url()).await;
}

#[tokio::test]
async fn a_database_without_a_schema_is_told_in_one_line() {
    let ended = verify(TestDatabase::sqlite_empty().url(), &[]).await.expect(1);
    let line = ended.only_complaint();
    assert!(line.contains("not everybody could be checked") && !line.contains("SELECT"), "{line}");
    assert_eq!(ended.stdout, "");
}
