//! `GET /api/v1/progress/dashboard`

use serde_json::{Value, json};

use super::{dashboard, prefer};
use crate::support::{Person, TestApp};
use crate::workouts::sessions::{BENCH, SQUAT, at, exercise_id, lift, log, on_every_store, workout};

async fn somebody_new_has_an_empty_dashboard(app: TestApp) {
    let ada = app.person("Ada").await;
    let empty = json!({
        "from": "2026-12-06", "to": "2027-01-04",
        "sessions": 0, "sets": 0, "reps": 0, "volume_kg": 0, "duration_s": 0, "distance_m": 0,
        "best_one_rep_max": null, "streak_weeks": 0, "by_muscle": [], "readiness": null,
    });
    assert_eq!(ada.get("/api/v1/progress/dashboard").await.expect(200).body, empty);
}

async fn its_figures_are_those_of_the_workout_sessions(app: TestApp) {
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    log(&eve, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(200.0, 1)])])).await;
    log(
        &ada,
        &json!({
            "started_at": "2027-01-04T09:00:00Z", "ended_at": "2027-01-04T10:15:00Z",
            "exercises": [
                {"exercise_name": BENCH, "sets": [
                    {"kind": "warmup", "weight_kg": 180, "reps": 10},
                    {"weight_kg": 100, "reps": 5},
                    {"kind": "drop", "weight_kg": 80.5, "reps": 8},
                    {"kind": "failure", "weight_kg": 90, "reps": 13},
                ]},
                {"exercise_name": "Assisted Pull-Up", "sets": [{"weight_kg": -20, "reps": 8}]},
            ],
        }),
    )
    .await;
    log(&ada, &json!({
        "started_at": "2027-01-02T09:00:00Z", "ended_at": "2027-01-02T09:00:01Z",
        "exercises": [
            {"exercise_name": "Running", "sets": [{"distance_m": 5000.25, "duration_s": 1500}, {"distance_m": 0.5}]},
            {"exercise_name": "Running", "sets": [{"kind": "warmup", "distance_m": 1000}]},
        ],
    }))
    .await;
    let told = dashboard(&ada, 7).await;
    // 100 x 5 + 80.5 x 8 + 90 x 13.
    assert_eq!(told["volume_kg"], 2_314);
    assert_eq!((&told["sessions"], &told["sets"], &told["reps"]), (&json!(2), &json!(6), &json!(34)));
    assert_eq!((&told["duration_s"], &told["distance_m"]), (&json!(4_501), &json!(5_000.75)));
    // 100 (1 + 5 / 30); nothing is estimated from a warm-up or from 13.
    let bench = exercise_id(&ada, BENCH).await;
    let best = json!({"exercise_id": bench, "exercise_name": BENCH, "kg": 116.67});
    assert_eq!((&told["best_one_rep_max"], &told["readiness"]), (&best, &Value::Null));
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-12-29"), &json!("2027-01-04")));
}

/// How many workout sessions the dashboard of so many days has.
async fn within(person: &Person, days: u16) -> u64 {
    dashboard(person, days).await["sessions"].as_u64().unwrap()
}

async fn its_days_are_those_of_the_persons_zone(app: TestApp) {
    let ada = app.person("Ada").await;
    // In Auckland it is one o'clock in the night to the fifth, thirteen hours ahead.
    for started_at in [
        "2026-12-29T10:59:59Z", // the last second of the 29th
        "2026-12-29T11:00:00Z", // the first one of the 30th
        "2027-01-04T10:59:59Z", // of the fourth
        "2027-01-04T11:00:00Z", // of the fifth
        "2027-01-05T10:59:59Z", // of the fifth
        "2027-01-05T11:00:00Z", // tomorrow
    ] {
        log(&ada, &workout(started_at, [lift(BENCH, &[(100.0, 1)])])).await;
    }
    prefer(&ada, json!({"time_zone": "Pacific/Auckland"})).await;
    let told = dashboard(&ada, 7).await;
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-12-30"), &json!("2027-01-05")));
    assert_eq!((&told["sessions"], &told["volume_kg"]), (&json!(4), &json!(400)));
    assert_eq!(told["by_muscle"][0]["sets"], 4);
    assert_eq!((within(&ada, 1).await, within(&ada, 2).await, within(&ada, 8).await), (2, 3, 5));
    prefer(&ada, json!({"time_zone": null})).await;
    let told = dashboard(&ada, 7).await;
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-12-29"), &json!("2027-01-04")));
    assert_eq!((&told["sessions"], &told["by_muscle"][0]["sets"]), (&json!(4), &json!(4)));
    assert_eq!((within(&ada, 1).await, within(&ada, 6).await), (2, 2));
    // Eleven hours behind it is one o'clock in the night to the fourth.
    prefer(&ada, json!({"time_zone": "Pacific/Pago_Pago"})).await;
    let told = dashboard(&ada, 7).await;
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-12-29"), &json!("2027-01-04")));
    assert_eq!((within(&ada, 1).await, within(&ada, 2).await), (2, 3));
    assert_eq!((within(&ada, 7).await, within(&ada, 8).await), (4, 5));
}

async fn a_day_begins_when_it_begins_where_clocks_are_turned(app: TestApp) {
    let ada = app.person("Ada").await;
    for (zone, days, begins, last_second_before) in [
        // The 1st of November has 25 hours in New York.
        ("America/New_York", 65, "2026-11-01T04:00:00Z", "2026-11-01T03:59:59Z"),
        ("America/New_York", 64, "2026-11-02T05:00:00Z", "2026-11-02T04:59:59Z"),
        // The 24th of April begins at one o'clock in Cairo.
        ("Africa/Cairo", 256, "2026-04-23T22:00:00Z", "2026-04-23T21:59:59Z"),
    ] {
        prefer(&ada, json!({"time_zone": zone})).await;
        for (started_at, sessions) in [(last_second_before, 0), (begins, 1)] {
            let logged = log(&ada, &workout(started_at, [lift(BENCH, &[(100.0, 1)])])).await;
            let told = dashboard(&ada, days).await;
            assert_eq!(
                (&told["sessions"], &told["sets"]),
                (&json!(sessions), &json!(sessions)),
                "{zone} {days}"
            );
            let chest = told["by_muscle"].as_array().unwrap().iter().find(|share| share["muscle"] == "chest");
            assert_eq!(chest.map_or(&json!(0), |share| &share["sets"]), &json!(sessions), "{zone} {days}");
            ada.delete(&at(&logged)).await.expect(204);
        }
    }
}

async fn the_best_estimate_is_of_these_days_and_of_all_exercises(app: TestApp) {
    let ada = app.person("Ada").await;
    let best = async |days: u16| {
        let best = dashboard(&ada, days).await["best_one_rep_max"].clone();
        format!("{} {}", best["exercise_name"], best["kg"])
    };
    log(&ada, &workout("2026-12-01T09:00:00Z", [lift("Barbell Deadlift", &[(200.0, 12)])])).await;
    let squats =
        log(&ada, &workout("2027-01-01T09:00:00Z", [lift(SQUAT, &[(150.0, 1)]), lift(BENCH, &[(90.0, 3)])]))
            .await;
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(100.0, 3)]), lift("Pull-Up", &[(0.0, 5)])]))
        .await;
    assert_eq!(best(60).await, "\"Barbell Deadlift\" 280");
    assert_eq!(best(30).await, "\"Barbell Squat\" 150");
    assert_eq!(best(1).await, "\"Barbell Bench Press\" 110");
    ada.delete(&at(&squats)).await.expect(204);
    assert_eq!(best(30).await, "\"Barbell Bench Press\" 110");
}

async fn a_streak_counts_the_weeks_of_the_person(app: TestApp) {
    let ada = app.person("Ada").await;
    let streak = async || dashboard(&ada, 1).await["streak_weeks"].as_u64().unwrap();
    // Today is a Monday. Nothing yet this week, then the two weeks before; the one of the 14th is missing.
    for started_at in
        ["2027-01-03T12:00:00Z", "2026-12-26T12:00:00Z", "2026-12-25T12:00:00Z", "2026-12-09T12:00:00Z"]
    {
        log(&ada, &workout(started_at, [])).await;
    }
    assert_eq!(streak().await, 2);
    // On Sunday this week had begun, and in the one before was nothing.
    prefer(&ada, json!({"week_start": "sunday"})).await;
    assert_eq!(streak().await, 1);
    // Weeks from Saturday: the second of January, the 26th of December, the 19th.
    prefer(&ada, json!({"week_start": "saturday"})).await;
    assert_eq!(streak().await, 3);
    prefer(&ada, json!({"week_start": "monday"})).await;
    let today = log(&ada, &workout("2027-01-04T08:00:00Z", [])).await;
    assert_eq!(streak().await, 3);
    ada.delete(&at(&today)).await.expect(204);
    // Tomorrow is of this week, too.
    log(&ada, &workout("2027-01-05T08:00:00Z", [])).await;
    assert_eq!(streak().await, 3);
    log(&ada, &workout("2026-12-14T00:00:00Z", [])).await;
    assert_eq!(streak().await, 5);
}

async fn a_streak_counts_the_days_of_the_persons_zone(app: TestApp) {
    let ada = app.person("Ada").await;
    let streak = async || dashboard(&ada, 1).await["streak_weeks"].as_u64().unwrap();
    // A Sunday evening in UTC, and Monday morning in Auckland.
    log(&ada, &workout("2026-12-27T20:00:00Z", [])).await;
    log(&ada, &workout("2027-01-04T08:00:00Z", [])).await;
    assert_eq!(streak().await, 1);
    prefer(&ada, json!({"time_zone": "Pacific/Auckland"})).await;
    assert_eq!(streak().await, 2);
    prefer(&ada, json!({"time_zone": "America/Los_Angeles"})).await;
    assert_eq!(streak().await, 1);
}

on_every_store!(
    a_day_begins_when_it_begins_where_clocks_are_turned,
    a_streak_counts_the_days_of_the_persons_zone,
    a_streak_counts_the_weeks_of_the_person,
    its_days_are_those_of_the_persons_zone,
    its_figures_are_those_of_the_workout_sessions,
    somebody_new_has_an_empty_dashboard,
    the_best_estimate_is_of_these_days_and_of_all_exercises,
);
