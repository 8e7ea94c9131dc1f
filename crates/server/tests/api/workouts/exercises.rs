//! `/api/v1/exercises`: what people make of their own.

use serde_json::{Value, json};

use crate::support::steps::pages;
use crate::support::{Answer, Person, TestApp};

pub(super) const EXERCISES: &str = "/api/v1/exercises";

/// An application over each kind of store.
pub(super) async fn every_store() -> [TestApp; 3] {
    [TestApp::memory().await, TestApp::sqlite().await, TestApp::postgres().await]
}

/// Makes an exercise of somebody's own, and answers with it.
pub(super) async fn make(person: &Person, name: &str) -> Value {
    person.post(EXERCISES, &json!({"name": name})).await.expect(201).body
}

/// The address of an exercise.
pub(super) fn path(exercise: &Value) -> String {
    format!("{EXERCISES}/{}", exercise["id"].as_str().unwrap())
}

/// What a name leads to.
pub(super) async fn resolve(person: &Person, name: &str) -> Value {
    let address = reqwest::Url::parse_with_params("http://spotter/", [("name", name)]).unwrap();
    person.get(&format!("{EXERCISES}/resolve?{}", address.query().unwrap())).await.expect(200).body
}

/// The exercise that a name leads to, and by what.
pub(super) async fn leads_to(person: &Person, name: &str) -> (Value, String) {
    let found = resolve(person, name).await;
    (found["exercise"]["name"].clone(), found["how"].as_str().unwrap().to_owned())
}

/// The names of the exercises that a search finds, all of its pages.
pub(super) async fn found(person: &Person, query: &str) -> Vec<String> {
    let pages = pages(person, &format!("{EXERCISES}?limit=200&{query}")).await;
    pages.concat().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

/// The places and sentences of what is wrong with a body.
#[track_caller]
pub(super) fn pointers(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 422, "{:#}", answer.body);
    let errors = answer.body["errors"].as_array().unwrap().iter();
    errors.map(|error| error["pointer"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_exercise_of_ones_own_is_as_it_was_told() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let body = json!({
            "name": "  Zercher march ", "primary_muscles": ["quadriceps", "upper_back"],
            "secondary_muscles": ["abdominals"], "equipment": "barbell", "mechanic": "compound",
            "force": "static", "load": "external"
        });
        let made = ada.post(EXERCISES, &body).await.expect(201);
        assert_eq!(made.header("location"), path(&made.body));
        for (name, value) in body.as_object().unwrap().iter().filter(|(name, _)| *name != "name") {
            let same = match value.as_array() {
                Some(words) => made.body[name].as_array().unwrap().iter().all(|word| words.contains(word)),
                None => made.body[name] == *value,
            };
            assert!(same, "{name}: {:#}", made.body);
        }
        assert_eq!((made.text("name"), &made.body["custom"]), ("Zercher march", &json!(true)));
        let read = ada.get(&path(&made.body)).await.expect(200);
        assert_eq!((&read.body, read.header("etag")), (&made.body, made.header("etag")));
        assert_eq!(found(&ada, "q=zercher+march").await[0], "Zercher march");
    }
}

#[tokio::test]
async fn what_is_not_told_of_an_exercise_is_assumed() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let made = ada.post(EXERCISES, &json!({"name": "Gnome"})).await.expect(201);
    assert_eq!(
        made.redacted(),
        json!({
            "id": "[id]", "name": "Gnome", "aliases": [], "primary_muscles": [], "secondary_muscles": [],
            "equipment": "other", "mechanic": null, "force": null, "load": "external", "custom": true
        })
    );
}

#[tokio::test]
async fn a_muscle_that_does_the_work_does_not_help_as_well() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let body = json!({"name": "Gnome", "primary_muscles": ["traps", "traps"], "secondary_muscles": ["traps", "calves"]});
    let made = ada.post(EXERCISES, &body).await.expect(201).body;
    assert_eq!(
        (&made["primary_muscles"], &made["secondary_muscles"]),
        (&json!(["traps"]), &json!(["calves"]))
    );
    let moved = ada.patch(&path(&made), &json!({"primary_muscles": ["calves"]})).await.expect(200).body;
    assert_eq!((&moved["primary_muscles"], &moved["secondary_muscles"]), (&json!(["calves"]), &json!([])));
}

#[tokio::test]
async fn an_exercise_is_edited_field_by_field() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let body = json!({"name": "Gnome walk", "mechanic": "compound", "force": "static"});
        let made = ada.post(EXERCISES, &body).await.expect(201).body;
        let change = json!({"force": null, "load": "bodyweight", "equipment": "barbell"});
        let edited = ada.patch(&path(&made), &change).await.expect(200);
        let now = &edited.body;
        assert_eq!((&now["force"], &now["mechanic"]), (&Value::Null, &json!("compound")));
        assert_eq!((edited.text("load"), edited.text("equipment")), ("bodyweight", "barbell"));
        assert_eq!(edited.text("name"), "Gnome walk");
        assert_eq!(ada.get(&path(&made)).await.expect(200).body, *now);
        // Another spelling of its own name is another name of it.
        ada.patch(&path(&made), &json!({"name": "Gnome Walks"})).await.expect(200);
        let taken = ada.patch(&path(&made), &json!({"name": "Bench Press"})).await;
        taken.expect_problem(409, "exercise_exists");
        for (change, pointer) in [
            (json!({"name": "?"}), "/name"),
            (json!({"load": "x"}), "/load"),
            (json!({"name": null}), "/name"),
        ] {
            let refused = ada.patch(&path(&made), &change).await;
            assert!(matches!(refused.status, 400 | 422), "{:#}", refused.body);
            assert!(refused.body.to_string().contains(pointer.trim_start_matches('/')), "{:#}", refused.body);
        }
        assert_eq!(ada.get(&path(&made)).await.text("name"), "Gnome Walks");
    }
}

#[tokio::test]
async fn an_exercise_of_the_catalogue_is_everybodys() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let plank = resolve(&ada, "Plank").await["exercise"].clone();
    let into = make(&ada, "Gnome walk").await["id"].clone();
    ada.patch(&path(&plank), &json!({"name": "Board"})).await.expect_problem(403, "catalogue_exercise");
    ada.delete(&path(&plank)).await.expect_problem(403, "catalogue_exercise");
    let merged = ada.post(&format!("{}/merge", path(&plank)), &json!({"into": into})).await;
    merged.expect_problem(403, "catalogue_exercise");
}

#[tokio::test]
async fn an_exercise_that_nothing_has_can_be_deleted() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let made = make(&ada, "Gnome walk").await;
        ada.delete(&path(&made)).await.expect(204);
        ada.get(&path(&made)).await.expect_problem(404, "not_found");
        ada.delete(&path(&made)).await.expect_problem(404, "not_found");
        assert_eq!(leads_to(&ada, "Gnome walk").await, (Value::Null, "none".to_owned()));
        make(&ada, "Gnome walk").await;
    }
}

#[tokio::test]
async fn an_exercise_of_a_workout_session_or_a_template_is_not_deleted() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let made = make(&ada, "Gnome walk").await;
        let block = json!({"exercise_id": made["id"], "sets": []});
        let body = json!({"started_at": "2027-01-04T10:00:00Z", "exercises": [block]});
        let session = ada.post("/api/v1/workout-sessions", &body).await.expect(201);
        let session = format!("/api/v1/workout-sessions/{}", session.text("id"));
        let plan = json!({"exercise_id": made["id"], "sets": 1, "reps": 1});
        let body = json!({"title": "Strong", "exercises": [plan]});
        let template = ada.post("/api/v1/workout-templates", &body).await.expect(201);
        let template = format!("/api/v1/workout-templates/{}", template.text("id"));
        ada.delete(&path(&made)).await.expect_problem(409, "exercise_in_use");
        ada.delete(&session).await.expect(204);
        ada.delete(&path(&made)).await.expect_problem(409, "exercise_in_use");
        ada.delete(&template).await.expect(204);
        ada.delete(&path(&made)).await.expect(204);
    }
}

#[tokio::test]
async fn somebody_elses_exercise_does_not_exist() {
    for app in every_store().await {
        let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
        let made = make(&ada, "Gnome walk").await;
        bob.get(&path(&made)).await.expect_problem(404, "not_found");
        bob.patch(&path(&made), &json!({"force": "pull"})).await.expect_problem(404, "not_found");
        bob.delete(&path(&made)).await.expect_problem(404, "not_found");
        assert!(!found(&bob, "q=gnome").await.contains(&"Gnome walk".to_owned()));
        assert!(!found(&bob, "").await.contains(&"Gnome walk".to_owned()));
        let resolved = resolve(&bob, "Gnome walk").await;
        assert!(!resolved.to_string().contains(made["id"].as_str().unwrap()), "{resolved:#}");
        assert!(found(&ada, "").await.contains(&"Gnome walk".to_owned()));
    }
}

#[tokio::test]
async fn the_examples_of_the_document_can_be_made() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let schemas = app.get("/openapi.json").await.expect(200).body["components"]["schemas"].clone();
    let example = |name: &str| schemas[name]["example"].clone();
    let made = ada.post(EXERCISES, &example("CreateExercise")).await.expect(201);
    ada.patch(&path(&made.body), &example("EditExercise")).await.expect(200);
    ada.post("/api/v1/workout-templates", &example("CreateTemplate")).await.expect(201);
    ada.post("/api/v1/workout-sessions", &example("LogWorkoutSession")).await.expect(201);
}
