//! Rule W5: importing again changes nothing.

use futures_util::future::join_all;
use serde_json::json;

use super::*;

/// A workout session a day from the `first` of April on up to the day before `end`, with an exercise of one's own.
fn days(first: u32, end: u32) -> String {
    let mut rows = String::from("Date,Workout Name,Exercise Name,Weight,Reps\n");
    for day in first..end {
        for (exercise, weight) in [("Bench Press (Barbell)", 60 + day), ("Ada's Yoke", 100)] {
            writeln!(rows, "2026-04-{day:02} 18:00:00,Day,{exercise},{weight},5").unwrap();
        }
    }
    rows
}

fn counts(import: &Value) -> (u64, u64, u64) {
    let of = |value: &Value| value.as_u64().unwrap();
    (of(&import["sessions"]["created"]), of(&import["sessions"]["unchanged"]), of(&import["sets"]))
}

async fn w5_the_same_file_changes_nothing_the_second_time(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = bring(&ada, "", days(1, 11)).await;
    assert_eq!(counts(&first), (10, 0, 20));
    assert_eq!(first["exercises"]["created"].as_array().unwrap().len(), 1);
    let before = (history(&ada).await, ada.get("/api/v1/progress/records").await.body);
    let second = bring(&ada, "", days(1, 11)).await;
    assert_eq!(counts(&second), (0, 10, 0));
    assert_eq!(
        second["exercises"],
        json!({"matched": 0, "created": []}),
        "nothing was taken over that has one"
    );
    assert_eq!((history(&ada).await, ada.get("/api/v1/progress/records").await.body), before);
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
    adds_up(&app, &ada).await;
}

async fn w5_a_longer_file_brings_what_is_new(app: TestApp) {
    let ada = app.person("Ada").await;
    bring(&ada, "", days(1, 6)).await;
    assert_eq!(counts(&bring(&ada, "", days(1, 11)).await), (5, 5, 10));
    assert_eq!(history(&ada).await.len(), 10);
    adds_up(&app, &ada).await;
}

async fn w5_the_same_file_many_times_at_once_is_taken_over_once(app: TestApp) {
    let ada = app.person("Ada").await;
    let at_once = join_all((0..4).map(|_| bring(&ada, "", days(1, 11)))).await;
    let (created, unchanged) =
        at_once.iter().map(counts).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!((created, unchanged), (10, 30));
    assert_eq!(history(&ada).await.len(), 10);
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
    adds_up(&app, &ada).await;
}

async fn w5_two_files_at_once_that_overlap_bring_each_workout_session_once(app: TestApp) {
    let ada = app.person("Ada").await;
    let at_once = join_all([days(1, 9), days(5, 13)].map(|file| bring(&ada, "", file))).await;
    assert_eq!(at_once.iter().map(|import| counts(import).0).sum::<u64>(), 12);
    assert_eq!(history(&ada).await.len(), 12);
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
    adds_up(&app, &ada).await;
}

async fn under_a_key(person: &Person, query: &str, file: String) -> Answer {
    let request = person.request(Method::POST, &format!("{IMPORTS}{query}")).header("idempotency-key", "k");
    Answer::of(request.header("content-type", "text/csv").body(file)).await
}

async fn r10_a_file_sent_twice_under_a_key_is_one_import_with_one_answer(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = under_a_key(&ada, "", days(1, 4)).await.expect(201);
    let second = under_a_key(&ada, "", days(1, 4)).await.expect(201);
    assert_eq!(second.bytes, first.bytes);
    assert_eq!(pages(&ada, IMPORTS).await.concat(), [first.body]);
    under_a_key(&ada, "", days(1, 5)).await.expect_problem(422, "idempotency_key_reused");
    under_a_key(&ada, "?dry_run=true", days(1, 4)).await.expect_problem(422, "idempotency_key_reused");
    assert_eq!(history(&ada).await.len(), 3);
}

async fn w5_what_was_edited_since_stays_as_it_was_edited(app: TestApp) {
    let ada = app.person("Ada").await;
    bring(&ada, "", days(1, 4)).await;
    let mut edits = [json!({"title": "Other"}), json!({"started_at": "2026-04-20T18:00:00Z"})].into_iter();
    for session in history(&ada).await.iter().take(2) {
        let path = format!("/api/v1/workout-sessions/{}", session["id"].as_str().unwrap());
        ada.patch(&path, &edits.next().unwrap()).await.expect(200);
    }
    let before = history(&ada).await;
    assert_eq!(counts(&bring(&ada, "", days(1, 4)).await), (0, 3, 0));
    assert_eq!(history(&ada).await, before);
}

on_every_store!(
    w5_the_same_file_changes_nothing_the_second_time,
    w5_a_longer_file_brings_what_is_new,
    w5_the_same_file_many_times_at_once_is_taken_over_once,
    w5_two_files_at_once_that_overlap_bring_each_workout_session_once,
    r10_a_file_sent_twice_under_a_key_is_one_import_with_one_answer,
    w5_what_was_edited_since_stays_as_it_was_edited,
);

#[tokio::test]
async fn w5_a_workout_session_is_recognised_by_its_start_and_name_in_whatever_file() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    bring(&ada, "", days(1, 2)).await;
    let row = "Day,\"1 Apr 2026, 18:00\",,,Plank,,,0,normal,,,,60,";
    assert_eq!(counts(&bring(&ada, "", hevy(&[row])).await), (0, 1, 0));
    let by_hand = json!({"title": "Day", "started_at": "2026-04-02T18:00:00Z", "exercises": []});
    ada.post("/api/v1/workout-sessions", &by_hand).await.expect(201);
    assert_eq!(counts(&bring(&ada, "", days(1, 4)).await), (1, 2, 2), "one was logged by hand");
    assert_eq!(counts(&bring(&ada, "", days(1, 2).replace("Day", "Night")).await), (1, 0, 2));
}

#[tokio::test]
async fn what_was_deleted_since_comes_back() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    bring(&ada, "", days(1, 3)).await;
    let session = format!("/api/v1/workout-sessions/{}", history(&ada).await[0]["id"].as_str().unwrap());
    ada.delete(&session).await.expect(204);
    assert_eq!(counts(&bring(&ada, "", days(1, 3)).await), (1, 1, 2));
}

#[tokio::test]
async fn an_exercise_that_only_known_workout_sessions_have_is_not_made() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    bring(&ada, "", days(1, 2)).await;
    let import = bring(&ada, "", days(1, 2).replace("Ada's Yoke", "Bob's Yoke")).await;
    assert_eq!(import["exercises"], json!({"matched": 0, "created": []}));
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
}
