//! Preferences in `GET` and `PATCH /api/v1/me`, and what follows from them.

use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp};
use crate::workouts::sessions::{
    BENCH, all, at, books, lift, log, on_every_store, records, told, verify, workout,
};

const PATH: &str = "/api/v1/me";

async fn prefer(person: &Person, preferences: Value) -> Answer {
    person.patch(PATH, &json!({"preferences": preferences})).await
}

async fn preferences(person: &Person) -> Value {
    person.get(PATH).await.expect(200).body["preferences"].clone()
}

async fn each_preference_is_changed_by_itself_and_stays(app: TestApp) {
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let mut expected = json!({
        "units": "metric", "week_start": "monday", "time_zone": null, "one_rep_max_formula": "epley",
        "default_rest_s": 120, "progression": "linear", "warmup_percentages": [40, 60, 80],
    });
    assert_eq!(preferences(&ada).await, expected);
    for (name, values) in [
        ("units", vec![json!("imperial"), json!("metric")]),
        ("week_start", vec![json!("sunday"), json!("saturday"), json!("monday")]),
        ("time_zone", vec![json!("America/New_York"), json!("UTC"), Value::Null, json!("Asia/Kolkata")]),
        (
            "one_rep_max_formula",
            ["brzycki", "lombardi", "mayhew", "oconner", "wathan", "lander", "epley"]
                .map(Value::from)
                .to_vec(),
        ),
        ("default_rest_s", vec![json!(0), json!(3_600), json!(90)]),
        ("progression", vec![json!("double"), json!("wave"), json!("linear")]),
        ("warmup_percentages", vec![json!([]), json!([1, 2, 50, 98, 99]), json!([50])]),
    ] {
        for value in values {
            let changed = prefer(&ada, json!({name: value})).await.expect(200);
            expected[name] = value;
            assert_eq!(changed.body["preferences"], expected);
            assert_eq!(preferences(&ada).await, expected);
        }
    }
    assert_ne!(preferences(&eve).await, expected);
}

#[tokio::test]
async fn a_wrong_preference_is_pointed_at_and_changes_nothing() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    prefer(&ada, json!({"units": "imperial", "warmup_percentages": [50, 70]})).await.expect(200);
    let before = preferences(&ada).await;
    for (name, value) in [
        ("one_rep_max_formula", json!("guess")),
        ("one_rep_max_formula", json!("Epley")),
        ("one_rep_max_formula", Value::Null),
        ("default_rest_s", json!(-1)),
        ("default_rest_s", json!(3_601)),
        ("default_rest_s", json!(1e300)),
        ("default_rest_s", Value::Null),
        ("progression", json!("none")),
        ("progression", Value::Null),
        ("warmup_percentages", json!([0])),
        ("warmup_percentages", json!([100])),
        ("warmup_percentages", json!([-1])),
        ("warmup_percentages", json!([300])),
        ("warmup_percentages", json!([60, 40])),
        ("warmup_percentages", json!([60, 60])),
        ("warmup_percentages", json!([10, 20, 30, 40, 50, 60])),
        ("warmup_percentages", json!(vec![50; 10_000])),
        ("warmup_percentages", Value::Null),
        ("week_start", json!("friday")),
        ("time_zone", json!("+01:00")),
        ("time_zone", json!("../../etc/passwd")),
        ("units", json!("Metric")),
    ] {
        // The good one beside it is not taken either.
        let beside = if name == "units" { "week_start" } else { "units" };
        let good = if name == "units" { "sunday" } else { "metric" };
        let answer =
            prefer(&ada, json!({name: value, beside: good})).await.expect_problem(422, "invalid_value");
        let errors = answer.body["errors"].as_array().unwrap();
        assert_eq!(
            (errors.len(), &errors[0]["pointer"]),
            (1, &json!(format!("/preferences/{name}"))),
            "{value}"
        );
    }
    for (name, value, pointer) in [
        ("default_rest_s", json!(1.5), "default_rest_s"),
        ("default_rest_s", json!("90"), "default_rest_s"),
        ("warmup_percentages", json!([50, "60"]), "warmup_percentages/1"),
        ("warmup_percentages", json!("50"), "warmup_percentages"),
        ("rest_s", json!(90), "rest_s"),
    ] {
        let answer = prefer(&ada, json!({name: value})).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], format!("/preferences/{pointer}"));
    }
    assert_eq!(preferences(&ada).await, before);
}

#[tokio::test]
async fn all_wrong_preferences_are_told_at_once() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let wrong = json!({
        "units": "stone", "week_start": "friday", "time_zone": "Europe/Atlantis", "one_rep_max_formula": "guess",
        "default_rest_s": 3_601, "progression": "none", "warmup_percentages": [60, 40],
    });
    let answer = prefer(&ada, wrong).await.expect_problem(422, "invalid_value");
    let errors = answer.body["errors"].as_array().unwrap().iter();
    let told = errors.map(|error| (error["pointer"].as_str().unwrap(), error["detail"].as_str().unwrap()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("/preferences/units", "must be metric or imperial"),
            ("/preferences/week_start", "must be monday, sunday or saturday"),
            ("/preferences/time_zone", "must be a time zone of the IANA database such as Europe/Zurich"),
            (
                "/preferences/one_rep_max_formula",
                "must be one of epley, brzycki, lombardi, mayhew, oconner, wathan, lander",
            ),
            ("/preferences/default_rest_s", "must be 0 to 3600 seconds"),
            ("/preferences/progression", "must be linear, double or wave"),
            ("/preferences/warmup_percentages", "must be up to 5 growing percentages from 1 to 99"),
        ]
    );
}

async fn another_formula_derives_estimates_and_their_records_anew(app: TestApp) {
    let ada = app.person("Ada").await;
    // By Epley ten repetitions of 90 kg are more than three of 108 kg, by Lombardi they are less.
    log(&ada, &workout("2027-01-02T09:00:00Z", [lift(BENCH, &[(90.0, 10)])])).await;
    let heavy = log(&ada, &workout("2027-01-03T09:00:00Z", [lift(BENCH, &[(108.0, 3)])])).await;
    let before = books(&ada).await;
    let best = async || {
        let records = records(&ada).await;
        let best = records.as_array().unwrap().iter().find(|record| record["kind"] == "one_rep_max").unwrap();
        let dashboard = ada.get("/api/v1/progress/dashboard").await.expect(200).body;
        assert_eq!(dashboard["best_one_rep_max"]["kg"], best["value"]);
        (best["value"].as_f64().unwrap(), best["session_id"] == heavy["id"])
    };
    assert_eq!(best().await, (120.0, false));
    prefer(&ada, json!({"one_rep_max_formula": "lombardi"})).await.expect(200);
    assert_eq!(best().await, (120.54, true));
    verify(&app, &ada).await;
    // From then on it is the one that new ones are estimated by.
    let logged = log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(109.0, 3)])])).await;
    assert!(
        told(&logged["records"]).contains(&format!("{BENCH} one_rep_max external 121.66 kg before 120.54")),
        "{:#}",
        logged["records"]
    );
    ada.delete(&at(&logged)).await.expect(204);
    prefer(&ada, json!({"one_rep_max_formula": "epley"})).await.expect(200);
    assert_eq!(books(&ada).await, before);
    verify(&app, &ada).await;
}

async fn another_time_zone_moves_workout_sessions_between_days(app: TestApp) {
    let ada = app.person("Ada").await;
    for started_at in ["2027-01-01T11:30:00Z", "2027-01-02T10:30:00Z", "2027-01-03T10:00:00Z"] {
        log(&ada, &workout(started_at, [lift(BENCH, &[(100.0, 5)])])).await;
    }
    let days = async || {
        let days = all(&ada, "/api/v1/progress/summaries?period=day").await;
        let days = days
            .iter()
            .map(|day| (day["period_start"].as_str().unwrap().to_owned(), day["sessions"].as_u64().unwrap()));
        days.collect::<Vec<_>>()
    };
    let on = |days: &[(&str, u64)]| {
        days.iter().map(|(day, count)| ((*day).to_owned(), *count)).collect::<Vec<_>>()
    };
    let utc = on(&[("2027-01-03", 1), ("2027-01-02", 1), ("2027-01-01", 1)]);
    assert_eq!(days().await, utc);
    let before = books(&ada).await;
    // In Auckland, 13 hours ahead, the first one was on the second already.
    prefer(&ada, json!({"time_zone": "Pacific/Auckland"})).await.expect(200);
    assert_eq!(days().await, on(&[("2027-01-03", 1), ("2027-01-02", 2)]));
    verify(&app, &ada).await;
    // In Pago Pago, 11 hours behind, the last two were the day before.
    prefer(&ada, json!({"time_zone": "Pacific/Pago_Pago"})).await.expect(200);
    assert_eq!(days().await, on(&[("2027-01-02", 1), ("2027-01-01", 2)]));
    verify(&app, &ada).await;
    prefer(&ada, json!({"time_zone": null})).await.expect(200);
    assert_eq!((days().await, books(&ada).await), (utc, before));
    verify(&app, &ada).await;
}

on_every_store!(
    another_formula_derives_estimates_and_their_records_anew,
    another_time_zone_moves_workout_sessions_between_days,
    each_preference_is_changed_by_itself_and_stays,
);
