//! `GET /api/v1/progress/summaries`

use serde_json::{Value, json};

use super::prefer;
use crate::support::steps::pages;
use crate::support::{Person, TestApp};
use crate::workouts::sessions::{BENCH, all, at, lift, log, on_every_store, workout};

/// Bench presses of 100 kg on the turn of the year, from a Sunday to the Monday of the week after.
const WORKOUTS: [(&str, u16); 6] = [
    ("2026-12-27T10:00:00Z", 5),
    ("2026-12-28T10:00:00Z", 1),
    ("2026-12-31T23:30:00Z", 6),
    ("2027-01-02T10:00:00Z", 2),
    ("2027-01-03T10:00:00Z", 3),
    ("2027-01-04T10:00:00Z", 4),
];

async fn log_all(person: &Person) {
    for (started_at, reps) in WORKOUTS {
        log(person, &workout(started_at, [lift(BENCH, &[(100.0, reps)])])).await;
    }
}

/// Stretches in one line each: the day, workout sessions, repetitions.
fn lines(items: &[Value]) -> Vec<String> {
    let line = |item: &Value| {
        assert_eq!(item["volume_kg"].as_u64().unwrap(), 100 * item["reps"].as_u64().unwrap());
        assert_eq!(item["sets"], item["sessions"]);
        format!("{} {} {}", item["period_start"].as_str().unwrap(), item["sessions"], item["reps"])
    };
    items.iter().map(line).collect()
}

async fn of(person: &Person, query: &str) -> Vec<String> {
    lines(&all(person, &format!("/api/v1/progress/summaries?period={query}")).await)
}

async fn a_summary_has_the_sums_of_its_stretch(app: TestApp) {
    let ada = app.person("Ada").await;
    let nothing = ada.get("/api/v1/progress/summaries?period=week").await.expect(200).body;
    assert_eq!(nothing, json!({"items": [], "next_cursor": null, "meta": {"period": "week"}}));
    for (started_at, ended_at) in
        [("2027-01-04T09:00:00Z", "2027-01-04T10:00:00Z"), ("2027-01-04T11:00:00Z", "2027-01-05T01:00:30Z")]
    {
        let sets = json!([{"kind": "warmup", "weight_kg": 60, "reps": 5}, {"weight_kg": 20.55, "reps": 3, "distance_m": 12.5}]);
        let exercises = json!([{"exercise_name": "Farmer's Walk", "sets": sets}]);
        log(&ada, &json!({"started_at": started_at, "ended_at": ended_at, "exercises": exercises})).await;
    }
    for (period, start) in [("day", "2027-01-04"), ("week", "2027-01-04"), ("month", "2027-01-01")] {
        let told = ada.get(&format!("/api/v1/progress/summaries?period={period}")).await.expect(200).body;
        let summary = json!({
            "period_start": start, "sessions": 2, "sets": 2, "reps": 6, "volume_kg": 123.3,
            "duration_s": 54_030, "distance_m": 25,
        });
        assert_eq!(told, json!({"items": [summary], "next_cursor": null, "meta": {"period": period}}));
    }
}

async fn stretches_are_days_weeks_of_the_person_and_months(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&app.person("Eve").await).await;
    log_all(&ada).await;
    assert_eq!(
        of(&ada, "day").await,
        [
            "2027-01-04 1 4",
            "2027-01-03 1 3",
            "2027-01-02 1 2",
            "2026-12-31 1 6",
            "2026-12-28 1 1",
            "2026-12-27 1 5",
        ]
    );
    assert_eq!(of(&ada, "month").await, ["2027-01-01 3 9", "2026-12-01 3 12"]);
    for (week_start, weeks) in [
        ("monday", vec!["2027-01-04 1 4", "2026-12-28 4 12", "2026-12-21 1 5"]),
        ("sunday", vec!["2027-01-03 2 7", "2026-12-27 4 14"]),
        ("saturday", vec!["2027-01-02 3 9", "2026-12-26 3 12"]),
    ] {
        prefer(&ada, json!({"week_start": week_start})).await;
        assert_eq!(of(&ada, "week").await, weeks, "{week_start}");
    }
    // In Zurich the new year has begun.
    prefer(&ada, json!({"time_zone": "Europe/Zurich"})).await;
    assert_eq!(of(&ada, "month").await, ["2027-01-01 4 15", "2026-12-01 2 6"]);
    assert_eq!(of(&ada, "day").await[3], "2027-01-01 1 6");
    prefer(&ada, json!({"time_zone": "America/Los_Angeles"})).await;
    assert_eq!(of(&ada, "day").await[3], "2026-12-31 1 6");
}

async fn only_the_days_between_count(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&ada).await;
    for (query, wanted) in [
        ("day&from=2026-12-31&to=2027-01-02", vec!["2027-01-02 1 2", "2026-12-31 1 6"]),
        ("week&from=2026-12-31&to=2027-01-03", vec!["2026-12-28 3 11"]),
        ("month&to=2026-12-27", vec!["2026-12-01 1 5"]),
        ("day&from=2027-01-04", vec!["2027-01-04 1 4"]),
        // An instant stands for its day in UTC.
        (
            "day&to=2026-12-28T23:30:00-02:00&from=2026-12-28T00:00:00%2B01:00",
            vec!["2026-12-28 1 1", "2026-12-27 1 5"],
        ),
        ("day&from=2027-01-04&to=2027-01-03", vec![]),
        ("day&from=1900-01-01&to=1970-01-01", vec![]),
    ] {
        assert_eq!(of(&ada, query).await, wanted, "{query}");
    }
}

async fn summaries_are_read_page_by_page(app: TestApp) {
    let ada = app.person("Ada").await;
    log_all(&ada).await;
    for period in ["day", "week", "month"] {
        let whole = of(&ada, period).await;
        for limit in 1..=whole.len() {
            let paged =
                pages(&ada, &format!("/api/v1/progress/summaries?period={period}&limit={limit}")).await;
            assert_eq!((paged.len(), lines(&paged.concat())), (whole.len().div_ceil(limit), whole.clone()));
        }
    }
    let between = "/api/v1/progress/summaries?period=day&limit=1&from=2026-12-28&to=2027-01-03";
    let paged = pages(&ada, between).await;
    assert_eq!(lines(&paged.concat()), of(&ada, "day").await[1..5]);
}

async fn what_moves_or_goes_takes_its_sums_along(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &workout("2026-12-31T10:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    log(&ada, &workout("2026-12-31T18:00:00Z", [lift(BENCH, &[(100.0, 1)])])).await;
    assert_eq!(of(&ada, "month").await, ["2026-12-01 2 6"]);
    ada.patch(&at(&logged), &json!({"started_at": "2027-01-01T10:00:00Z"})).await.expect(200);
    assert_eq!(of(&ada, "month").await, ["2027-01-01 1 5", "2026-12-01 1 1"]);
    assert_eq!(of(&ada, "week").await, ["2026-12-28 2 6"]);
    ada.patch(&at(&logged), &json!({"exercises": [lift(BENCH, &[(100.0, 7)])]})).await.expect(200);
    assert_eq!(of(&ada, "day").await, ["2027-01-01 1 7", "2026-12-31 1 1"]);
    ada.delete(&at(&logged)).await.expect(204);
    assert_eq!(of(&ada, "day").await, ["2026-12-31 1 1"]);
}

on_every_store!(
    a_summary_has_the_sums_of_its_stretch,
    only_the_days_between_count,
    stretches_are_days_weeks_of_the_person_and_months,
    summaries_are_read_page_by_page,
    what_moves_or_goes_takes_its_sums_along,
);
