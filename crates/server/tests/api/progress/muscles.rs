//! How much each muscle was worked, on the dashboard.

use serde_json::{Value, json};

use super::dashboard;
use crate::support::{Person, TestApp};
use crate::workouts::sessions::{BENCH, lift, log, on_every_store, workout};

async fn shares(person: &Person) -> Value {
    dashboard(person, 30).await["by_muscle"].clone()
}

fn share(muscle: &str, sets: f64, volume_kg: f64) -> Value {
    let number =
        |number: f64| if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() };
    let text =
        format!(r#"{{"muscle":"{muscle}","sets":{},"volume_kg":{}}}"#, number(sets), number(volume_kg));
    serde_json::from_str(&text).unwrap()
}

async fn who_does_the_work_counts_whole_and_who_helps_by_half(app: TestApp) {
    let ada = app.person("Ada").await;
    let warm_up =
        json!({"exercise_name": "Barbell Squat", "sets": [{"kind": "warmup", "weight_kg": 60, "reps": 5}]});
    let exercises =
        [lift(BENCH, &[(100.0, 5), (100.0, 5), (100.25, 5)]), lift("Barbell Curl", &[(30.0, 10)]), warm_up];
    log(&ada, &workout("2027-01-04T09:00:00Z", exercises)).await;
    log(&ada, &workout("2027-01-03T09:00:00Z", [lift("Chin-Up", &[(0.0, 10), (10.0, 3)])])).await;
    // Bench presses are work of the chest, with shoulders and triceps; curls of the biceps, with the forearms;
    // chin-ups of lats and biceps, with forearms and upper back.
    let mut told = shares(&ada).await.as_array().unwrap().clone();
    let sets: Vec<_> = told.iter().map(|share| share["sets"].as_f64().unwrap()).collect();
    assert!(sets.is_sorted_by(|a, b| a >= b), "{sets:?}");
    told.sort_by_key(|share| share["muscle"].as_str().unwrap().to_owned());
    assert_eq!(
        told,
        [
            share("biceps", 3.0, 330.0),
            share("chest", 3.0, 1_501.25),
            share("forearms", 1.5, 165.0),
            share("lats", 2.0, 30.0),
            share("shoulders", 1.5, 750.62),
            share("triceps", 1.5, 750.62),
            share("upper_back", 1.0, 15.0),
        ]
    );
}

async fn an_exercise_of_ones_own_counts_for_the_muscles_that_it_has(app: TestApp) {
    let ada = app.person("Ada").await;
    let body =
        json!({"name": "Quizzical Hoist", "primary_muscles": ["neck"], "secondary_muscles": ["traps"]});
    let made = ada.post("/api/v1/exercises", &body).await.expect(201).body;
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift("quizzical hoist", &[(20.0, 5)])])).await;
    // One that was made by its name alone has none.
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift("Whimsical Hoist", &[(20.0, 5)])])).await;
    assert_eq!(shares(&ada).await, json!([share("neck", 1.0, 100.0), share("traps", 0.5, 50.0)]));
    let path = format!("/api/v1/exercises/{}", made["id"].as_str().unwrap());
    ada.patch(&path, &json!({"primary_muscles": ["calves"], "secondary_muscles": []})).await.expect(200);
    assert_eq!(shares(&ada).await, json!([share("calves", 1.0, 100.0)]));
}

on_every_store!(
    an_exercise_of_ones_own_counts_for_the_muscles_that_it_has,
    who_does_the_work_counts_whole_and_who_helps_by_half,
);
