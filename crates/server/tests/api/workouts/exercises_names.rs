//! `GET /api/v1/exercises/resolve`: which exercise somebody means.

use serde_json::{Value, json};

use super::exercises::{every_store, leads_to, make, path, resolve};
use crate::support::TestApp;

const RESOLVE: &str = "/api/v1/exercises/resolve";

#[tokio::test]
async fn a_name_leads_to_an_exercise_the_surer_the_more_it_is_like_its_own() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        make(&ada, "Gnome walk").await;
        for (name, leads, how, confidence) in [
            ("Barbell Bench Press", "Barbell Bench Press", "exact", 1.0),
            ("Bench Press (Barbell)", "Barbell Bench Press", "alias", 0.95),
            ("bench press BARBELL", "Barbell Bench Press", "normalised", 0.9),
            ("Gnome walk", "Gnome walk", "exact", 1.0),
            ("Walk (Gnomes)", "Gnome walk", "normalised", 0.9),
            ("  Plank  ", "Plank", "exact", 1.0),
        ] {
            let found = resolve(&ada, name).await;
            assert_eq!((&found["exercise"]["name"], &found["how"]), (&json!(leads), &json!(how)), "{name}");
            assert_eq!(found["confidence"].as_f64(), Some(confidence), "{name}");
            assert_eq!(found["suggestions"], json!([]), "{name}");
        }
    }
}

#[tokio::test]
async fn a_name_is_recognised_however_it_is_written() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    make(&ada, "Ada's Überzug").await;
    for (name, leads) in [
        // Case, punctuation, the order of words.
        ("BARBELL BENCH PRESS", "Barbell Bench Press"),
        ("barbell - bench_press!", "Barbell Bench Press"),
        ("Press, Bench, Barbell", "Barbell Bench Press"),
        // Equipment in brackets, in front or behind, whatever brackets they are.
        ("(Barbell) Bench Press", "Barbell Bench Press"),
        ("[barbell] bench press", "Barbell Bench Press"),
        ("Bench Press {Barbell}", "Barbell Bench Press"),
        ("Bench Press - Barbell", "Barbell Bench Press"),
        // The plural.
        ("Barbell Bench Presses", "Barbell Bench Press"),
        ("Planks", "Plank"),
        ("Pull-Ups", "Pull-Up"),
        ("Crunches", "Crunch"),
        // Accents, in one character or two.
        ("Bárbèll Bênch Prëss", "Barbell Bench Press"),
        ("ba\u{301}rbell bench press", "Barbell Bench Press"),
        ("adas uberzug", "Ada's Überzug"),
        ("U\u{308}BERZUG ADA’S", "Ada's Überzug"),
    ] {
        assert_eq!(leads_to(&ada, name).await, (json!(leads), "normalised".to_owned()), "{name}");
    }
}

#[tokio::test]
async fn the_names_that_other_apps_write_are_known() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for name in [
        "Bench Press (Barbell)",
        "Squat (Barbell)",
        "Deadlift (Barbell)",
        "Lat Pulldown (Cable)",
        "Chin Up",
        "Chin Up (Assisted)",
        "Running (Treadmill)",
        "Plank",
        "Incline Bench Press (Dumbbell)",
        "Leg Press",
        "Bicep Curl (Dumbbell)",
        "Overhead Press (Barbell)",
        "Bent Over Row (Barbell)",
        "Face Pull (Cable)",
        "Romanian Deadlift (Barbell)",
        "Lateral Raise (Dumbbell)",
        "Pull Up",
        "Push Up",
        "Hip Thrust (Barbell)",
    ] {
        let (leads, how) = leads_to(&ada, name).await;
        assert!(leads.is_string() && how != "none", "{name}");
    }
}

#[tokio::test]
async fn a_name_that_leads_nowhere_is_answered_with_what_is_called_like_it() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let found = resolve(&ada, "bnech press").await;
    assert_eq!((&found["exercise"], &found["how"]), (&Value::Null, &json!("none")));
    assert_eq!(found["confidence"].as_f64(), Some(0.0));
    let suggestions = found["suggestions"].as_array().unwrap();
    assert!((1..=5).contains(&suggestions.len()));
    assert!(suggestions[0]["name"].as_str().unwrap().contains("Bench Press"), "{suggestions:#?}");
    assert_eq!(resolve(&ada, "Qqqqq").await["suggestions"], json!([]));
}

#[tokio::test]
async fn what_can_be_no_name_is_refused() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for query in ["", "?name=", "?name=%20", "?name=a%0Ab", &format!("?name={}", "x".repeat(201))] {
        ada.get(&format!("{RESOLVE}{query}")).await.expect(400);
    }
    ada.get(&format!("{RESOLVE}?name={}", "%C3%BC".repeat(200))).await.expect(200);
}

#[tokio::test]
async fn a_change_of_ones_own_exercises_is_seen_by_the_next_question() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let none = (Value::Null, "none".to_owned());
        let exact = |name: &str| (json!(name), "exact".to_owned());
        assert_eq!(leads_to(&ada, "Gnome walk").await, none);
        let made = make(&ada, "Gnome walk").await;
        assert_eq!(leads_to(&ada, "Gnome walk").await, exact("Gnome walk"));
        ada.patch(&path(&made), &json!({"name": "Gnome carry", "force": "pull"})).await.expect(200);
        assert_eq!(leads_to(&ada, "Gnome walk").await, none);
        assert_eq!(leads_to(&ada, "Gnome carry").await, exact("Gnome carry"));
        assert_eq!(resolve(&ada, "Gnome carry").await["exercise"]["force"], "pull");
        ada.delete(&path(&made)).await.expect(204);
        assert_eq!(leads_to(&ada, "Gnome carry").await, none);
        // Logging by a name that leads nowhere makes an exercise, too.
        let block = json!({"exercise_name": "Log press of Ada", "sets": []});
        let body = json!({"started_at": "2027-01-04T10:00:00Z", "exercises": [block]});
        ada.post("/api/v1/workout-sessions", &body).await.expect(201);
        assert_eq!(leads_to(&ada, "log presses of ada").await.0, "Log press of Ada");
    }
}

#[tokio::test]
async fn a_change_at_one_node_is_seen_at_the_other() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let here = app.person("Ada").await;
    let there = here.at(&other);
    assert_eq!(leads_to(&there, "Gnome walk").await.1, "none");
    let made = make(&here, "Gnome walk").await;
    assert_eq!(leads_to(&there, "Gnome walk").await.1, "exact");
    let bench = resolve(&there, "Barbell Bench Press").await["exercise"].clone();
    there.post(&format!("{}/merge", path(&made)), &json!({"into": bench["id"]})).await.expect(200);
    assert_eq!(leads_to(&here, "Gnome walk").await, (json!("Barbell Bench Press"), "alias".to_owned()));
}
