//! What can be no template, told field by field.

use serde_json::{Value, json};

use super::exercises::{make, pointers};
use super::templates::{TEMPLATES, path, plan};
use crate::support::TestApp;

/// A plan that can be one, with other values in some fields.
fn planned(changes: &Value) -> Value {
    let mut plan = json!({"exercise_name": "Plank", "sets": 3, "reps": 5});
    for (name, value) in changes.as_object().unwrap() {
        plan[name] = value.clone();
    }
    plan
}

#[tokio::test]
async fn every_field_that_is_wrong_is_told_where_it_stands() {
    let app = TestApp::memory().await;
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let bobs = make(&bob, "Bob's lift").await["id"].clone();
    let progression = |changes: Value| json!({ "progression": changes });
    for (changes, pointer) in [
        (json!({"exercise_name": "  "}), "/exercise_name"),
        (json!({"exercise_name": "???"}), "/exercise_name"),
        (json!({"exercise_name": null}), ""),
        (json!({"exercise_id": bobs}), ""),
        (json!({"exercise_name": null, "exercise_id": bobs}), "/exercise_id"),
        (json!({"exercise_name": null, "exercise_id": "plank"}), "/exercise_id"),
        (json!({"superset": -1}), "/superset"),
        (json!({"superset": 65_536}), "/superset"),
        (json!({"notes": " "}), "/notes"),
        (json!({"sets": 0}), "/sets"),
        (json!({"sets": 256}), "/sets"),
        (json!({"sets": -1}), "/sets"),
        (json!({"reps": 0}), "/reps"),
        (json!({"reps": 10_001}), "/reps"),
        (json!({"reps": {"min": 0, "max": 5}}), "/reps/min"),
        (json!({"reps": {"min": 8, "max": 5}}), "/reps"),
        (json!({"reps": {"min": -1, "max": 5}}), "/reps/min"),
        (json!({"reps": {"min": 1, "max": 1e9}}), "/reps/max"),
        (json!({"weight_kg": 2000.01}), "/weight_kg"),
        (json!({"weight_kg": -1e9}), "/weight_kg"),
        (json!({"percent_of_one_rep_max": 0}), "/percent_of_one_rep_max"),
        (json!({"percent_of_one_rep_max": 151}), "/percent_of_one_rep_max"),
        (json!({"percent_of_one_rep_max": 80, "weight_kg": 80}), "/percent_of_one_rep_max"),
        (json!({"rest_s": -1}), "/rest_s"),
        (json!({"rest_s": 3601}), "/rest_s"),
        (progression(json!({"type": "upwards"})), "/progression/type"),
        (progression(json!({"type": "none", "increment_kg": 1})), "/progression/increment_kg"),
        (progression(json!({"type": "linear", "increment_kg": -1})), "/progression/increment_kg"),
        (progression(json!({"type": "linear", "percentages": [70]})), "/progression/percentages"),
        (progression(json!({"type": "wave", "percentages": []})), "/progression/percentages"),
        (progression(json!({"type": "wave", "percentages": [70, 151]})), "/progression/percentages/1"),
        (progression(json!({"type": "wave", "percentages": vec![70; 13]})), "/progression/percentages"),
        (
            progression(json!({"type": "linear", "deload": {"after_failures": 0, "percent": 10}})),
            "/progression/deload",
        ),
        (
            progression(json!({"type": "linear", "deload": {"after_failures": 11, "percent": 10}})),
            "/progression/deload",
        ),
        (
            progression(json!({"type": "linear", "deload": {"after_failures": 3, "percent": 100}})),
            "/progression/deload",
        ),
        (
            progression(json!({"type": "linear", "deload": {"after_failures": 3, "percent": 0}})),
            "/progression/deload/percent",
        ),
    ] {
        let body = json!({"title": "Upper A", "exercises": [planned(&json!({})), planned(&changes)]});
        let refused = ada.post(TEMPLATES, &body).await;
        assert_eq!(pointers(&refused), [format!("/exercises/1{pointer}")], "{changes}");
    }
    assert_eq!(ada.get(TEMPLATES).await.body["items"], json!([]), "nothing of it was kept");
    assert_eq!(ada.get("/api/v1/exercises/resolve?name=Bob%27s+lift").await.body["how"], "none");
}

#[tokio::test]
async fn several_wrong_fields_are_told_together() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let wrong = planned(&json!({"sets": 0, "reps": 0, "rest_s": -1}));
    let body = json!({"title": " ", "notes": "", "exercises": [wrong, planned(&json!({"weight_kg": 9999}))]});
    let refused = ada.post(TEMPLATES, &body).await.expect_problem(422, "invalid_value");
    assert_eq!(
        pointers(&refused),
        [
            "/title",
            "/notes",
            "/exercises/0/sets",
            "/exercises/0/reps",
            "/exercises/0/rest_s",
            "/exercises/1/weight_kg"
        ]
    );
    let made = plan(&ada, json!([])).await;
    let refused = ada.patch(&path(&made), &body).await;
    assert_eq!(pointers(&refused).len(), 6, "an edit is read like what is new");
}

#[tokio::test]
async fn what_has_another_shape_is_no_template() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for changes in [
        json!({"sets": 2.5}),
        json!({"sets": "3"}),
        json!({"sets": null}),
        json!({"reps": 5.5}),
        json!({"reps": null}),
        json!({"reps": [8, 12]}),
        json!({"reps": {"min": 8}}),
        json!({"reps": {"min": 8, "max": 12, "often": 1}}),
        json!({"weight_kg": "60"}),
        json!({"progression": "linear"}),
        json!({"progression": {}}),
        json!({"progression": {"type": "linear", "deload": {"percent": 10}}}),
        json!({"colour": "red"}),
    ] {
        let body = json!({"title": "Upper A", "exercises": [planned(&changes)]});
        let refused = ada.post(TEMPLATES, &body).await;
        assert_eq!(
            (refused.status, refused.text("code")),
            (400, "invalid_body"),
            "{changes}: {:#}",
            refused.body
        );
    }
    for body in
        [json!({"title": "A"}), json!({"exercises": []}), json!({"title": "A", "exercises": {}}), json!([])]
    {
        ada.post(TEMPLATES, &body).await.expect_problem(400, "invalid_body");
    }
}

#[tokio::test]
async fn a_template_has_its_bounds() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let send = |plans: Vec<Value>| {
        let body = json!({"title": "x".repeat(200), "notes": "x".repeat(10_000), "exercises": plans});
        let ada = &ada;
        async move { ada.post(TEMPLATES, &body).await }
    };
    send(vec![planned(&json!({"sets": 10})); 100]).await.expect(201);
    send(vec![planned(&json!({"sets": 250})); 4]).await.expect(201);
    assert_eq!(pointers(&send(vec![planned(&json!({})); 101]).await), ["/exercises"]);
    assert_eq!(pointers(&send(vec![planned(&json!({"sets": 251})); 4]).await), ["/exercises"]);
    let long = json!({"title": "x".repeat(201), "notes": "x".repeat(10_001), "exercises": []});
    assert_eq!(pointers(&ada.post(TEMPLATES, &long).await), ["/title", "/notes"]);
}

#[tokio::test]
async fn a_person_keeps_five_hundred_templates() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let mut last = Value::Null;
    for _ in 0..500 {
        last = plan(&ada, json!([])).await;
    }
    let one_more = json!({"title": "Upper A", "exercises": []});
    ada.post(TEMPLATES, &one_more).await.expect_problem(409, "too_many_templates");
    ada.delete(&path(&last)).await.expect(204);
    ada.post(TEMPLATES, &one_more).await.expect(201);
}
