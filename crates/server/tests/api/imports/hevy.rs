//! Exports of Hevy in each of their variants.

use serde_json::json;

use super::*;

/// Somebody in UTC with what a file without problems brings along, latest first.
async fn brought(file: impl Into<reqwest::Body>) -> Vec<Value> {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    assert_eq!(bring(&ada, "", file).await["format"], "hevy");
    adds_up(&app, &ada).await;
    history(&ada).await
}

/// A row of one workout session with these fields from the exercise on.
fn row(rest: &str) -> String {
    format!("\"Evening\",\"8 Apr 2026, 16:50\",\"8 Apr 2026, 18:02\",\"\",{rest}")
}

async fn of_rows(rests: &[&str]) -> Vec<String> {
    let rows: Vec<_> = rests.iter().map(|rest| row(rest)).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    done(&brought(hevy(&rows)).await[0])
}

#[tokio::test]
async fn both_ways_to_write_a_time_are_read() {
    let history = brought(hevy(&[
        "\"Evening\",\"8 Apr 2026, 16:50\",\"8 Apr 2026, 18:02\",\"fine\",\"Plank\",,\"\",0,\"normal\",,,,90,",
        "\"Sunday\",\"2024-01-07 17:15:00\",\"2024-01-07 17:45:30\",\"\",\"Running\",,\"\",0,\"normal\",,,5.2,1800,",
    ]))
    .await;
    assert_eq!(starts(&history), [("2026-04-08T16:50:00Z", "Evening"), ("2024-01-07T17:15:00Z", "Sunday")]);
    assert_eq!(
        (&history[0]["ended_at"], &history[0]["notes"]),
        (&json!("2026-04-08T18:02:00Z"), &json!("fine"))
    );
    assert_eq!(
        (&history[1]["ended_at"], &history[1]["notes"]),
        (&json!("2024-01-07T17:45:30Z"), &json!(null))
    );
    assert_eq!(
        (done(&history[0]), done(&history[1])),
        (vec!["Plank: 90s".into()], vec!["Running: 5200m 1800s".into()])
    );
}

#[tokio::test]
async fn tabs_divide_and_the_header_names_pounds_and_miles() {
    let file =
        HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles").replace(',', "\t");
    let history = brought(format!(
        "{file}\nLegs\t1 Dec 2025, 9:05\t1 Dec 2025, 10:00\t\tSquat (Barbell)\t\t\t0\tnormal\t225\t5\t\t\t9\n\
         Legs\t1 Dec 2025, 9:05\t1 Dec 2025, 10:00\t\tWalking\t\t\t0\tnormal\t\t\t1.5\t1200\t\n"
    ))
    .await;
    assert_eq!(starts(&history), [("2025-12-01T09:05:00Z", "Legs")]);
    assert_eq!(done(&history[0]), ["Barbell Squat: 102.06kg x5 @9", "Walking: 2414.02m 1200s"]);
}

#[tokio::test]
async fn semicolons_divide_and_numbers_have_decimal_commas() {
    let history = brought(format!(
        "{}\nLegs;1 Dec 2025, 9:05;;;Squat (Barbell);;;0;normal;102,5;5;;;8,5\n",
        HEVY.replace(',', ";")
    ))
    .await;
    assert_eq!(done(&history[0]), ["Barbell Squat: 102.5kg x5 @8.5"]);
}

#[tokio::test]
async fn the_types_of_sets_are_taken_over() {
    let kinds = ["warmup", "normal", "dropset", "failure"].into_iter().enumerate();
    let rests: Vec<_> =
        kinds.map(|(index, kind)| format!("\"Squat (Barbell)\",,\"\",{index},\"{kind}\",100,5,,,")).collect();
    let rows: Vec<_> = rests.iter().map(String::as_str).collect();
    assert_eq!(
        of_rows(&rows).await,
        ["Barbell Squat: warmup 100kg x5, 100kg x5, drop 100kg x5, failure 100kg x5"]
    );
}

#[tokio::test]
async fn superset_zero_is_a_superset_unlike_none() {
    let done = of_rows(&[
        "\"Chin Up\",0,\"\",0,\"normal\",,10,,,",
        "\"Plank\",0,\"\",0,\"normal\",,,,60,",
        "\"Running\",,\"\",0,\"normal\",,,1,,",
        "\"Chin Up\",1,\"\",0,\"normal\",,9,,,",
    ])
    .await;
    assert_eq!(done, ["Chin-Up [0]: x10", "Plank [0]: 60s", "Running: 1000m", "Chin-Up [1]: x9"]);
}

#[tokio::test]
async fn an_exercise_that_comes_again_is_a_second_block_even_right_behind_the_first() {
    let bench =
        |index: u32, reps: u32| format!("\"Bench Press (Barbell)\",,\"\",{index},\"normal\",60,{reps},,,");
    let rests =
        [bench(0, 1), bench(1, 2), "\"Plank\",,\"\",0,\"normal\",,,,60,".into(), bench(0, 3), bench(0, 4)];
    let rests: Vec<_> = rests.iter().map(String::as_str).collect();
    assert_eq!(
        of_rows(&rests).await,
        [
            "Barbell Bench Press: 60kg x1, 60kg x2",
            "Plank: 60s",
            "Barbell Bench Press: 60kg x3",
            "Barbell Bench Press: 60kg x4",
        ]
    );
}

#[tokio::test]
async fn what_does_not_apply_is_empty_and_a_zero_is_a_zero() {
    let done = of_rows(&[
        "\"Chin Up\",,\"\",0,\"normal\",,10,,,",
        "\"Chin Up\",,\"\",1,\"normal\",0,10,,,",
        "\"Chin Up\",,\"\",2,\"normal\",20,0,,,10",
        "\"Chin Up\",,\"\",3,\"normal\",,,,,",
    ])
    .await;
    assert_eq!(done, ["Chin-Up: x10, 0kg x10, 20kg x0 @10, nothing"]);
}

#[tokio::test]
async fn backslash_n_is_a_line_break_and_other_backslashes_stay() {
    let history = brought(hevy(&[
        r#"Push,"8 Apr 2026, 16:50",,"good\nday ¯\_(ツ)_/¯",Plank,,"slow\n\ndown",0,normal,,,,60,"#,
    ]))
    .await;
    assert_eq!(history[0]["notes"], "good\nday ¯\\_(ツ)_/¯");
    assert_eq!(history[0]["exercises"][0]["notes"], "slow\n\ndown");
}

#[tokio::test]
async fn the_newest_comes_first_in_the_file_and_yet_the_earlier_one_holds_a_record() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let bench = |day: u32| format!("Push,\"{day} Apr 2026, 16:50\",,,Bench Press,,,0,normal,100,5,,,");
    bring(&ada, "", hevy(&[&bench(20), &bench(9), &bench(8)])).await;
    let history = history(&ada).await;
    assert_eq!(
        history.iter().map(|session| session["started_at"].as_str().unwrap()).collect::<Vec<_>>(),
        ["2026-04-20T16:50:00Z", "2026-04-09T16:50:00Z", "2026-04-08T16:50:00Z"]
    );
    let records = ada.get("/api/v1/progress/records").await.expect(200).body;
    let records = records["items"].as_array().unwrap();
    assert_eq!(records.len(), 4, "{records:#?}");
    for record in records {
        assert_eq!(record["session_id"], history[2]["id"], "{record:#}");
    }
    adds_up(&app, &ada).await;
}

#[tokio::test]
async fn what_is_odd_about_a_set_is_told_and_costs_no_set() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let rests = [
        "Squat,,,0,normal,100,5,,,8.3",
        "Squat,,,1,myo,100,5,,,11",
        "Squat,x,,,normal,100,5,,,",
        "Squat,70000,,0.5,normal,100,5,,,",
    ];
    let rows = rests.map(row);
    let told = problems(&ada, "", hevy(&rows.each_ref().map(String::as_str))).await;
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 3, 4, 5, 5]);
    for ((_, detail), word) in told.iter().zip(["8.3", "myo", "11", "\"x\"", "0.5", "70000"]) {
        assert!(detail.contains(word), "{detail}");
    }
    assert_eq!(done(&history(&ada).await[0]), ["Barbell Squat: 100kg x5, 100kg x5, 100kg x5, 100kg x5"]);
}
