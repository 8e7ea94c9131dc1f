//! Rule W5: an import can be undone.

use futures_util::future::join_all;
use serde_json::json;

use super::*;

const FILE: &str = "Date,Workout Name,Exercise Name,Weight,Reps\n\
    2026-04-01 18:00,A,Bench Press (Barbell),60,5\n2026-04-01 18:00,A,Ada's Yoke,100,5\n\
    2026-04-02 18:00,B,Bench Press (Barbell),65,5\n2026-04-02 18:00,B,Ada's Stone,40,5\n\
    2026-04-03 18:00,C,Bench Press (Barbell),70,5\n";

async fn undo(person: &Person, import: &Value) -> Answer {
    person.act(&format!("{IMPORTS}/{}/undo", import["id"].as_str().unwrap())).await
}

/// What is derived from what somebody did.
async fn derived(person: &Person) -> Vec<Value> {
    let mut all = Vec::new();
    for path in ["dashboard?days=3660", "summaries?period=day", "records"] {
        all.push(person.get(&format!("/api/v1/progress/{path}")).await.expect(200).body);
    }
    all
}

async fn w5_what_an_import_brought_is_gone_with_all_that_followed_from_it(app: TestApp) {
    let ada = app.person("Ada").await;
    let by_hand = json!({"started_at": "2026-04-02T06:00:00Z", "exercises": [
        {"exercise_name": "Barbell Bench Press", "sets": [{"weight_kg": 62.5, "reps": 5}]}]});
    ada.post("/api/v1/workout-sessions", &by_hand).await.expect(201);
    let before = (history(&ada).await, derived(&ada).await);
    let import = bring(&ada, "", FILE).await;
    assert_ne!(derived(&ada).await, before.1);
    let undone = undo(&ada, &import).await.expect(200).body;
    assert_eq!(undone["undone"], json!({"sessions_deleted": 3, "sessions_kept": 0}));
    assert_eq!(undone["undone_at"], "2027-01-04T12:00:00Z");
    assert_eq!(undone["sessions"], import["sessions"], "it still tells what it did");
    assert_eq!((history(&ada).await, derived(&ada).await), before);
    assert_eq!(own_exercises(&ada).await, Vec::<String>::new());
    adds_up(&app, &ada).await;
}

async fn w5_undoing_twice_is_refused(app: TestApp) {
    let ada = app.person("Ada").await;
    let import = bring(&ada, "", FILE).await;
    let undone = undo(&ada, &import).await.expect(200).body;
    undo(&ada, &import).await.expect_problem(409, "import_undone");
    let path = format!("{IMPORTS}/{}", import["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200).body, undone);
}

async fn w5_undoing_twice_at_once_is_done_once(app: TestApp) {
    let ada = app.person("Ada").await;
    let import = bring(&ada, "", FILE).await;
    let at_once = join_all((0..3).map(|_| undo(&ada, &import))).await;
    let mut statuses: Vec<_> = at_once.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409]);
    has_nothing(&ada).await;
    adds_up(&app, &ada).await;
}

async fn w5_what_was_edited_since_is_kept_with_its_exercises(app: TestApp) {
    let ada = app.person("Ada").await;
    let import = bring(&ada, "", FILE).await;
    let before = history(&ada).await;
    let path = format!("/api/v1/workout-sessions/{}", before[1]["id"].as_str().unwrap());
    ada.patch(&path, &json!({"notes": "better than I thought"})).await.expect(200);
    let undone = undo(&ada, &import).await.expect(200).body;
    assert_eq!(undone["undone"], json!({"sessions_deleted": 2, "sessions_kept": 1}));
    let after = history(&ada).await;
    assert_eq!(starts(&after), [("2026-04-02T18:00:00Z", "B")]);
    assert_eq!(done(&after[0]), done(&before[1]));
    assert_eq!(own_exercises(&ada).await, ["Ada's Stone"], "the other one has no set any more");
    adds_up(&app, &ada).await;
}

async fn w5_an_exercise_that_something_else_has_by_now_is_kept(app: TestApp) {
    let ada = app.person("Ada").await;
    let import = bring(&ada, "", FILE).await;
    let by_hand = json!({"started_at": "2026-05-02T06:00:00Z", "exercises": [
        {"exercise_name": "Ada's Yoke", "sets": [{"weight_kg": 120, "reps": 5}]}]});
    ada.post("/api/v1/workout-sessions", &by_hand).await.expect(201);
    let plan =
        json!({"title": "Stones", "exercises": [{"exercise_name": "Ada's Stone", "sets": 3, "reps": 5}]});
    ada.post("/api/v1/workout-templates", &plan).await.expect(201);
    undo(&ada, &import).await.expect(200);
    assert_eq!(own_exercises(&ada).await, ["Ada's Stone", "Ada's Yoke"]);
    adds_up(&app, &ada).await;
}

async fn w5_after_undoing_the_file_can_be_brought_along_again(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = bring(&ada, "", FILE).await;
    let before = derived(&ada).await;
    undo(&ada, &first).await.expect(200);
    let again = bring(&ada, "", FILE).await;
    assert_eq!((&again["sessions"], &again["exercises"]["matched"]), (&first["sessions"], &json!(1)));
    assert_eq!(again["exercises"]["created"].as_array().unwrap().len(), 2);
    assert_eq!(derived(&ada).await[1], before[1], "the summaries");
    undo(&ada, &first).await.expect_problem(409, "import_undone");
    assert_eq!(history(&ada).await.len(), 3, "undoing the first one again takes nothing of the second");
    undo(&ada, &again).await.expect(200);
    has_nothing(&ada).await;
}

async fn w5_undoing_one_import_leaves_what_another_brought(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = bring(&ada, "", FILE).await;
    let more = format!("{FILE}2026-04-04 18:00,D,Ada's Yoke,110,5\n");
    let second = bring(&ada, "", more).await;
    assert_eq!(second["sessions"], json!({"created": 1, "unchanged": 3}));
    undo(&ada, &first).await.expect(200);
    assert_eq!(starts(&history(&ada).await), [("2026-04-04T18:00:00Z", "D")]);
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
    adds_up(&app, &ada).await;
}

on_every_store!(
    w5_what_an_import_brought_is_gone_with_all_that_followed_from_it,
    w5_undoing_twice_is_refused,
    w5_undoing_twice_at_once_is_done_once,
    w5_what_was_edited_since_is_kept_with_its_exercises,
    w5_an_exercise_that_something_else_has_by_now_is_kept,
    w5_after_undoing_the_file_can_be_brought_along_again,
    w5_undoing_one_import_leaves_what_another_brought,
);

#[tokio::test]
async fn an_import_that_is_not_there_can_not_be_undone() {
    let app = TestApp::memory().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let import = bring(&ada, "", FILE).await;
    undo(&bob, &import).await.expect_problem(404, "not_found");
    bob.act(&format!("{IMPORTS}/{}/undo", bob.id)).await.expect_problem(404, "not_found");
    bob.act(&format!("{IMPORTS}/none/undo")).await.expect_problem(404, "not_found");
    assert_eq!(history(&ada).await.len(), 3);
}
