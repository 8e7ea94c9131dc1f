//! Exports of Strong in each of their variants.

use serde_json::json;

use super::*;

/// The classic variant, with the columns of notes.
const CLASSIC: &str = "\
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-04-08 16:50:00,Push,2h 2m,Bench Press (Barbell),W,40,10,0,0,\"\",Slept badly,0
2026-04-08 16:50:00,Push,2h 2m,Bench Press (Barbell),1,102.5,5,0,0,paused,\"\",8.5
2026-04-08 16:50:00,Push,2h 2m,Bench Press (Barbell),Rest Timer,0,0,0,180,\"\",\"\",0
2026-04-08 16:50:00,Push,2h 2m,Bench Press (Barbell),D,80,8,0,0,\"\",Slept badly,0
2026-04-08 16:50:00,Push,2h 2m,Chin Up,1,0,10,0,0,\"\",\"\",0
2026-04-08 16:50:00,Push,2h 2m,Chin Up,F,0,7,0,0,\"\",\"\",0
2026-04-08 16:50:00,Push,2h 2m,Chin Up (Assisted),1,20,9,0,0,\"\",\"\",0
2026-04-08 16:50:00,Push,2h 2m,Plank,1,0,0,0,90,\"\",\"\",0
2026-04-09 07:15:30,Run,45m,Running (Treadmill),1,0,0,5.2,1800,\"\",\"\",0
";

/// Somebody in UTC with what a file without problems brings along, latest first.
async fn brought(query: &str, file: impl Into<reqwest::Body>) -> Vec<Value> {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let import = bring(&ada, query, file).await;
    assert_eq!((&import["format"], &import["dry_run"]), (&json!("strong"), &json!(false)));
    adds_up(&app, &ada).await;
    history(&ada).await
}

#[tokio::test]
async fn the_classic_variant_is_taken_over_whole() {
    let history = brought("", CLASSIC).await;
    assert_eq!(starts(&history), [("2026-04-09T07:15:30Z", "Run"), ("2026-04-08T16:50:00Z", "Push")]);
    assert_eq!(history[1]["ended_at"], "2026-04-08T18:52:00Z");
    assert_eq!(history[0]["ended_at"], "2026-04-09T08:00:30Z");
    assert_eq!(history[1]["notes"], "Slept badly", "what repeats on some rows is told once");
    assert_eq!(
        done(&history[1]),
        [
            "Barbell Bench Press \"paused\": warmup 40kg x10, 102.5kg x5 @8.5, drop 80kg x8",
            "Chin-Up: x10, failure x7",
            "Assisted Chin-Up: -20kg x9",
            "Plank: 90s",
        ]
    );
    assert_eq!(done(&history[0]), ["Treadmill Running: 5200m 1800s"]);
    assert_eq!(history[1]["volume_kg"], json!(1152.5), "of the working sets, without assistance");
}

#[tokio::test]
async fn the_answer_says_what_became_of_the_file() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let rows = "2026-04-10 16:50:00,Odd,5m,Kettlebell Juggling with Ada,1,12,10,0,0,,,0\n\
                2026-04-10 16:50:00,Odd,5m,Bankdrücken am Abend,1,twelve,10,0,0,,,0\n";
    let answer = send(&ada, "?format=strong", format!("{CLASSIC}{rows}")).await.expect(201);
    assert_eq!(answer.header("location"), format!("{IMPORTS}/{}", answer.text("id")));
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "created_at": "2027-01-04T12:00:00Z",
      "dry_run": false,
      "exercises": {
        "created": [
          {
            "id": "[id]",
            "name": "Kettlebell Juggling with Ada"
          }
        ],
        "matched": 5
      },
      "format": "strong",
      "id": "[id]",
      "problems": [
        {
          "detail": "The weight \"twelve\" is no number; the set is left out.",
          "line": 12
        }
      ],
      "problems_total": 1,
      "sessions": {
        "created": 3,
        "unchanged": 0
      },
      "sets": 9,
      "templates": {
        "created": [],
        "unchanged": 0
      },
      "undone": null,
      "undone_at": null
    }
    "#);
    let made = answer.body["exercises"]["created"][0]["id"].as_str().unwrap();
    let made = ada.get(&format!("/api/v1/exercises/{made}")).await.expect(200).body;
    assert_eq!((&made["name"], &made["custom"]), (&json!("Kettlebell Juggling with Ada"), &json!(true)));
    assert_eq!(ada.get(answer.header("location")).await.expect(200).body, answer.body);
}

#[tokio::test]
async fn the_classic_variant_is_taken_over_without_the_columns_of_notes() {
    let history = brought(
        "",
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n\
         2019-11-02 18:05:00,\"Legs\",1h,\"Squat (Barbell)\",1,100,5,0,0,0\n\
         2019-11-02 18:05:00,\"Legs\",1h,\"Squat (Barbell)\",2,100,0,0,0,0\n",
    )
    .await;
    assert_eq!(history[0]["ended_at"], "2019-11-02T19:05:00Z");
    assert_eq!(done(&history[0]), ["Barbell Squat: 100kg x5, 100kg x0"], "the second one failed");
    assert_eq!(history[0]["notes"], json!(null));
}

#[tokio::test]
async fn android_says_the_units_in_each_row_and_writes_decimal_commas() {
    let history = brought(
        "?weight_unit=lb",
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;\
         Workout Notes;Workout Duration\n\
         2023-06-05 18:30:12;Früh;Deadlift (Barbell);1;140,5;kgs;5;8,5;0;;0;\"tief; langsam\";;1h 2m\n\
         2023-06-05 18:30:12;Früh;Deadlift (Barbell);2;315;lbs;3;;0;;0;;;1h 2m\n\
         2023-06-05 18:30:12;Früh;Running;1;0;;0;;3,1;mi;1500;;;1h 2m\n",
    )
    .await;
    assert_eq!(starts(&history), [("2023-06-05T18:30:12Z", "Früh")]);
    assert_eq!(history[0]["ended_at"], "2023-06-05T19:32:12Z");
    assert_eq!(
        done(&history[0]),
        ["Barbell Deadlift \"tief; langsam\": 140.5kg x5 @8.5, 142.88kg x3", "Running: 4988.97m 1500s"]
    );
}

#[tokio::test]
async fn ios_says_the_units_in_each_row_and_writes_times_of_twelve_hours() {
    let history = brought(
        "",
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Distance,Distance Unit,Seconds,\
         Notes,Workout Notes\n\
         2022-01-31 5:04:59\u{202f}PM,\"Pull, heavy\",1h 5m,Lat Pulldown (Cable),1,70.5,kg,8,,0,,0,\"say \"\"up\"\"\",\n\
         2022-01-31 5:04:59\u{202f}PM,\"Pull, heavy\",1h 5m,Running,1,0,kg,0,,5,km,1500,,\n\
         2022-02-01 12:00:00\u{202f}AM,Midnight,5m,Plank,1,0,kg,0,,0,,60,,\n",
    )
    .await;
    assert_eq!(
        starts(&history),
        [("2022-02-01T00:00:00Z", "Midnight"), ("2022-01-31T17:04:59Z", "Pull, heavy")]
    );
    assert_eq!(done(&history[1]), [r#"Cable Lat Pulldown "say \"up\"": 70.5kg x8"#, "Running: 5000m 1500s"]);
}

/// The newer variant in a unit of weight.
fn numbered(unit: &str) -> String {
    format!(
        "\"Workout #\";\"Date\";\"Workout Name\";\"Duration (sec)\";\"Exercise Name\";\"Set Order\";\"Weight ({unit})\";\
         \"Reps\";\"RPE\";\"Distance (meters)\";\"Seconds\";\"Notes\";\"Workout Notes\"\n\
         \"1\";\"2025-03-01 09:00:00\";\"Full body\";\"3605\";\"Chin Up\";\"1\";\"\";\"8\";\"\";\"\";\"\";\"\";\"First\"\n\
         \"1\";\"2025-03-01 09:00:00\";\"Full body\";\"3605\";\"Chin Up\";\"Rest Timer\";\"\";\"\";\"\";\"\";\"120\";\"\";\"\"\n\
         \"1\";\"2025-03-01 09:00:00\";\"Full body\";\"3605\";\"Chin Up\";\"2\";\"0\";\"0\";\"10\";\"\";\"\";\"\";\"\"\n\
         \"1\";\"2025-03-01 09:00:00\";\"Full body\";\"3605\";\"Running\";\"1\";\"\";\"\";\"\";\"1500\";\"420\";\"\";\"\"\n\
         \"2\";\"2025-03-03 09:00:00\";\"Full body\";\"\";\"Bench Press (Barbell)\";\"1\";\"100\";\"5\";\"\";\"\";\"\";\"\";\"\"\n"
    )
}

#[tokio::test]
async fn the_newer_variant_leaves_empty_what_does_not_apply_so_that_its_zeros_are_zeros() {
    let history = brought("", numbered("kg")).await;
    assert_eq!(
        starts(&history),
        [("2025-03-03T09:00:00Z", "Full body"), ("2025-03-01T09:00:00Z", "Full body")]
    );
    assert_eq!(
        (&history[0]["ended_at"], &history[1]["ended_at"]),
        (&json!(null), &json!("2025-03-01T10:00:05Z"))
    );
    assert_eq!(done(&history[1]), ["Chin-Up: x8, 0kg x0 @10", "Running: 1500m 420s"]);
    assert_eq!(
        (done(&history[0]), &history[1]["notes"]),
        (vec!["Barbell Bench Press: 100kg x5".to_owned()], &json!("First"))
    );
}

#[tokio::test]
async fn the_newer_variant_names_pounds_in_its_header_whatever_the_person_says() {
    let history = brought("?weight_unit=kg", numbered("lb")).await;
    assert_eq!(done(&history[0]), ["Barbell Bench Press: 45.36kg x5"]);
    assert_eq!(done(&history[1])[1], "Running: 1500m 420s", "metres stay metres");
}

#[tokio::test]
async fn columns_are_found_by_name_wherever_they_are() {
    let history = brought(
        "",
        "RPE,Reps,Colour,exercise name,WEIGHT,Date,Workout Name\n8,5,red,Squat (Barbell),100,2026-04-08 16:50,Legs\n",
    )
    .await;
    assert_eq!(done(&history[0]), ["Barbell Squat: 100kg x5 @8"]);
}

#[tokio::test]
async fn warm_ups_drops_and_failures_do_not_begin_an_exercise_anew_and_a_one_does() {
    let orders = ["W", "1", "D", "2", "F", "Rest Timer", "1", "2"];
    let rows: Vec<_> =
        orders.iter().map(|order| format!("2026-04-08 16:50,Squat (Barbell),{order},100,5")).collect();
    let history = brought("", format!("Date,Exercise Name,Set Order,Weight,Reps\n{}", rows.join("\n"))).await;
    assert_eq!(
        done(&history[0]),
        [
            "Barbell Squat: warmup 100kg x5, 100kg x5, drop 100kg x5, 100kg x5, failure 100kg x5",
            "Barbell Squat: 100kg x5, 100kg x5",
        ]
    );
    assert_eq!(history[0]["title"], json!(null));
}

#[tokio::test]
async fn two_workout_sessions_of_one_name_on_one_day_differ_in_their_time() {
    let history = brought(
        "",
        "Date,Workout Name,Exercise Name,Reps\n2026-04-08 06:00:00,Run,Plank,1\n2026-04-08 18:00:00,Run,Plank,2\n\
         2026-04-08 06:00:00,Run,Plank,3\n",
    )
    .await;
    assert_eq!(starts(&history), [("2026-04-08T18:00:00Z", "Run"), ("2026-04-08T06:00:00Z", "Run")]);
    assert_eq!(
        (done(&history[0]), done(&history[1])),
        (vec!["Plank: x2".to_owned()], vec!["Plank: x1, x3".to_owned()])
    );
}

#[tokio::test]
async fn names_that_nobody_knows_become_exercises_of_ones_own_and_no_set_is_lost() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let import = bring(
        &ada,
        "",
        "Date,Exercise Name,Reps\n2026-04-08 16:50,Hammerwerfen (Leicht),1\n2026-04-08 16:50,引体向上,2\n\
         2026-04-08 16:50,leicht hammerwerfen,3\n2026-04-08 16:50,BENCH PRESS barbell,4\n",
    )
    .await;
    let created: Vec<_> =
        import["exercises"]["created"].as_array().unwrap().iter().map(|made| &made["name"]).collect();
    assert_eq!(created, ["Hammerwerfen (Leicht)", "引体向上"]);
    assert_eq!(import["exercises"]["matched"], json!(1));
    assert_eq!(
        done(&history(&ada).await[0]),
        ["Hammerwerfen (Leicht): x1", "引体向上: x2", "Hammerwerfen (Leicht): x3", "Barbell Bench Press: x4"]
    );
}
