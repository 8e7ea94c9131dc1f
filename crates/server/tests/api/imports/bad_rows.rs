//! Rule W5: a bad line is told by its number and costs no other line.

use serde_json::json;

use super::*;

const HEADER: &str = "Date,Workout Name,Exercise Name,Weight,Reps,Distance,Seconds,RPE,Notes";

/// Brings rows along between two good ones, and answers with what is said of each: they all are problems.
async fn told(bad: &[&str]) -> Vec<String> {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let good = "2026-04-08 16:50,Good,Squat (Barbell),100,5,,,,";
    let rows: Vec<_> = bad.iter().flat_map(|bad| [*bad, good]).collect();
    let told = problems(&ada, "", format!("{HEADER}\n{good}\n{}\n", rows.join("\n"))).await;
    let lines: Vec<_> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, (0..bad.len() as u64).map(|n| 3 + 2 * n).collect::<Vec<_>>(), "{told:#?}");
    let history = history(&ada).await;
    assert_eq!(starts(&history), [("2026-04-08T16:50:00Z", "Good")]);
    assert_eq!(history[0]["exercises"][0]["sets"].as_array().unwrap().len(), bad.len() + 1);
    assert_eq!(own_exercises(&ada).await, Vec::<String>::new(), "of what is left out nothing is made");
    adds_up(&app, &ada).await;
    told.into_iter().map(|(_, detail)| detail).collect()
}

#[tokio::test]
async fn w5_weights_that_nobody_lifts_are_no_weights() {
    let weights = [
        "1000000000",
        "1e9",
        "NaN",
        "inf",
        "-Infinity",
        "2000.01",
        "-2000.01",
        "1,5",
        "0x10",
        "--1",
        "10 kg",
    ];
    let rows = weights.map(|weight| format!("2026-04-08 16:50,Good,Ada's Yoke,{weight:?},5,,,,"));
    // A decimal comma is one.
    let rows: Vec<_> = rows.iter().filter(|row| !row.contains("1,5")).map(String::as_str).collect();
    for (detail, weight) in told(&rows).await.iter().zip(weights.iter().filter(|weight| **weight != "1,5")) {
        assert!(detail.contains(&format!("The weight \"{weight}\" ")), "{detail}");
        assert!(detail.ends_with("; the set is left out."), "{detail}");
    }
}

#[tokio::test]
async fn w5_repetitions_distances_and_durations_have_bounds() {
    let details = told(&[
        "2026-04-08 16:50,Good,Ada's Yoke,100,-5,,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,10001,,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,2.5,,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,99999999999999999999999999999999999999999999999999,,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,,-1,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,,1001,,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,,,86401,,",
        "2026-04-08 16:50,Good,Ada's Yoke,100,,,-1,,",
    ])
    .await;
    let wheres = [
        "repetitions",
        "repetitions",
        "repetitions",
        "repetitions",
        "distance",
        "distance",
        "seconds",
        "seconds",
    ];
    for (detail, about) in details.iter().zip(wheres) {
        assert!(detail.contains(about) && detail.len() < 200, "{detail}");
    }
}

#[tokio::test]
async fn w5_dates_that_are_none_or_that_nobody_trained_on_are_left_out() {
    let details = told(&[
        "1900-01-01 10:00,Bad,Ada's Yoke,100,5,,,,",
        "2300-01-01 10:00,Bad,Ada's Yoke,100,5,,,,",
        "2025-02-29 10:00,Bad,Ada's Yoke,100,5,,,,",
        "29 Feb 2023 10:00,Bad,Ada's Yoke,100,5,,,,",
        "2026-04-31 10:00,Bad,Ada's Yoke,100,5,,,,",
        "2026-04-08 24:00,Bad,Ada's Yoke,100,5,,,,",
        "2026-04-08,Bad,Ada's Yoke,100,5,,,,",
        "08/04/2026 10:00,Bad,Ada's Yoke,100,5,,,,",
        ",Bad,Ada's Yoke,100,5,,,,",
        "2027-01-07 12:01,Bad,Ada's Yoke,100,5,,,,",
        "9999-12-31 23:59,Bad,Ada's Yoke,100,5,,,,",
        "99999-12-31 23:59,Bad,Ada's Yoke,100,5,,,,",
    ])
    .await;
    assert_eq!(
        [&details[0], &details[1]],
        [
            "The workout session that begins here must not begin before 2 January 1970; it is left out with all of its sets.",
            "The workout session that begins here must not begin in the future; it is left out with all of its sets.",
        ]
    );
    assert!(details[2].contains("2025-02-29"), "{}", details[2]);
    let app = TestApp::memory().await;
    let leap = "Date,Exercise Name,Seconds\n2024-02-29 10:00,Plank,60\n\"29 Feb 2000, 10:00\",Plank,60\n";
    assert_eq!(bring(&app.person("Ada").await, "", leap).await["sessions"]["created"], 2);
}

#[tokio::test]
async fn w5_a_row_of_another_width_or_without_an_exercise_is_left_out() {
    let details = told(&[
        "2026-04-08 16:50,Good,Ada's Yoke,100",
        "2026-04-08 16:50,Good,Ada's Yoke,100,5,,,,,more",
        "2026-04-08 16:50,Good,,100,5,,,,",
        "2026-04-08 16:50,Good,!!!,100,5,,,,",
        "Total,1,2",
    ])
    .await;
    assert!(details[0].contains("as if it were cut off"), "{}", details[0]);
    assert!(details[2].contains("names no exercise"), "{}", details[2]);
    assert!(details[3].contains("\"!!!\""), "{}", details[3]);
}

/// What a file of two workout sessions with notes brings along when it ends at a text of it.
async fn cut_at(text: &str) -> (Vec<u64>, Vec<Vec<String>>) {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let file = format!(
        "{HEADER}\n2026-04-08 16:50,First,Squat (Barbell),100,5,,,,\"a\nnote\"\n\
         2026-04-08 16:50,First,Squat (Barbell),90,8,,,,\n2026-04-09 16:50,Second,Plank,,,,60,,\"another\nnote\"\n"
    );
    let end = file.find(text).unwrap() + text.len();
    let lines = problems(&ada, "", file[..end].to_owned()).await.into_iter().map(|(line, _)| line).collect();
    adds_up(&app, &ada).await;
    (lines, history(&ada).await.iter().map(done).collect())
}

#[tokio::test]
async fn w5_a_file_that_was_cut_off_loses_the_row_that_was_cut() {
    let squat = "Barbell Squat \"a\\nnote\": 100kg x5, 90kg x8".to_owned();
    let first = vec![vec![squat.clone()]];
    assert_eq!(
        cut_at("\"another\nnote\"\n").await,
        (vec![], vec![vec!["Plank \"another\\nnote\": 60s".into()], vec![squat]])
    );
    let (lines, history) = cut_at("\"another\nno").await;
    assert_eq!((lines.first(), history), (Some(&5), first.clone()), "in a quoted text");
    assert_eq!(cut_at("2026-04-09 16:50,Second,Pl").await, (vec![5], first), "in a row");
}

async fn w5_a_workout_session_of_a_hundred_thousand_sets_is_one_problem(app: TestApp) {
    let ada = app.person("Ada").await;
    let many = "2026-04-08 16:50,Endless,Ada's Yoke,100,5,,,,\n".repeat(100_000);
    let good = "2026-04-09 16:50,Good,Plank,,,,60,,\n";
    let told = problems(&ada, "", format!("{HEADER}\n{good}{many}{good}")).await;
    assert_eq!(
        told,
        [(
            3,
            "The workout session that begins here has more than 100 exercises or 1000 sets; it is left out."
                .to_owned()
        )]
    );
    assert_eq!(starts(&history(&ada).await), [("2026-04-09T16:50:00Z", "Good")]);
    assert_eq!(own_exercises(&ada).await, Vec::<String>::new());
    adds_up(&app, &ada).await;
}

on_every_store!(w5_a_workout_session_of_a_hundred_thousand_sets_is_one_problem);

#[tokio::test]
async fn of_very_many_problems_the_first_thousand_are_listed_and_all_are_counted() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let rows = "2026-04-08 16:50,Bad,Squat,heavy,5,,,,\n".repeat(1_500);
    let import = send(&ada, "", format!("{HEADER}\n{rows}")).await.expect(201).body;
    let problems = import["problems"].as_array().unwrap();
    assert_eq!((problems.len(), &import["problems_total"]), (1_000, &json!(1_500)));
    assert_eq!((&problems[0]["line"], &problems[999]["line"]), (&json!(2), &json!(1_001)));
    let path = format!("{IMPORTS}/{}", import["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200).body, import);
}

#[tokio::test]
async fn text_that_is_too_long_is_cut_and_the_set_is_kept() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let (title, name, note) = ("t".repeat(201), "n".repeat(201), "ü".repeat(10_001));
    let row = format!("2026-04-08 16:50,{title},{name},100,5,,,,{note}\n");
    let told = problems(&ada, "", format!("{HEADER}\n{row}")).await;
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 2, 2]);
    let session = &history(&ada).await[0];
    assert_eq!(session["title"].as_str().unwrap().len(), 200);
    assert_eq!(session["exercises"][0]["exercise_name"].as_str().unwrap().len(), 200);
    assert_eq!(session["exercises"][0]["notes"].as_str().unwrap().chars().count(), 10_000);
    assert_eq!(session["exercises"][0]["sets"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn bytes_and_characters_that_are_no_text_cost_their_row_or_themselves() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let mut file = format!("{HEADER}\n2026-04-08 16:50,Pu\0sh,Squat,100,5,,,,\n").into_bytes();
    file.extend_from_slice(b"2026-04-08 16:50,Push,Kniebeuge f\xfcr zwei,100,5,,,,\n");
    let told = problems(&ada, "", file).await;
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(starts(&history(&ada).await), [("2026-04-08T16:50:00Z", "Push")]);
}
