//! A workout session that says which template it was done by, and nothing else.

use serde_json::{Value, json};

use super::exercises::{every_store, pointers};
use super::next::{BENCH, first, next};
use super::templates::{path, plan};
use crate::support::{Answer, Person, TestApp};

async fn log(person: &Person, template: &Value, fields: Value) -> Answer {
    let mut body = json!({"started_at": "2027-01-04T10:00:00Z", "template_id": template["id"]});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    person.post("/api/v1/workout-sessions", &body).await
}

async fn upper(person: &Person) -> Value {
    plan(
        person,
        json!([
            {"exercise_name": BENCH, "sets": 3, "reps": 5, "weight_kg": 100, "superset": 2,
                "progression": {"type": "linear", "increment_kg": 2.5}},
            {"exercise_name": "Plank", "sets": 1, "reps": {"min": 6, "max": 10}},
        ]),
    )
    .await
}

#[tokio::test]
async fn what_is_logged_by_a_template_alone_is_what_it_proposes() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let template = upper(&ada).await;
        let proposed = next(&ada, &template).await;
        let logged = log(&ada, &template, json!({})).await.expect(201);
        assert_eq!((logged.text("title"), &logged.body["template_id"]), ("Upper A", &template["id"]));
        assert_eq!(
            logged.body["volume_kg"].as_f64(),
            Some(1500.0),
            "three sets of five, without the warm-ups"
        );
        let blocks = logged.body["exercises"].as_array().unwrap();
        assert_eq!(blocks.len(), 2);
        for (block, proposed) in blocks.iter().zip(&proposed) {
            for field in ["exercise_id", "exercise_name", "superset"] {
                assert_eq!(block[field], proposed[field]);
            }
            let sets = block["sets"].as_array().unwrap().iter();
            let sets: Vec<_> = sets
                .map(|set| json!({"kind": set["kind"], "weight_kg": set["weight_kg"], "reps": set["reps"]}))
                .collect();
            assert_eq!(json!(sets), proposed["sets"]);
        }
        let broken = logged.body["records"].as_array().unwrap();
        assert!(broken.iter().any(|record| record["kind"] == "heaviest" && record["value"] == 100));
        let read = ada.get(&format!("/api/v1/workout-sessions/{}", logged.text("id"))).await.expect(200);
        assert_eq!(read.body["exercises"], logged.body["exercises"]);
        let (weight, _, reason) = first(&ada, &template).await;
        assert_eq!((weight, reason.as_str()), (Some(102.5), "more_weight"), "it was done as planned");
        let again = log(&ada, &template, json!({"started_at": "2027-01-04T11:00:00Z"})).await.expect(201);
        assert_eq!(
            again.body["exercises"][0]["sets"].as_array().unwrap().last().unwrap()["weight_kg"],
            102.5
        );
    }
}

#[tokio::test]
async fn what_is_said_goes_before_what_was_planned() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let template = upper(&ada).await;
    let titled = log(&ada, &template, json!({"title": "Monday", "notes": "tired"})).await.expect(201);
    assert_eq!((titled.text("title"), titled.text("notes")), ("Monday", "tired"));
    let empty = log(&ada, &template, json!({"exercises": []})).await.expect(201);
    assert_eq!((&empty.body["exercises"], &empty.body["title"]), (&json!([]), &Value::Null));
    assert_eq!(empty.body["template_id"], template["id"]);
}

#[tokio::test]
async fn a_template_has_to_be_ones_own() {
    let app = TestApp::memory().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let template = upper(&ada).await;
    let nobodys = json!({"id": "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10"});
    for (fields, of) in [
        (json!({}), &template),
        (json!({"exercises": []}), &template),
        (json!({}), &nobodys),
        (json!({"exercises": []}), &nobodys),
        (json!({}), &json!({"id": "upper"})),
    ] {
        assert_eq!(pointers(&log(&bob, of, fields).await), ["/template_id"]);
    }
    let neither = bob.post("/api/v1/workout-sessions", &json!({"started_at": "2027-01-04T10:00:00Z"})).await;
    assert_eq!(pointers(&neither), ["/exercises"]);
    assert_eq!(bob.get("/api/v1/workout-sessions").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_template_of_nothing_logs_nothing_but_the_visit() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let template = plan(&ada, json!([])).await;
    let logged = log(&ada, &template, json!({})).await.expect(201);
    assert_eq!((&logged.body["exercises"], &logged.body["records"]), (&json!([]), &json!([])));
    assert_eq!(ada.get(&path(&template)).await.expect(200).body["exercises"], json!([]));
}

#[tokio::test]
async fn warm_ups_never_make_it_more_sets_than_can_be_logged() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for (of_each, expected) in [
        ([250, 250, 250, 250], [250, 250, 250, 250]),
        // The default has three warm-ups: there is room for those of two exercises.
        ([250, 250, 250, 243], [253, 253, 250, 243]),
    ] {
        let block = |sets| json!({"exercise_name": BENCH, "sets": sets, "reps": 5, "weight_kg": 100});
        let template = plan(&ada, json!(of_each.map(block))).await;
        let logged = log(&ada, &template, json!({})).await.expect(201);
        let counts = |blocks: &[Value]| -> Vec<_> {
            blocks.iter().map(|block| block["sets"].as_array().unwrap().len()).collect()
        };
        assert_eq!(counts(logged.body["exercises"].as_array().unwrap()), expected);
        let working = |block: &Value| -> usize {
            block["sets"].as_array().unwrap().iter().filter(|set| set["kind"] == "normal").count()
        };
        let blocks = next(&ada, &template).await;
        assert_eq!(blocks.iter().map(working).collect::<Vec<_>>(), of_each);
    }
}
