//! Rule W5: an import can be tried.

use serde_json::json;

use super::*;

/// Two workout sessions, one exercise of one's own, and three problems.
const FILE: &str = "Date,Workout Name,Exercise Name,Weight,Reps\n\
    2026-04-01 18:00,Day,Bench Press (Barbell),60,5\n2026-04-01 18:00,Day,Ada's Yoke,100,5\n\
    2026-04-02 18:00,Day,Bench Press (Barbell),65,-5\n2026-04-02 18:00,Day,Bench Press (Barbell),65,5\n\
    2026-02-29 18:00,Day,Bench Press (Barbell),65,5\n1900-01-01 18:00,Day,Bench Press (Barbell),65,5\n";

/// An import without what tells a trial from the real thing.
fn figures(import: &Value) -> Value {
    let mut import = import.clone();
    for field in ["id", "dry_run", "created_at"] {
        import[field] = Value::Null;
    }
    for made in import["exercises"]["created"].as_array_mut().unwrap() {
        made["id"] = Value::Null;
    }
    import
}

async fn w5_a_trial_changes_nothing_and_tells_what_the_import_then_does(app: TestApp) {
    let ada = app.person("Ada").await;
    let tried = send(&ada, "?dry_run=true", FILE).await.expect(201).body;
    assert_eq!(
        (&tried["dry_run"], &tried["sessions"]),
        (&json!(true), &json!({"created": 2, "unchanged": 0}))
    );
    assert_eq!(tried["exercises"], json!({"matched": 1, "created": [{"id": null, "name": "Ada's Yoke"}]}));
    has_nothing(&ada).await;
    let dashboard = ada.get("/api/v1/progress/dashboard").await.expect(200).body;
    assert_eq!((&dashboard["sessions"], &dashboard["streak_weeks"]), (&json!(0), &json!(0)));
    adds_up(&app, &ada).await;

    let done = send(&ada, "?dry_run=false", FILE).await.expect(201).body;
    assert_eq!(figures(&done), figures(&tried));
    assert_eq!(history(&ada).await.len(), 2);
    let tried = send(&ada, "?dry_run=true", FILE).await.expect(201).body;
    assert_eq!(tried["sessions"], json!({"created": 0, "unchanged": 2}));
    adds_up(&app, &ada).await;
}

async fn a_trial_is_listed_and_there_is_nothing_of_it_to_undo(app: TestApp) {
    let ada = app.person("Ada").await;
    let tried = send(&ada, "?dry_run=true", FILE).await.expect(201);
    assert_eq!(pages(&ada, IMPORTS).await.concat(), std::slice::from_ref(&tried.body));
    let path = format!("{}/undo", tried.header("location"));
    ada.act(&path).await.expect_problem(409, "import_dry_run");
    assert_eq!(ada.get(tried.header("location")).await.expect(200).body, tried.body);
}

async fn what_the_import_would_refuse_the_trial_refuses_too(app: TestApp) {
    let ada = app.person("Ada").await;
    let mut file = String::from("Date,Workout Name,Exercise Name,Reps\n");
    for number in 0..=2_000 {
        writeln!(file, "2026-04-01 18:00,{},Yoke of {number},5", number / 50).unwrap();
    }
    for query in ["?dry_run=true", ""] {
        send(&ada, query, file.clone()).await.expect_problem(409, "too_many_exercises");
    }
    has_nothing(&ada).await;
    assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
}

on_every_store!(
    w5_a_trial_changes_nothing_and_tells_what_the_import_then_does,
    a_trial_is_listed_and_there_is_nothing_of_it_to_undo,
    what_the_import_would_refuse_the_trial_refuses_too,
);
