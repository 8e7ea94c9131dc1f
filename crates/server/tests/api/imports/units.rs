//! Which unit the weights of a file are in that names none.

use serde_json::json;

use super::*;

const FILE: &str = "Date,Exercise Name,Weight,Reps,Distance\n2026-04-08 16:50,Squat (Barbell),225,5,0\n\
                    2026-04-08 16:50,Running,0,0,1\n";

async fn taken_as(person: &Person, query: &str) -> Vec<String> {
    bring(person, query, FILE).await;
    done(&history(person).await[0])
}

#[tokio::test]
async fn kilograms_and_kilometres_unless_something_else_is_said() {
    let app = TestApp::memory().await;
    assert_eq!(taken_as(&app.person("Ada").await, "").await, ["Barbell Squat: 225kg x5", "Running: 1000m"]);
}

#[tokio::test]
async fn the_person_says_which_and_w4_what_was_typed_comes_back() {
    let app = TestApp::memory().await;
    let (ada, mel) = (app.person("Ada").await, app.person("Mel").await);
    assert_eq!(taken_as(&ada, "?weight_unit=lb").await, ["Barbell Squat: 102.06kg x5", "Running: 1609.34m"]);
    assert_eq!(taken_as(&mel, "?weight_unit=kg").await, ["Barbell Squat: 225kg x5", "Running: 1000m"]);
}

#[tokio::test]
async fn whoever_reads_pounds_is_taken_to_have_weighed_in_pounds() {
    let app = TestApp::memory().await;
    let (ada, mel) = (app.person("Ada").await, app.person("Mel").await);
    for person in [&ada, &mel] {
        prefers(person, json!({"units": "imperial"})).await;
    }
    assert_eq!(taken_as(&ada, "").await[0], "Barbell Squat: 102.06kg x5");
    assert_eq!(
        taken_as(&mel, "?weight_unit=kg").await[0],
        "Barbell Squat: 225kg x5",
        "what is said goes first"
    );
}

#[tokio::test]
async fn a_word_that_is_no_option_is_refused_before_the_file_is_read() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for (query, parameter) in [
        ("?weight_unit=stone", "weight_unit"),
        ("?weight_unit=KG", "weight_unit"),
        ("?format=garmin", "format"),
        ("?dry_run=yes", "dry_run"),
        ("?dry_run=", "dry_run"),
    ] {
        let answer = send(&ada, query, FILE).await.expect_problem(400, "invalid_parameter");
        assert!(answer.body.to_string().contains(parameter), "{query}: {:#}", answer.body);
    }
    has_nothing(&ada).await;
}
