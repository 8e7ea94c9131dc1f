//! Documents that claim to be exports of Spotter.

use serde_json::json;

use super::*;

fn document(sessions: &[&str]) -> String {
    format!("{{\"format\":\"spotter\",\"version\":1,\"workout_sessions\":[\n{}]}}", sessions.join(",\n"))
}

const GOOD: &str = r#"{"title":"Good","started_at":"2026-04-09T16:50:00Z","exercises":[]}"#;

async fn refused(app: &TestApp, file: impl Into<reqwest::Body>, code: &str) -> String {
    let ada = app.person("Ada").await;
    let answer = send(&ada, "", file).await;
    assert_eq!(answer.status, 422, "{:#}", answer.body);
    let answer = answer.expect_problem(422, code);
    has_nothing(&ada).await;
    assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
    let detail = answer.text("detail").to_owned();
    assert!(detail.len() < 400, "{detail}");
    detail
}

#[tokio::test]
async fn a_document_of_another_version_is_refused() {
    let app = TestApp::memory().await;
    for version in [0, 2, 4_294_967_295_u32] {
        let detail =
            refused(&app, json!({"format": "spotter", "version": version}).to_string(), "unknown_version");
        assert!(detail.await.contains(&version.to_string()));
    }
}

#[tokio::test]
async fn what_is_no_document_of_spotter_is_refused() {
    let app = TestApp::memory().await;
    let deep = format!("{{\"format\":\"spotter\",\"version\":1,\"workout_sessions\":{}", "[".repeat(1 << 20));
    let nested = format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    for file in [
        "{",
        "{}",
        "{\"sessions\": []}",
        r#"{"format":"hevy","version":1}"#,
        r#"{"format":"Spotter","version":1}"#,
        r#"{"format":"spotter"}"#,
        r#"{"format":"spotter","version":"1"}"#,
        r#"{"format":"spotter","version":1.5}"#,
        r#"{"format":"spotter","version":-1}"#,
        r#"{"format":"spotter","version":1e400}"#,
        r#"{"format":"spotter","version":1,"workout_sessions":{}}"#,
        r#"{"format":"spotter","version":1,"workout_sessions":7}"#,
        r#"{"format":"spotter","version":1,"version":1}"#,
        r#"{"format":"spotter","version":1} and more"#,
        r#"{"format":"spotter","version":1,"workout_sessions":[1,2"#,
        &deep,
        &nested,
    ] {
        refused(&app, file.to_owned(), "not_an_export").await;
    }
    let bytes = b"{\"format\":\"spotter\",\"version\":1,\"workout_sessions\":[{\"title\":\"\xff\"}]}";
    refused(&app, &bytes[..], "not_an_export").await;
}

#[tokio::test]
async fn w5_a_workout_session_that_is_none_is_told_by_its_line_and_costs_no_other() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let sets = vec![r#"{"kind":"normal","reps":1}"#; 1_001].join(",");
    let many = format!(
        r#"{{"started_at":"2026-04-08T16:50:00Z","exercises":[{{"exercise_name":"Dip","sets":[{sets}]}}]}}"#
    );
    let bad = [
        "null",
        "7",
        "[]",
        "{}",
        r#"{"started_at":"2026-04-08T16:50:00Z"}"#,
        r#"{"started_at":"2026-04-08 16:50","exercises":[]}"#,
        r#"{"started_at":1775667000,"exercises":[]}"#,
        r#"{"started_at":"2026-02-29T16:50:00Z","exercises":[]}"#,
        r#"{"started_at":"1900-01-01T16:50:00Z","exercises":[]}"#,
        r#"{"started_at":"2300-01-01T16:50:00Z","exercises":[]}"#,
        r#"{"started_at":"-009999-01-01T16:50:00Z","exercises":[]}"#,
        &many,
    ];
    let mut sessions = vec![GOOD];
    sessions.extend(bad);
    let told = problems(&ada, "", document(&sessions)).await;
    assert_eq!(
        told.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        (3..3 + bad.len() as u64).collect::<Vec<_>>(),
        "{told:#?}"
    );
    for (_, detail) in &told {
        assert!(detail.starts_with("The workout session") && detail.len() < 400, "{told:#?}");
    }
    assert_eq!(starts(&history(&ada).await), [("2026-04-09T16:50:00Z", "Good")]);
    assert_eq!(own_exercises(&ada).await, Vec::<String>::new());
}

#[tokio::test]
async fn w5_a_set_that_is_none_costs_itself_and_a_kind_or_rpe_that_is_none_costs_no_set() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let bad = [
        r#""weight_kg":1000000000"#,
        r#""weight_kg":1e308"#,
        r#""weight_kg":1e999"#,
        r#""weight_kg":"100""#,
        r#""reps":-5"#,
        r#""reps":2.5"#,
        r#""reps":18446744073709551616"#,
        r#""distance_m":-1"#,
        r#""duration_s":86401"#,
    ]
    .map(|fields| format!(r#"{{"kind":"normal",{fields}}}"#));
    let mut sets: Vec<&str> = bad.iter().map(String::as_str).collect();
    sets.extend(["7", r#"{"kind":"myo","reps":5,"rpe":7.3}"#, r#"{"weight_kg":60,"reps":8}"#]);
    let title = "t".repeat(201);
    let session = format!(
        "{{\"title\":\"{title}\",\"started_at\":\"2026-04-08T16:50:00Z\",\"exercises\":[\n\
         {{\"exercise_name\":\"!!!\",\"sets\":[]}},{{\"exercise_name\":\"Squat\",\"sets\":[\n{}]}}]}}",
        sets.join(",\n")
    );
    let told = problems(&ada, "", document(&[&session])).await;
    let lines: Vec<_> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 14], "{told:#?}");
    for word in ["invalid type", "expected", "i64", "f64", "tuple", "map"] {
        assert!(told.iter().all(|(_, detail)| !detail.contains(word)), "{word}: {told:#?}");
    }
    let history = history(&ada).await;
    assert_eq!(history[0]["title"], json!(title[..200]));
    let squats = history[0]["exercises"].as_array().unwrap();
    assert_eq!((squats.len(), &squats[0]["exercise_name"]), (1, &json!("Barbell Squat")));
    let sets = squats[0]["sets"].as_array().unwrap();
    assert_eq!(sets.len(), 2);
    assert_eq!(
        (&sets[0]["kind"], &sets[0]["reps"], &sets[0]["rpe"]),
        (&json!("normal"), &json!(5), &json!(null))
    );
}

#[tokio::test]
async fn only_names_of_what_is_taken_over_count_as_matched() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let of = |year: u16, name: &str| {
        format!(
            r#"{{"started_at":"{year}-04-08T16:50:00Z","exercises":[{{"exercise_name":"{name}","sets":[]}}]}}"#
        )
    };
    let file = format!(
        r#"{{"format":"spotter","version":1,"exercises":[{{"name":"Plank"}}],
            "templates":[{{"title":"Legs","exercises":[
                {{"exercise_name":"Barbell Bench Press","sets":3,"reps":{{"min":5,"max":5}}}}]}}],
            "workout_sessions":[{},{}]}}"#,
        of(2026, "Chin-Up"),
        of(1900, "Treadmill Running")
    );
    let answer = send(&ada, "", file.clone()).await.expect(201).body;
    assert_eq!(answer["exercises"], json!({"matched": 2, "created": []}));
    let again = send(&ada, "", file).await.expect(201).body;
    assert_eq!(again["exercises"], json!({"matched": 0, "created": []}));
}

#[tokio::test]
async fn an_end_that_is_none_costs_only_itself_and_fields_that_nobody_knows_are_passed_over() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    let session = format!(
        r#"{{"started_at":"2026-04-08T16:50:00.9Z","ended_at":"2026-04-08T16:49:59Z","mood":{deep},"exercises":[]}}"#
    );
    let told = problems(&ada, "", document(&[GOOD, &session])).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, 3);
    let history = history(&ada).await;
    assert_eq!(
        (&history[1]["started_at"], &history[1]["ended_at"]),
        (&json!("2026-04-08T16:50:00Z"), &json!(null))
    );
}

async fn w5_a_template_or_an_exercise_that_is_none_costs_no_other(app: TestApp) {
    let ada = app.person("Ada").await;
    let plan = |title: &str, sets: u32, reps: (u16, u16), progression: &str| {
        let (min, max) = reps;
        format!(
            r#"{{"title":"{title}","exercises":[{{"exercise_name":"Ada's Yoke","sets":{sets},"reps":{{"min":{min},"max":{max}}},"progression":{progression}}}]}}"#
        )
    };
    let none = r#"{"type":"none"}"#;
    let templates = [
        plan("No sets", 0, (5, 5), none),
        plan("Too many sets", 256, (5, 5), none),
        plan("Backwards", 3, (8, 5), none),
        plan("Wave", 3, (5, 5), r#"{"type":"wave","percentages":[]}"#),
        plan("Less", 3, (5, 5), r#"{"type":"linear","increment_kg":-2.5}"#),
        plan("Huge", 3, (5, 5), r#"{"type":"linear","increment_kg":99999999999}"#),
        plan("", 3, (5, 5), none),
        plan("Good", 3, (5, 5), none),
    ];
    let exercises = [
        r#"{"name":"","primary_muscles":[],"secondary_muscles":[],"equipment":"none","mechanic":null,"force":null,"load":"external"}"#,
        r#"{"name":"Odd","primary_muscles":["wings"],"secondary_muscles":[],"equipment":"none","mechanic":null,"force":null,"load":"external"}"#,
        r#"{"name":"!!!","primary_muscles":[],"secondary_muscles":[],"equipment":"none","mechanic":null,"force":null,"load":"external"}"#,
    ];
    let file = format!(
        "{{\"format\":\"spotter\",\"version\":1,\n\"exercises\":[\n{}],\n\"templates\":[\n{}],\n\
         \"workout_sessions\":[\n{GOOD}]}}",
        exercises.join(",\n"),
        templates.join(",\n")
    );
    let told = problems(&ada, "", file).await;
    let lines: Vec<_> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 7, 8, 9, 10, 11, 12, 13], "{told:#?}");
    let kept = pages(&ada, "/api/v1/workout-templates").await.concat();
    assert_eq!(kept.iter().map(|template| &template["title"]).collect::<Vec<_>>(), ["Good"]);
    assert_eq!(own_exercises(&ada).await, ["Ada's Yoke"]);
    assert_eq!(history(&ada).await.len(), 1);
}

on_every_store!(w5_a_template_or_an_exercise_that_is_none_costs_no_other);
