//! `GET /api/v1/me/export`: everything that somebody has, as one document or as rows.

use serde_json::json;

use super::*;

const EXPORT: &str = "/api/v1/me/export";

const HEADER: &str = "\"title\",\"start_time\",\"end_time\",\"description\",\"exercise_title\",\"superset_id\",\
    \"exercise_notes\",\"set_index\",\"set_type\",\"weight_kg\",\"reps\",\"distance_km\",\"duration_seconds\",\"rpe\"\n";

async fn rows(person: &Person) -> String {
    let answer = person.get(&format!("{EXPORT}?format=csv")).await.expect(200);
    String::from_utf8(answer.bytes).unwrap()
}

#[tokio::test]
async fn whoever_has_nothing_gets_a_document_without_anything() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let answer = ada.get(EXPORT).await.expect(200);
    insta::assert_json_snapshot!(answer.body, @r#"
    {
      "exercises": [],
      "exported_at": "2027-01-04T12:00:00Z",
      "format": "spotter",
      "templates": [],
      "time_zone": "UTC",
      "version": 1,
      "workout_sessions": []
    }
    "#);
    assert_eq!(rows(&ada).await, HEADER);
    for file in [answer.bytes, HEADER.into()] {
        let import = bring(&ada, "", file).await;
        assert_eq!(import["sessions"], json!({"created": 0, "unchanged": 0}));
    }
}

#[tokio::test]
async fn an_export_is_a_file_with_a_name_and_a_type_that_comes_in_pieces() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, "Pacific/Kiritimati").await;
    for (query, media_type, name) in [
        ("", "application/json", "spotter-2027-01-05.json"),
        ("?format=json", "application/json", "spotter-2027-01-05.json"),
        ("?format=csv", "text/csv; charset=utf-8", "spotter-2027-01-05.csv"),
    ] {
        let answer = ada.get(&format!("{EXPORT}{query}")).await.expect(200);
        assert_eq!(answer.header("content-type"), media_type);
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert_eq!((answer.header("transfer-encoding"), answer.header("content-length")), ("chunked", ""));
    }
    ada.get(&format!("{EXPORT}?format=xml")).await.expect_problem(400, "invalid_parameter");
    app.get(EXPORT).await.expect(401);
}

#[tokio::test]
async fn rows_have_the_columns_of_hevy() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, "Europe/Berlin").await;
    let session = json!({
        "title": "Push, \"heavy\"", "notes": "=1+1\nsecond \\n line",
        "started_at": "2026-04-08T14:50:00Z", "ended_at": "2026-04-08T16:02:00Z",
        "exercises": [
            {"exercise_name": "Barbell Bench Press", "superset": 0, "notes": "+slow", "sets": [
                {"kind": "warmup", "weight_kg": 40, "reps": 10},
                {"weight_kg": 102.5, "reps": 5, "rpe": 8.5},
                {"kind": "drop", "weight_kg": 80.25, "reps": 0},
                {"kind": "failure", "reps": 7}]},
            {"exercise_name": "Assisted Chin-Up", "sets": [{"weight_kg": -20, "reps": 5}]},
            {"exercise_name": "Treadmill Running", "sets": [{"distance_m": 5200.07, "duration_s": 1800}]}]});
    ada.post("/api/v1/workout-sessions", &session).await.expect(201);
    let expected = [
        r#""Barbell Bench Press",0,"+slow",0,"warmup",40,10,,,"#,
        r#""Barbell Bench Press",0,"+slow",1,"normal",102.5,5,,,8.5"#,
        r#""Barbell Bench Press",0,"+slow",2,"dropset",80.25,0,,,"#,
        r#""Barbell Bench Press",0,"+slow",3,"failure",,7,,,"#,
        r#""Assisted Chin-Up",,"",0,"normal",-20,5,,,"#,
        r#""Treadmill Running",,"",0,"normal",,,5.20007,1800,"#,
    ]
    .map(|rest| {
        format!(
            r#""Push, ""heavy""","2026-04-08 16:50:00","2026-04-08 18:02:00","=1+1\nsecond \\n line",{rest}"#
        )
    });
    assert_eq!(rows(&ada).await, format!("{HEADER}{}\n", expected.join("\n")));
}

#[tokio::test]
async fn a_time_that_the_clock_showed_twice_is_written_with_its_offset() {
    let app = TestApp::memory().await;
    let ada = lives_in(&app, "Europe/Berlin").await;
    for hour in ["00", "01"] {
        let session = json!({"title": "Night", "started_at": format!("2026-10-25T{hour}:30:00Z"), "exercises": [
            {"exercise_name": "Plank", "sets": [{"duration_s": 60}]}]});
        ada.post("/api/v1/workout-sessions", &session).await.expect(201);
    }
    let rows = rows(&ada).await;
    let times: Vec<_> = rows.lines().skip(1).map(|row| row.split(',').nth(1).unwrap()).collect();
    assert_eq!(times, ["\"2026-10-25 02:30:00+01:00\"", "\"2026-10-25 02:30:00+02:00\""]);
}

async fn an_export_has_everything_of_one_person_and_nothing_of_another(app: TestApp) {
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let mut file = String::from("Date,Workout Name,Exercise Name,Reps\n");
    for number in 0..250 {
        writeln!(file, "2026-04-08 16:50,{number},Ada's Yoke,{}", number + 1).unwrap();
    }
    bring(&ada, "", file).await;
    bring(&bob, "", "Date,Exercise Name,Reps\n2026-04-08 16:50,Bob's Stone,5\n").await;
    let document = ada.get(EXPORT).await.expect(200).body;
    assert_eq!(document["exercises"].as_array().unwrap().len(), 1);
    let sessions = document["workout_sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 250);
    let rows = rows(&ada).await;
    assert_eq!(rows.lines().count(), 251);
    for number in 0..250 {
        let title = number.to_string();
        assert!(sessions.iter().any(|session| session["title"] == title.as_str()), "{number}");
        assert!(rows.contains(&format!("\"{number}\",\"2026-04-08 16:50:00\"")), "{number}");
    }
    assert!(!document.to_string().contains("Bob's Stone") && !rows.contains("Bob's Stone"));
}

on_every_store!(an_export_has_everything_of_one_person_and_nothing_of_another);
