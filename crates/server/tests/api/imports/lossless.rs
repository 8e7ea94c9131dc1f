//! What is exported and imported by somebody who has nothing is what it was.

use serde_json::json;

use super::*;

const ZONE: &str = "Europe/Berlin";
const IDS: [&str; 8] =
    ["id", "user_id", "import_id", "exercise_id", "session_id", "template_id", "created_at", "next_cursor"];

/// A history with everything in it that rows have words for.
async fn train(person: &Person) {
    for name in ["Ada's Yoke", "Band Dip with Ada", "引体向上"] {
        person.post("/api/v1/exercises", &json!({"name": name})).await.expect(201);
    }
    let sessions = [
        json!({"title": "Push, \"heavy\"; slow", "notes": "=1+1\n\n two \\n three\ttab\\",
            "started_at": "2026-04-08T14:50:00Z", "ended_at": "2026-04-08T16:02:31Z", "exercises": [
            {"exercise_name": "Barbell Bench Press", "superset": 0, "notes": "'+slow\n@home", "sets": [
                {"kind": "warmup", "weight_kg": 40, "reps": 10},
                {"weight_kg": 102.5, "reps": 5, "rpe": 8.5},
                {"kind": "drop", "weight_kg": 80.01, "reps": 0},
                {"kind": "failure", "weight_kg": 0, "reps": 7, "rpe": 10}]},
            {"exercise_name": "Chin-Up", "superset": 0, "sets": [{"reps": 10}, {"weight_kg": 10, "reps": 3}]},
            {"exercise_name": "Assisted Chin-Up", "superset": 65535, "sets": [{"weight_kg": -20, "reps": 5}]},
            {"exercise_name": "Barbell Bench Press", "sets": [{"weight_kg": 60, "reps": 12}]},
            {"exercise_name": "Barbell Bench Press", "notes": "again", "sets": [{"weight_kg": 60, "reps": 11}]}]}),
        json!({"started_at": "2026-10-25T00:30:00Z", "ended_at": "2026-10-25T01:15:00Z", "exercises": [
            {"exercise_name": "Treadmill Running", "sets": [{"distance_m": 5200.07, "duration_s": 1800}]},
            {"exercise_name": "Plank", "sets": [{"duration_s": 0}, {"duration_s": 86400}, {}]}]}),
        json!({"started_at": "2026-10-25T01:30:00Z", "exercises": [
            {"exercise_name": "Ada's Yoke", "sets": [{"weight_kg": 2000, "reps": 10000}]},
            {"exercise_name": "Band Dip with Ada", "sets": [{"weight_kg": -2000, "reps": 1}]},
            {"exercise_name": "引体向上", "sets": [{"reps": 1}]}]}),
        json!({"title": "Across", "started_at": "2026-10-25T00:10:00Z", "ended_at": "2026-10-25T01:10:00Z",
            "exercises": [{"exercise_name": "Plank", "sets": [{"duration_s": 30}]}]}),
        json!({"title": "Old", "started_at": "1970-01-03T00:00:00Z", "exercises": [
            {"exercise_name": "Barbell Bench Press", "sets": [{"weight_kg": 45.36, "reps": 8}]}]}),
    ];
    for session in sessions {
        person.post("/api/v1/workout-sessions", &session).await.expect(201);
    }
}

/// What only the document has words for: traits, templates, what has no set, and what is there twice.
async fn plan(person: &Person) {
    let own = json!({"name": "Ada's Carry", "primary_muscles": ["forearms"], "secondary_muscles": ["traps"],
        "equipment": "kettlebell", "mechanic": "compound", "force": "static", "load": "external"});
    person.post("/api/v1/exercises", &own).await.expect(201);
    let unused = json!({"name": "Ada's Idea", "primary_muscles": ["chest"], "load": "assisted"});
    person.post("/api/v1/exercises", &unused).await.expect(201);
    let planned = json!({"name": "Ada's Plan", "primary_muscles": ["quadriceps"], "load": "bodyweight"});
    person.post("/api/v1/exercises", &planned).await.expect(201);
    let mut templates = Vec::new();
    for (title, notes) in [("Push", json!("one\ntwo")), ("Push", json!(null))] {
        let template = json!({"title": title, "notes": notes, "exercises": [
            {"exercise_name": "Barbell Bench Press", "superset": 1, "notes": "slow", "sets": 3,
             "reps": {"min": 5, "max": 8}, "weight_kg": 80, "rest_s": 150,
             "progression": {"type": "double", "increment_kg": 2.5, "deload": {"after_failures": 2, "percent": 15}}},
            {"exercise_name": "Ada's Plan", "sets": 2, "reps": 12, "percent_of_one_rep_max": 75,
             "progression": {"type": "wave", "increment_kg": 5, "percentages": [70, 80, 90]}},
            {"exercise_name": "Plank", "sets": 1, "reps": 1, "progression": {"type": "none"}}]});
        templates
            .push(person.post("/api/v1/workout-templates", &template).await.expect(201).body["id"].clone());
    }
    for (hour, template) in
        [(6, Some(&templates[0])), (6, Some(&templates[1])), (7, None), (8, Some(&templates[0]))]
    {
        let session = json!({"title": "Twin", "started_at": format!("2026-12-28T{hour:02}:00:00Z"),
            "template_id": template, "exercises": [
            {"exercise_name": "Barbell Bench Press", "sets": vec![json!({"weight_kg": 80, "reps": 8}); 3]},
            {"exercise_name": "Ada's Carry", "notes": "nothing yet", "sets": []},
            {"exercise_name": "Ada's Carry", "sets": [{"weight_kg": 24, "distance_m": 40}]}]});
        person.post("/api/v1/workout-sessions", &session).await.expect(201);
    }
    let nothing = json!({"title": "Only went there", "started_at": "2026-12-29T08:00:00Z", "exercises": []});
    person.post("/api/v1/workout-sessions", &nothing).await.expect(201);
}

/// The same without what names things.
fn nameless(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let named = fields.iter().filter(|(name, _)| !IDS.contains(&name.as_str()));
            named.map(|(name, value)| (name.clone(), nameless(value))).collect()
        }
        Value::Array(items) => items.iter().map(nameless).collect(),
        other => other.clone(),
    }
}

/// Everything that somebody gets to see of what they did.
async fn seen(person: &Person) -> Vec<(String, Value)> {
    let mut all = vec![("history".to_owned(), nameless(&history(person).await.into()))];
    for list in ["workout-templates", "progress/records", "progress/summaries?period=day"] {
        let divider = if list.contains('?') { '&' } else { '?' };
        let mut items: Vec<_> = pages(person, &format!("/api/v1/{list}{divider}limit=100")).await.concat();
        items = items.iter().map(nameless).collect();
        // Records have no order but that of their exercises' ids.
        items.sort_by_key(Value::to_string);
        all.push((list.to_owned(), items.into()));
    }
    for path in
        ["progress/summaries?period=week", "progress/summaries?period=month", "progress/dashboard?days=3660"]
    {
        all.push((path.to_owned(), nameless(&person.get(&format!("/api/v1/{path}")).await.expect(200).body)));
    }
    for template in pages(person, "/api/v1/workout-templates").await.concat() {
        let path = format!("/api/v1/workout-templates/{}/next", template["id"].as_str().unwrap());
        all.push(("next".to_owned(), nameless(&person.get(&path).await.expect(200).body)));
    }
    all
}

async fn exported(person: &Person, format: &str) -> Vec<u8> {
    person.get(&format!("/api/v1/me/export?format={format}")).await.expect(200).bytes
}

async fn everything_survives_as_a_document(app: TestApp) {
    let ada = lives_in(&app, ZONE).await;
    train(&ada).await;
    plan(&ada).await;
    let file = exported(&ada, "json").await;
    let bea = lives_in(&app, ZONE).await;
    let import = bring(&bea, "", file.clone()).await;
    assert_eq!(import["sessions"]["created"], json!(history(&ada).await.len()));
    for (one, other) in seen(&bea).await.into_iter().zip(seen(&ada).await) {
        assert_eq!(one, other);
    }
    assert_eq!(own_traits(&bea).await, own_traits(&ada).await);
    assert_eq!(exported(&bea, "json").await, file);
    adds_up(&app, &bea).await;
    let again = bring(&bea, "", file.clone()).await;
    assert_eq!((&again["sessions"]["created"], &again["exercises"]["created"]), (&json!(0), &json!([])));
    assert_eq!(exported(&bea, "json").await, file, "W5");
    bring(&ada, "", file.clone()).await;
    assert_eq!(exported(&ada, "json").await, file, "nor does it change whoever it came from");
}

async fn everything_but_traits_templates_and_what_has_no_set_survives_as_rows(app: TestApp) {
    let ada = lives_in(&app, ZONE).await;
    train(&ada).await;
    let file = exported(&ada, "csv").await;
    let bea = lives_in(&app, ZONE).await;
    let import = bring(&bea, "", file.clone()).await;
    assert_eq!((&import["format"], &import["sessions"]["created"]), (&json!("hevy"), &json!(5)));
    for (one, other) in seen(&bea).await.into_iter().zip(seen(&ada).await) {
        assert_eq!(one, other);
    }
    assert_eq!(exported(&bea, "csv").await, file);
    adds_up(&app, &bea).await;
    assert_eq!(bring(&bea, "", file.clone()).await["sessions"], json!({"created": 0, "unchanged": 5}));
    assert_eq!(bring(&ada, "", file).await["sessions"], json!({"created": 0, "unchanged": 5}));
}

async fn own_traits(person: &Person) -> Value {
    let mut exercises = person.get("/api/v1/me/export").await.expect(200).body["exercises"].clone();
    exercises.as_array_mut().unwrap().sort_by_key(|exercise| exercise["name"].to_string());
    exercises
}

on_every_store!(
    everything_survives_as_a_document,
    everything_but_traits_templates_and_what_has_no_set_survives_as_rows,
);

#[tokio::test]
async fn what_a_document_says_is_what_the_api_shows() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, ZONE).await;
    train(&ada).await;
    plan(&ada).await;
    let document = ada.get("/api/v1/me/export").await.expect(200).body;
    let without = |value: &Value, unsaid: &[&str]| {
        let mut value = nameless(value);
        value.as_object_mut().unwrap().retain(|name, _| !unsaid.contains(&name.as_str()));
        value
    };
    let list = |name: &str| document[name].as_array().unwrap().clone();
    let mut templates: Vec<_> =
        list("templates").iter().map(|template| without(template, &["number"])).collect();
    let mut shown: Vec<_> =
        pages(&ada, "/api/v1/workout-templates").await.concat().iter().map(nameless).collect();
    templates.sort_by_key(Value::to_string);
    shown.sort_by_key(Value::to_string);
    assert_eq!(templates, shown);
    for (written, shown) in list("workout_sessions").iter().zip(history(&ada).await) {
        let mut shown = without(&shown, &["volume_kg"]);
        // Of a set, what does not apply is null in the one and left out of the other.
        for block in shown["exercises"].as_array_mut().unwrap() {
            for set in block["sets"].as_array_mut().unwrap() {
                set.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            }
        }
        assert_eq!(without(written, &["template"]), shown);
    }
}

#[tokio::test]
async fn a_document_tells_instants_so_that_no_zone_matters() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, ZONE).await;
    train(&ada).await;
    let far = lives_in(&app, "Pacific/Auckland").await;
    bring(&far, "", exported(&ada, "json").await).await;
    let [there, here] = [history(&far).await, history(&ada).await];
    assert_eq!(starts(&there), starts(&here));
}

#[tokio::test]
async fn undoing_a_document_takes_its_exercises_and_templates_along() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, ZONE).await;
    train(&ada).await;
    plan(&ada).await;
    let bea = lives_in(&app, ZONE).await;
    let file = exported(&ada, "json").await;
    let tried = bring(&bea, "?dry_run=true", file.clone()).await;
    has_nothing(&bea).await;
    let import = bring(&bea, "", file).await;
    assert_eq!(tried["sessions"], import["sessions"]);
    let names = |import: &Value| -> Vec<Value> {
        import["exercises"]["created"].as_array().unwrap().iter().map(|made| made["name"].clone()).collect()
    };
    assert_eq!(names(&tried), names(&import));
    bea.act(&format!("{IMPORTS}/{}/undo", import["id"].as_str().unwrap())).await.expect(200);
    has_nothing(&bea).await;
    adds_up(&app, &bea).await;
}
