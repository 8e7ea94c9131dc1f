//! Which weights are proposed: those that were told, those that were done, and those that can be loaded.

use serde_json::{Value, json};

use super::exercises::every_store;
use super::next::{BENCH, did, first};
use super::templates::plan;
use crate::support::{Person, TestApp};

/// Somebody with a template of two sets of the bench press.
async fn benching(load: Value, reps: Value, progression: Value) -> (TestApp, Person, Value) {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let mut block = json!({"exercise_name": BENCH, "sets": 2, "reps": reps, "progression": progression});
    for (name, value) in load.as_object().unwrap() {
        block[name] = value.clone();
    }
    let template = plan(&ada, json!([block])).await;
    (app, ada, template)
}

fn is(weight: impl Into<Option<f64>>, reps: u64, reason: &str) -> (Option<f64>, u64, String) {
    (weight.into(), reps, reason.to_owned())
}

#[tokio::test]
async fn an_increment_smaller_than_the_smallest_plates_is_added_all_the_same() {
    for increment in [0.5, 1.0, 1.25, 2.0] {
        let rule = json!({"type": "linear", "increment_kg": increment});
        let (_app, ada, template) = benching(json!({"weight_kg": 60}), json!(5), rule).await;
        let mut weight = 60.0;
        for day in 1..=4 {
            let sets = [(Some(weight), 5), (Some(weight), 5)];
            did(&ada, &template, &format!("2026-12-0{day}"), &sets).await;
            weight += increment;
            assert_eq!(first(&ada, &template).await, is(weight, 5, "more_weight"));
        }
    }
}

#[tokio::test]
async fn a_weight_that_stays_is_not_rounded() {
    let rule = json!({"type": "double"});
    let range = json!({"min": 8, "max": 10});
    let (_app, ada, template) = benching(json!({"weight_kg": 61}), range.clone(), rule.clone()).await;
    did(&ada, &template, "2026-12-01", &[(Some(61.0), 8), (Some(61.0), 8)]).await;
    assert_eq!(first(&ada, &template).await, is(61.0, 9, "more_reps"));
    did(&ada, &template, "2026-12-02", &[(Some(61.0), 7), (Some(61.0), 7)]).await;
    assert_eq!(first(&ada, &template).await, is(61.0, 8, "again"));
    did(&ada, &template, "2026-12-03", &[(Some(61.0), 10), (Some(61.0), 10)]).await;
    assert_eq!(first(&ada, &template).await, is(62.5, 8, "more_weight"), "63.5 kg, rounded down");
    let (_app, bob, open) = benching(json!({}), range.clone(), rule).await;
    did(&bob, &open, "2026-12-01", &[(Some(61.0), 7), (Some(61.0), 7)]).await;
    assert_eq!(first(&bob, &open).await, is(61.0, 8, "again"));
    let (_app, cleo, open) = benching(json!({}), range, json!({"type": "none"})).await;
    did(&cleo, &open, "2026-12-01", &[(Some(61.0), 8), (Some(61.0), 8)]).await;
    assert_eq!(first(&cleo, &open).await, is(61.0, 8, "as_planned"));
}

#[tokio::test]
async fn ones_own_body_alone_is_progressed_by_repetitions_then_by_added_weight() {
    let rule = json!({"type": "double", "increment_kg": 2.5});
    let (_app, ada, template) = benching(json!({}), json!({"min": 6, "max": 8}), rule).await;
    assert_eq!(first(&ada, &template).await, is(None, 6, "open"));
    for (day, sets, expected) in [
        ("2026-12-01", [(None, 6), (None, 6)], is(None, 7, "more_reps")),
        ("2026-12-02", [(None, 5), (None, 4)], is(None, 6, "again")),
        ("2026-12-03", [(None, 8), (None, 8)], is(2.5, 6, "more_weight")),
        ("2026-12-04", [(Some(2.5), 6), (Some(2.5), 6)], is(2.5, 7, "more_reps")),
    ] {
        did(&ada, &template, day, &sets).await;
        assert_eq!(first(&ada, &template).await, expected, "{day}");
    }
}

#[tokio::test]
async fn less_assistance_is_more() {
    let rule = json!({"type": "linear", "increment_kg": 5});
    let (_app, ada, template) = benching(json!({"weight_kg": -20}), json!(5), rule).await;
    for (day, kg, reps, expected) in [
        ("2026-12-01", -20.0, 5, is(-15.0, 5, "more_weight")),
        ("2026-12-02", -15.0, 3, is(-15.0, 5, "again")),
        ("2026-12-03", -15.0, 3, is(-15.0, 5, "again")),
        ("2026-12-04", -15.0, 3, is(-17.5, 5, "deload")),
        ("2026-12-05", -5.0, 5, is(0.0, 5, "more_weight")),
        ("2026-12-06", 0.0, 5, is(5.0, 5, "more_weight")),
    ] {
        did(&ada, &template, day, &[(Some(kg), reps), (Some(kg), reps)]).await;
        assert_eq!(first(&ada, &template).await, expected, "{day}");
    }
}

#[tokio::test]
async fn whoever_reads_pounds_is_proposed_pounds() {
    let rule = json!({"type": "linear", "increment_kg": 2.5});
    // 135 lb.
    let (_app, ada, template) = benching(json!({"weight_kg": 61.23}), json!(5), rule).await;
    ada.patch("/api/v1/me", &json!({"preferences": {"units": "imperial"}})).await.expect(200);
    assert_eq!(first(&ada, &template).await, is(61.23, 5, "first"));
    did(&ada, &template, "2026-12-01", &[(Some(61.23), 5), (Some(61.23), 5)]).await;
    // 140 lb.
    assert_eq!(first(&ada, &template).await, is(63.5, 5, "more_weight"));
}

#[tokio::test]
async fn a_workout_session_that_skipped_the_exercise_changes_nothing() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let rule = json!({"type": "linear", "increment_kg": 2.5});
        let block =
            json!({"exercise_name": BENCH, "sets": 2, "reps": 5, "weight_kg": 100, "progression": rule});
        let template = plan(&ada, json!([block])).await;
        did(&ada, &template, "2026-12-01", &[(Some(110.0), 5), (Some(110.0), 5)]).await;
        let skipped = [
            json!([]),
            json!([{"kind": "warmup", "weight_kg": 60, "reps": 5}]),
            json!([{"duration_s": 60}, {"distance_m": 100}]),
        ];
        for (day, sets) in (2..).zip(&skipped) {
            let block = json!({"exercise_name": BENCH, "sets": sets});
            let body = json!({
                "started_at": format!("2026-12-0{day}T10:00:00Z"), "template_id": template["id"],
                "exercises": [block]
            });
            ada.post("/api/v1/workout-sessions", &body).await.expect(201);
            assert_eq!(first(&ada, &template).await, is(112.5, 5, "more_weight"), "{sets}");
        }
    }
}

#[tokio::test]
async fn assistance_ends_with_ones_own_body_and_goes_on_with_added_weight() {
    let rule = json!({"type": "linear", "increment_kg": 2.5});
    let (_app, ada, template) = benching(json!({"weight_kg": -2.5}), json!(5), rule).await;
    did(&ada, &template, "2026-12-01", &[(Some(-2.5), 5), (Some(-2.5), 5)]).await;
    assert_eq!(first(&ada, &template).await, is(0.0, 5, "more_weight"));
    did(&ada, &template, "2026-12-02", &[(None, 5), (None, 5)]).await;
    assert_eq!(first(&ada, &template).await, is(2.5, 5, "more_weight"));
}

#[tokio::test]
async fn at_the_heaviest_weight_it_is_the_same_again() {
    let rule = json!({"type": "linear"});
    let (_app, ada, template) = benching(json!({"weight_kg": 2000}), json!(5), rule).await;
    did(&ada, &template, "2026-12-01", &[(Some(2000.0), 5), (Some(2000.0), 5)]).await;
    assert_eq!(first(&ada, &template).await, is(2000.0, 5, "again"));
}
