//! `/api/v1/workout-templates`: plans, from the first word of them to their deletion.

use reqwest::Method;
use serde_json::{Value, json};

use super::exercises::{every_store, pointers};
use crate::support::steps::pages;
use crate::support::{Answer, Person, TestApp};

pub(super) const TEMPLATES: &str = "/api/v1/workout-templates";

/// Makes a template of these exercises.
pub(super) async fn plan(person: &Person, exercises: Value) -> Value {
    person.post(TEMPLATES, &json!({"title": "Upper A", "exercises": exercises})).await.expect(201).body
}

/// The address of a template.
pub(super) fn path(template: &Value) -> String {
    format!("{TEMPLATES}/{}", template["id"].as_str().unwrap())
}

const DELOAD: [(&str, u8); 2] = [("after_failures", 3), ("percent", 10)];

fn usual_deload() -> Value {
    DELOAD
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[tokio::test]
async fn every_target_and_every_progression_comes_back_as_it_was_told() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let deload = json!({"after_failures": 2, "percent": 15});
        let progressions = [
            (json!({"type": "none"}), json!({"type": "none"})),
            (
                json!({"type": "linear", "increment_kg": 1.25, "deload": deload}),
                json!({"type": "linear", "increment_kg": 1.25, "deload": deload}),
            ),
            (
                json!({"type": "double", "increment_kg": 0}),
                json!({"type": "double", "increment_kg": 0, "deload": usual_deload()}),
            ),
            (
                json!({"type": "wave"}),
                json!({"type": "wave", "increment_kg": 2.5, "percentages": [70, 80, 90], "deload": usual_deload()}),
            ),
            (
                json!({"type": "wave", "percentages": [150, 1], "increment_kg": 5}),
                json!({"type": "wave", "increment_kg": 5, "percentages": [150, 1], "deload": usual_deload()}),
            ),
        ];
        let loads = [
            json!({}),
            json!({"weight_kg": 102.5}),
            json!({"weight_kg": -20}),
            json!({"percent_of_one_rep_max": 80}),
            json!({"weight_kg": 0}),
        ];
        let reps =
            [json!(5), json!({"min": 8, "max": 12}), json!(1), json!({"min": 3, "max": 3}), json!(10_000)];
        let mut plans = Vec::new();
        for (index, ((told, _), (load, reps))) in progressions.iter().zip(loads.iter().zip(&reps)).enumerate()
        {
            let mut plan = json!({
                "exercise_name": "Plank", "sets": index + 1, "reps": reps, "progression": told,
                "superset": index % 2, "notes": "slow\nand steady", "rest_s": 60 * index
            });
            for (name, value) in load.as_object().unwrap() {
                plan[name] = value.clone();
            }
            plans.push(plan);
        }
        let body = json!({"title": " Upper A ", "notes": "Mondays", "exercises": plans});
        let made = ada.post(TEMPLATES, &body).await.expect(201);
        assert_eq!(made.header("location"), path(&made.body));
        assert_eq!((made.text("title"), made.text("notes")), ("Upper A", "Mondays"));
        let blocks = made.body["exercises"].as_array().unwrap();
        assert_eq!(blocks.len(), 5);
        for (index, block) in blocks.iter().enumerate() {
            assert_eq!(block["progression"], progressions[index].1);
            let load = |name: &str| loads[index].get(name).cloned().unwrap_or_default();
            let same = |name: &str| block[name].as_f64() == load(name).as_f64();
            assert!(same("weight_kg") && same("percent_of_one_rep_max"), "{block:#}");
            let range = match &reps[index] {
                Value::Object(_) => reps[index].clone(),
                number => json!({"min": number, "max": number}),
            };
            assert_eq!((&block["reps"], &block["sets"]), (&range, &json!(index + 1)));
            assert_eq!((&block["superset"], &block["rest_s"]), (&json!(index % 2), &json!(60 * index)));
            assert_eq!(
                (&block["exercise_name"], &block["notes"]),
                (&json!("Plank"), &json!("slow\nand steady"))
            );
        }
        let read = ada.get(&path(&made.body)).await.expect(200);
        assert_eq!((&read.body, read.header("etag")), (&made.body, made.header("etag")));
        let list = ada.get(TEMPLATES).await.expect(200).body;
        assert_eq!(list, json!({"items": [made.body], "next_cursor": null}));
    }
}

#[tokio::test]
async fn a_template_without_further_word_is_as_its_owner_prefers() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    ada.patch("/api/v1/me", &json!({"preferences": {"progression": "wave"}})).await.expect(200);
    let made = plan(&ada, json!([{"exercise_name": "Plank", "sets": 1, "reps": 5}])).await;
    let block = &made["exercises"][0];
    assert_eq!(block["progression"]["type"], "wave");
    for open in ["weight_kg", "percent_of_one_rep_max", "rest_s", "superset", "notes"] {
        assert_eq!(block[open], Value::Null, "{open}");
    }
    // What was made stays as it was made.
    ada.patch("/api/v1/me", &json!({"preferences": {"progression": "double"}})).await.expect(200);
    assert_eq!(ada.get(&path(&made)).await.expect(200).body, made);
}

#[tokio::test]
async fn names_in_a_template_lead_to_exercises_or_make_them() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let names = ["Bench Press (Barbell)", "Ada's carry", "CARRY, ada's", "Barbell Bench Press"];
        let plans: Vec<_> =
            names.iter().map(|name| json!({"exercise_name": name, "sets": 1, "reps": 5})).collect();
        let made = plan(&ada, json!(plans)).await;
        let blocks = made["exercises"].as_array().unwrap();
        let called: Vec<_> = blocks.iter().map(|block| block["exercise_name"].as_str().unwrap()).collect();
        assert_eq!(called, ["Barbell Bench Press", "Ada's carry", "Ada's carry", "Barbell Bench Press"]);
        assert_eq!(blocks[1]["exercise_id"], blocks[2]["exercise_id"]);
        let own = format!("/api/v1/exercises/{}", blocks[1]["exercise_id"].as_str().unwrap());
        assert_eq!(ada.get(&own).await.expect(200).body["custom"], true);
        ada.patch(&own, &json!({"name": "Carry"})).await.expect(200);
        assert_eq!(ada.get(&path(&made)).await.body["exercises"][1]["exercise_name"], "Carry");
    }
}

#[tokio::test]
async fn a_template_is_edited_field_by_field() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let made = plan(&ada, json!([{"exercise_name": "Plank", "sets": 3, "reps": 5}])).await;
        let first = ada.get(&path(&made)).await.header("etag").to_owned();
        let named =
            ada.patch(&path(&made), &json!({"title": "Upper B", "notes": "Tuesdays"})).await.expect(200);
        assert_eq!((named.text("title"), &named.body["exercises"]), ("Upper B", &made["exercises"]));
        let plans = json!([
            {"exercise_name": "Ada's carry", "sets": 2, "reps": {"min": 6, "max": 8}},
            {"exercise_name": "Plank", "sets": 1, "reps": 1},
        ]);
        let edited = ada.patch(&path(&made), &json!({"notes": null, "exercises": plans})).await.expect(200);
        assert_eq!((edited.text("title"), &edited.body["notes"]), ("Upper B", &Value::Null));
        assert_eq!(edited.body["exercises"][0]["exercise_name"], "Ada's carry");
        assert_eq!(edited.body["exercises"].as_array().unwrap().len(), 2);
        let read = ada.get(&path(&made)).await.expect(200);
        assert_eq!((&read.body, read.header("etag")), (&edited.body, edited.header("etag")));
        for method in [Method::PATCH, Method::DELETE] {
            let request = ada.request(method.clone(), &path(&made)).header("if-match", &first);
            let request = if method == Method::PATCH { request.json(&json!({})) } else { request };
            Answer::of(request).await.expect_problem(412, "version_mismatch");
        }
        let unchanged = ada.request(Method::GET, &path(&made)).header("if-none-match", edited.header("etag"));
        Answer::of(unchanged).await.expect(304);
        let empty = ada.patch(&path(&made), &json!({"exercises": []})).await.expect(200);
        assert_eq!(empty.body["exercises"], json!([]));
    }
}

#[tokio::test]
async fn a_template_is_deleted_and_what_was_done_by_it_stays() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let made = plan(&ada, json!([{"exercise_name": "Plank", "sets": 1, "reps": 5}])).await;
        let body = json!({"started_at": "2027-01-04T10:00:00Z", "template_id": made["id"]});
        let logged = ada.post("/api/v1/workout-sessions", &body).await.expect(201);
        let tag = ada.get(&path(&made)).await.header("etag").to_owned();
        let request = ada.request(Method::DELETE, &path(&made)).header("if-match", tag);
        Answer::of(request).await.expect(204);
        ada.get(&path(&made)).await.expect_problem(404, "not_found");
        ada.get(&format!("{}/next", path(&made))).await.expect_problem(404, "not_found");
        ada.delete(&path(&made)).await.expect_problem(404, "not_found");
        let left = ada.get(&format!("/api/v1/workout-sessions/{}", logged.text("id"))).await.expect(200);
        assert_eq!(left.body["exercises"], logged.body["exercises"]);
        let refused = ada.post("/api/v1/workout-sessions", &body).await;
        assert_eq!(pointers(&refused), ["/template_id"]);
    }
}

#[tokio::test]
async fn templates_are_listed_page_by_page_oldest_first() {
    for app in every_store().await {
        let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
        let mut made = Vec::new();
        for number in 1..=5_u16 {
            let plans = json!([{"exercise_name": "Plank", "sets": number, "reps": number}]);
            made.push(plan(&ada, plans).await);
            plan(&bob, json!([])).await;
            app.clock.advance(std::time::Duration::from_secs(1));
        }
        let pages = pages(&ada, &format!("{TEMPLATES}?limit=2")).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(pages.concat(), made);
        ada.get(&format!("{TEMPLATES}?cursor=x")).await.expect(400);
        bob.get(&path(&made[0])).await.expect_problem(404, "not_found");
    }
}
