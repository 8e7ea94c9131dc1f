//! `GET /api/v1/workout-templates/{id}/next`: what to do next, from what was done by the template.

use serde_json::{Value, json};

use super::exercises::every_store;
use super::templates::{path, plan};
use crate::support::{Answer, Person, TestApp};

pub(super) const BENCH: &str = "Barbell Bench Press";

/// What is proposed of the exercises of a template.
pub(super) async fn next(person: &Person, template: &Value) -> Vec<Value> {
    let next = person.get(&format!("{}/next", path(template))).await.expect(200).body;
    assert_eq!((&next["template_id"], &next["title"]), (&template["id"], &template["title"]));
    next["exercises"].as_array().unwrap().clone()
}

/// The working sets that are proposed, which are all the same, and why.
#[track_caller]
pub(super) fn proposed(block: &Value) -> (Option<f64>, u64, &str) {
    let sets = block["sets"].as_array().unwrap().iter().filter(|set| set["kind"] == "normal");
    let sets: Vec<_> = sets.map(|set| (set["weight_kg"].as_f64(), set["reps"].as_u64().unwrap())).collect();
    assert!(!sets.is_empty() && sets.iter().all(|set| *set == sets[0]), "{block:#}");
    (sets[0].0, sets[0].1, block["reason"].as_str().unwrap())
}

/// The first exercise of what is proposed.
pub(super) async fn first(person: &Person, template: &Value) -> (Option<f64>, u64, String) {
    let blocks = next(person, template).await;
    let (weight, reps, reason) = proposed(&blocks[0]);
    (weight, reps, reason.to_owned())
}

/// Logs sets of the first exercise of a template on that day, and answers with the workout session.
pub(super) async fn did(person: &Person, template: &Value, day: &str, sets: &[(Option<f64>, u16)]) -> Answer {
    let sets: Vec<Value> = sets.iter().map(|(kg, reps)| json!({"weight_kg": kg, "reps": reps})).collect();
    let block = json!({"exercise_id": template["exercises"][0]["exercise_id"], "sets": sets});
    let body = json!({
        "started_at": format!("{day}T10:00:00Z"), "template_id": template["id"], "exercises": [block]
    });
    person.post("/api/v1/workout-sessions", &body).await.expect(201)
}

/// The same with one weight.
async fn lifted(person: &Person, template: &Value, day: &str, kg: f64, reps: &[u16]) -> Answer {
    let sets: Vec<_> = reps.iter().map(|reps| (Some(kg), *reps)).collect();
    did(person, template, day, &sets).await
}

/// Somebody with a template of three sets of the bench press.
async fn benching(app: &TestApp, load: &Value, reps: Value, progression: Value) -> (Person, Value) {
    let ada = app.person("Ada").await;
    let mut block = json!({"exercise_name": BENCH, "sets": 3, "reps": reps, "progression": progression});
    for (name, value) in load.as_object().unwrap() {
        block[name] = value.clone();
    }
    let template = plan(&ada, json!([block])).await;
    (ada, template)
}

fn is(weight: f64, reps: u64, reason: &str) -> (Option<f64>, u64, String) {
    (Some(weight), reps, reason.to_owned())
}

#[tokio::test]
async fn the_first_time_is_as_planned_after_the_preferred_warm_ups() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let preferred = json!({"preferences": {"default_rest_s": 150, "warmup_percentages": [50, 75]}});
        ada.patch("/api/v1/me", &preferred).await.expect(200);
        let template = plan(
            &ada,
            json!([
                {"exercise_name": BENCH, "sets": 2, "reps": 5, "weight_kg": 101, "superset": 0},
                {"exercise_name": "Plank", "sets": 1, "reps": {"min": 6, "max": 10}, "rest_s": 30},
            ]),
        )
        .await;
        let blocks = next(&ada, &template).await;
        let set = |kind: &str, kg: f64| json!({"kind": kind, "weight_kg": kg, "reps": 5});
        let sets = [set("warmup", 50.0), set("warmup", 75.0), set("normal", 101.0), set("normal", 101.0)];
        for (proposed, set) in blocks[0]["sets"].as_array().unwrap().iter().zip(&sets) {
            assert_eq!(proposed["weight_kg"].as_f64(), set["weight_kg"].as_f64());
            assert_eq!((&proposed["kind"], &proposed["reps"]), (&set["kind"], &set["reps"]));
        }
        assert_eq!(blocks[0]["sets"].as_array().unwrap().len(), 4);
        assert_eq!((&blocks[0]["superset"], &blocks[0]["rest_s"]), (&json!(0), &json!(150)));
        assert_eq!(blocks[0]["reason"], "first");
        assert_eq!((&blocks[1]["rest_s"], &blocks[1]["superset"]), (&json!(30), &Value::Null));
        assert_eq!(proposed(&blocks[1]), (None, 6, "open"));
        assert_eq!(blocks[1]["exercise_name"], "Plank");
    }
}

#[tokio::test]
async fn linear_progression_adds_weight_when_every_set_was_done() {
    for app in every_store().await {
        let rule = json!({"type": "linear", "increment_kg": 5});
        let (ada, template) = benching(&app, &json!({"weight_kg": 100}), json!(5), rule).await;
        assert_eq!(first(&ada, &template).await, is(100.0, 5, "first"));
        lifted(&ada, &template, "2026-12-01", 100.0, &[5, 5, 6]).await;
        assert_eq!(first(&ada, &template).await, is(105.0, 5, "more_weight"));
        lifted(&ada, &template, "2026-12-03", 105.0, &[5, 5, 4]).await;
        assert_eq!(first(&ada, &template).await, is(105.0, 5, "again"));
        lifted(&ada, &template, "2026-12-05", 105.0, &[5, 5]).await;
        assert_eq!(first(&ada, &template).await, is(105.0, 5, "again"), "a set is missing");
        lifted(&ada, &template, "2026-12-07", 105.0, &[5, 5, 5]).await;
        assert_eq!(first(&ada, &template).await, is(110.0, 5, "more_weight"));
    }
}

#[tokio::test]
async fn repeated_failure_takes_weight_off() {
    for app in every_store().await {
        let rule = json!({"type": "linear"});
        let (ada, template) = benching(&app, &json!({"weight_kg": 100}), json!(5), rule).await;
        for (day, expected) in [
            ("2026-12-01", is(100.0, 5, "again")),
            ("2026-12-02", is(100.0, 5, "again")),
            ("2026-12-03", is(90.0, 5, "deload")),
        ] {
            lifted(&ada, &template, day, 100.0, &[5, 4, 3]).await;
            assert_eq!(first(&ada, &template).await, expected, "{day}");
        }
        lifted(&ada, &template, "2026-12-04", 90.0, &[5, 4, 4]).await;
        assert_eq!(first(&ada, &template).await, is(90.0, 5, "again"), "another weight is another count");
        lifted(&ada, &template, "2026-12-05", 90.0, &[5, 5, 5]).await;
        assert_eq!(first(&ada, &template).await, is(92.5, 5, "more_weight"));
        let rule = json!({"type": "linear", "deload": {"after_failures": 1, "percent": 20}});
        let (bob, template) = benching(&app, &json!({"weight_kg": 100}), json!(5), rule).await;
        lifted(&bob, &template, "2026-12-01", 100.0, &[1, 1, 1]).await;
        assert_eq!(first(&bob, &template).await, is(80.0, 5, "deload"));
    }
}

#[tokio::test]
async fn double_progression_adds_repetitions_then_weight() {
    for app in every_store().await {
        let rule = json!({"type": "double", "increment_kg": 2.5});
        let range = json!({"min": 8, "max": 10});
        let (ada, template) = benching(&app, &json!({"weight_kg": 60}), range, rule).await;
        assert_eq!(first(&ada, &template).await, is(60.0, 8, "first"));
        for (day, kg, reps, expected) in [
            ("2026-12-01", 60.0, [8, 8, 8], is(60.0, 9, "more_reps")),
            ("2026-12-02", 60.0, [10, 9, 9], is(60.0, 10, "more_reps")),
            ("2026-12-03", 60.0, [10, 10, 10], is(62.5, 8, "more_weight")),
            ("2026-12-04", 62.5, [8, 7, 6], is(62.5, 8, "again")),
            ("2026-12-05", 62.5, [7, 7, 6], is(62.5, 8, "again")),
            ("2026-12-06", 62.5, [7, 7, 6], is(55.0, 8, "deload")),
        ] {
            lifted(&ada, &template, day, kg, &reps).await;
            assert_eq!(first(&ada, &template).await, expected, "{day}");
        }
    }
}

#[tokio::test]
async fn a_wave_goes_through_its_percentages_of_the_one_rep_max() {
    for app in every_store().await {
        let rule = json!({"type": "wave", "percentages": [70, 80, 90], "increment_kg": 2.5});
        let (ada, template) = benching(&app, &json!({"percent_of_one_rep_max": 100}), json!(3), rule).await;
        assert_eq!(first(&ada, &template).await, (None, 3, "no_estimate".to_owned()));
        let single = json!({"exercise_name": BENCH, "sets": [{"weight_kg": 120, "reps": 1}]});
        let body = json!({"started_at": "2026-11-30T10:00:00Z", "exercises": [single]});
        ada.post("/api/v1/workout-sessions", &body).await.expect(201);
        assert_eq!(first(&ada, &template).await, is(82.5, 3, "first"), "70 % of 120 kg, rounded down");
        for (day, kg, expected) in [
            ("2026-12-01", 82.5, is(95.0, 3, "next_of_wave")),
            ("2026-12-03", 95.0, is(107.5, 3, "next_of_wave")),
            ("2026-12-05", 107.5, is(85.0, 3, "next_of_wave")),
            ("2026-12-07", 85.0, is(97.5, 3, "next_of_wave")),
        ] {
            lifted(&ada, &template, day, kg, &[3, 3, 3]).await;
            assert_eq!(first(&ada, &template).await, expected, "{day}");
        }
    }
}

#[tokio::test]
async fn a_wave_that_fails_again_and_again_is_lighter() {
    let app = TestApp::memory().await;
    let rule = json!({"type": "wave"});
    let (ada, template) = benching(&app, &json!({"weight_kg": 100}), json!(5), rule).await;
    for (day, kg, expected) in [
        ("2026-12-01", 70.0, is(80.0, 5, "next_of_wave")),
        ("2026-12-02", 80.0, is(90.0, 5, "next_of_wave")),
        // 70 % of 102.5 kg, less a tenth.
        ("2026-12-03", 90.0, is(62.5, 5, "deload")),
    ] {
        lifted(&ada, &template, day, kg, &[4, 3, 2]).await;
        assert_eq!(first(&ada, &template).await, expected, "{day}");
    }
    lifted(&ada, &template, "2026-12-04", 62.5, &[5, 5, 5]).await;
    assert_eq!(first(&ada, &template).await, is(80.0, 5, "next_of_wave"), "80 % of 102.5 kg, rounded down");
}

#[tokio::test]
async fn a_percentage_follows_the_best_estimate_of_twelve_weeks() {
    for app in every_store().await {
        let rule = json!({"type": "none"});
        let (ada, template) = benching(&app, &json!({"percent_of_one_rep_max": 80}), json!(5), rule).await;
        for (day, kg, expected) in [
            ("2026-10-11", 200.0, (None, 5, "no_estimate".to_owned())),
            ("2026-10-12", 100.0, is(80.0, 5, "as_planned")),
            ("2026-12-01", 90.0, is(80.0, 5, "as_planned")),
            ("2026-12-02", 110.0, is(87.5, 5, "as_planned")),
        ] {
            lifted(&ada, &template, day, kg, &[1]).await;
            assert_eq!(first(&ada, &template).await, expected, "{day}");
        }
    }
}

#[tokio::test]
async fn only_what_was_done_by_the_template_counts_in_the_order_of_its_days() {
    for app in every_store().await {
        let rule = json!({"type": "linear"});
        let (ada, template) = benching(&app, &json!({"weight_kg": 100}), json!(5), rule.clone()).await;
        let other =
            plan(&ada, json!([{"exercise_name": BENCH, "sets": 3, "reps": 5, "weight_kg": 50}])).await;
        lifted(&ada, &other, "2026-12-09", 50.0, &[5, 5, 5]).await;
        let latest = lifted(&ada, &template, "2026-12-05", 110.0, &[5, 5, 5]).await;
        lifted(&ada, &template, "2026-12-01", 100.0, &[1, 1, 1]).await;
        assert_eq!(first(&ada, &template).await, is(112.5, 5, "more_weight"));
        // An edit of what was done is an edit of what is proposed, and so is its deletion.
        let session = format!("/api/v1/workout-sessions/{}", latest.text("id"));
        let sets = json!([{"weight_kg": 120, "reps": 5}, {"kind": "warmup", "weight_kg": 150, "reps": 1}]);
        let change = json!({"exercises": [{"exercise_name": BENCH, "sets": sets}]});
        ada.patch(&session, &change).await.expect(200);
        assert_eq!(first(&ada, &template).await, is(120.0, 5, "again"), "one set of three, and a warm-up");
        ada.delete(&session).await.expect(204);
        assert_eq!(first(&ada, &template).await, is(100.0, 5, "again"));
        // A template without a load goes on from the last one.
        ada.patch(
            &path(&template),
            &json!({"exercises": [
                {"exercise_name": BENCH, "sets": 3, "reps": 5, "progression": {"type": "none"}}
            ]}),
        )
        .await
        .expect(200);
        assert_eq!(first(&ada, &template).await, is(100.0, 5, "as_planned"));
    }
}
