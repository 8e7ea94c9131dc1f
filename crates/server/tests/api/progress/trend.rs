//! `GET /api/v1/progress/exercises/{id}/trend`

use serde_json::{Value, json};

use super::prefer;
use crate::support::{Person, TestApp};
use crate::workouts::sessions::{BENCH, SQUAT, at, exercise_id, lift, log, on_every_store, workout};

async fn trend(person: &Person, weeks: u16) -> Value {
    let exercise = exercise_id(person, BENCH).await;
    let path = format!("/api/v1/progress/exercises/{exercise}/trend?weeks={weeks}");
    let mut told = person.get(&path).await.expect(200).body;
    assert_eq!(told["meta"], json!({"exercise_id": exercise, "weeks": weeks}));
    assert_eq!(told["next_cursor"], Value::Null);
    told["items"].take()
}

/// A week: its best estimate, the one before, and the change.
fn week(start: &str, figures: [Value; 3], volume: f64, sets: u32) -> Value {
    let [best, previous, change] = figures;
    json!({
        "week_start": start, "one_rep_max_kg": best, "previous_one_rep_max_kg": previous, "change_kg": change,
        "volume_kg": serde_json::from_str::<Value>(&volume.to_string()).unwrap(), "sets": sets,
    })
}

/// Logs weeks with gaps between; answers the first and the last workout session.
async fn log_weeks(person: &Person) -> (Value, Value) {
    let first = log(person, &workout("2026-12-07T10:00:00Z", [lift(BENCH, &[(100.0, 1)])])).await;
    log(person, &workout("2026-12-10T10:00:00Z", [lift(BENCH, &[(90.0, 1)]), lift(BENCH, &[(80.0, 3)])]))
        .await;
    log(person, &workout("2026-12-16T10:00:00Z", [lift(SQUAT, &[(200.0, 1)])])).await;
    log(person, &workout("2026-12-23T10:00:00Z", [lift(BENCH, &[(60.25, 13)])])).await;
    let warm_up = json!({"exercise_name": BENCH, "sets": [{"kind": "warmup", "weight_kg": 200, "reps": 1}]});
    let last = log(person, &workout("2027-01-04T10:00:00Z", [warm_up, lift(BENCH, &[(105.5, 1)])])).await;
    (first, last)
}

async fn each_week_is_compared_with_the_last_one_that_has_an_estimate(app: TestApp) {
    let ada = app.person("Ada").await;
    assert_eq!(trend(&ada, 52).await, json!([]));
    log_weeks(&app.person("Eve").await).await;
    let (first, last) = log_weeks(&ada).await;
    // Two weeks of one repetition more than there is an estimate from, and of nothing, lie between.
    let weeks = [
        week("2026-12-07", [json!(100), Value::Null, Value::Null], 430.0, 3),
        week("2026-12-21", [Value::Null, json!(100), Value::Null], 783.25, 1),
        week("2027-01-04", [json!(105.5), json!(100), json!(5.5)], 105.5, 1),
    ];
    assert_eq!(trend(&ada, 52).await, json!(weeks));
    // The week before the first one that is shown counts all the same.
    assert_eq!(trend(&ada, 5).await, json!(weeks));
    assert_eq!(trend(&ada, 4).await, json!(weeks[1..]));
    assert_eq!(trend(&ada, 3).await, json!(weeks[1..]));
    assert_eq!(trend(&ada, 2).await, json!(weeks[2..]));
    assert_eq!(trend(&ada, 1).await, json!(weeks[2..]));

    ada.patch(&at(&last), &json!({"exercises": [lift(BENCH, &[(95.0, 1)])]})).await.expect(200);
    let fell = week("2027-01-04", [json!(95), json!(100), json!(-5)], 95.0, 1);
    assert_eq!(trend(&ada, 1).await, json!([fell]));
    ada.delete(&at(&first)).await.expect(204);
    let rose = week("2027-01-04", [json!(95), json!(90), json!(5)], 95.0, 1);
    assert_eq!(trend(&ada, 1).await, json!([rose]));
    // Tomorrow is of this week.
    log(&ada, &workout("2027-01-05T10:00:00Z", [lift(BENCH, &[(90.0, 1)])])).await;
    let stayed = week("2027-01-04", [json!(95), json!(90), json!(5)], 185.0, 2);
    assert_eq!(trend(&ada, 1).await, json!([stayed]));
}

async fn weeks_are_those_of_the_person(app: TestApp) {
    let ada = app.person("Ada").await;
    log_weeks(&ada).await;
    let starts = async || {
        let weeks = trend(&ada, 52).await;
        let starts =
            weeks.as_array().unwrap().iter().map(|week| week["week_start"].as_str().unwrap().to_owned());
        starts.collect::<Vec<_>>()
    };
    prefer(&ada, json!({"week_start": "sunday"})).await;
    assert_eq!(starts().await, ["2026-12-06", "2026-12-20", "2027-01-03"]);
    prefer(&ada, json!({"week_start": "saturday"})).await;
    assert_eq!(starts().await, ["2026-12-05", "2026-12-19", "2027-01-02"]);
    // At midnight by the clock of Kiritimati, 14 hours ahead, the first of these was on Tuesday already.
    prefer(&ada, json!({"week_start": "monday", "time_zone": "Pacific/Kiritimati"})).await;
    log(&ada, &workout("2026-12-13T10:00:00Z", [lift(BENCH, &[(100.0, 1)])])).await;
    assert_eq!(starts().await, ["2026-12-07", "2026-12-14", "2026-12-21", "2027-01-04"]);
    prefer(&ada, json!({"time_zone": null})).await;
    assert_eq!(starts().await, ["2026-12-07", "2026-12-21", "2027-01-04"]);
}

async fn estimates_follow_the_formula(app: TestApp) {
    let ada = app.person("Ada").await;
    log(&ada, &workout("2026-12-29T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    log(&ada, &workout("2027-01-04T10:00:00Z", [lift(BENCH, &[(100.0, 10)])])).await;
    for (formula, before, now, change) in
        [("epley", 116.67, 133.33, 16.66), ("brzycki", 112.5, 133.33, 20.83)]
    {
        prefer(&ada, json!({"one_rep_max_formula": formula})).await;
        let weeks = [
            week("2026-12-28", [json!(before), Value::Null, Value::Null], 500.0, 1),
            week("2027-01-04", [json!(now), json!(before), json!(change)], 1_000.0, 1),
        ];
        assert_eq!(trend(&ada, 52).await, json!(weeks), "{formula}");
    }
}

on_every_store!(
    each_week_is_compared_with_the_last_one_that_has_an_estimate,
    estimates_follow_the_formula,
    weeks_are_those_of_the_person,
);
