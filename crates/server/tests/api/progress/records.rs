//! `GET /api/v1/progress/records`

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::steps::pages;
use crate::workouts::sessions::{
    BENCH, all, at, exercise_id, lift, log, on_every_store, records, told, verify, workout,
};

/// Sets of all loads, so that there is a record of every kind.
fn carries(started_at: &str) -> Value {
    let sets = json!([
        {"weight_kg": 40, "reps": 10, "distance_m": 20.5, "duration_s": 30},
        {"weight_kg": 60, "reps": 5},
        {"weight_kg": 50, "reps": 13, "distance_m": 15},
        {"kind": "warmup", "weight_kg": 90, "reps": 20, "distance_m": 500, "duration_s": 600},
        {"reps": 12, "duration_s": 45},
        {"weight_kg": 0, "reps": 14},
        {"weight_kg": -20, "reps": 8},
        {"weight_kg": -12.5, "reps": 3, "distance_m": 5},
        {"weight_kg": 70, "reps": 0},
        {"weight_kg": 80, "duration_s": 10},
    ]);
    workout(started_at, [json!({"exercise_name": "Quizzical Carry", "sets": sets})])
}

/// What follows from [`carries`].
const OF_CARRIES: [&str; 14] = [
    "farthest assisted 5 m",
    "farthest external 20.5 m",
    "heaviest assisted -12.5 kg",
    "heaviest external 60 kg",
    "longest bodyweight 45 s",
    "longest external 30 s",
    "most_reps assisted 3 reps at -12.5 kg",
    "most_reps assisted 8 reps at -20 kg",
    "most_reps bodyweight 14 reps at 0 kg",
    "most_reps external 10 reps at 40 kg",
    "most_reps external 13 reps at 50 kg",
    "most_reps external 5 reps at 60 kg",
    "most_volume external 1350 kg",
    "one_rep_max external 70 kg",
];

fn of_carries() -> Vec<String> {
    OF_CARRIES.map(|line| format!("Quizzical Carry {line}")).to_vec()
}

async fn there_are_records_of_six_kinds_by_load(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &carries("2027-01-04T09:00:00Z")).await;
    let now = records(&ada).await;
    assert_eq!(told(&now), of_carries());
    for record in now.as_array().unwrap() {
        assert_eq!(record["session_id"], logged["id"]);
        assert_eq!(record["achieved_at"], "2027-01-04T09:00:00Z");
        assert_eq!(record["exercise_id"], logged["exercises"][0]["exercise_id"]);
    }
    // The first repetitions with a weight are a record, and none that was broken.
    let broken: Vec<_> = of_carries().into_iter().filter(|line| !line.contains("most_reps")).collect();
    assert_eq!(told(&logged["records"]), broken);
    verify(&app, &ada).await;
}

/// Which workout session holds the heaviest weight.
async fn holder(person: &crate::support::Person) -> (Value, Value) {
    let all = records(person).await;
    let heaviest = all.as_array().unwrap().iter().find(|record| record["kind"] == "heaviest").unwrap();
    (heaviest["value"].clone(), heaviest["session_id"].clone())
}

async fn of_equals_the_earlier_one_holds_the_record(app: TestApp) {
    let ada = app.person("Ada").await;
    let bench = |started_at| workout(started_at, [lift(BENCH, &[(100.0, 5)])]);
    let second = log(&ada, &bench("2027-01-02T09:00:00Z")).await;
    let third = log(&ada, &bench("2027-01-03T09:00:00Z")).await;
    assert_eq!((&third["records"], holder(&ada).await), (&json!([]), (json!(100), second["id"].clone())));
    // One that was only written down later was earlier all the same. It breaks nothing.
    let first = log(&ada, &bench("2027-01-01T09:00:00Z")).await;
    assert_eq!((&first["records"], holder(&ada).await), (&json!([]), (json!(100), first["id"].clone())));
    // At the same time, the one that was written down first.
    let beside = log(&ada, &bench("2027-01-01T09:00:00Z")).await;
    assert_eq!(holder(&ada).await.1, first["id"]);
    // What moves behind the others hands it on, and gets it back.
    ada.patch(&at(&first), &json!({"started_at": "2027-01-04T09:00:00Z"})).await.expect(200);
    assert_eq!(holder(&ada).await.1, beside["id"]);
    ada.delete(&at(&beside)).await.expect(204);
    assert_eq!(holder(&ada).await.1, second["id"]);
    let moved = ada.patch(&at(&first), &json!({"started_at": "2027-01-01T09:00:00Z"})).await.expect(200);
    assert_eq!((&moved.body["records"], holder(&ada).await.1), (&json!([]), first["id"].clone()));
    verify(&app, &ada).await;
}

async fn a_deletion_brings_the_older_record_back(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = log(&ada, &carries("2027-01-01T09:00:00Z")).await;
    let before = records(&ada).await;
    let sets = json!([
        {"weight_kg": 65, "reps": 12, "distance_m": 30, "duration_s": 90},
        {"weight_kg": 50, "reps": 14}, {"reps": 20, "duration_s": 50}, {"weight_kg": -10, "reps": 9, "distance_m": 6},
    ]);
    let better = workout("2027-01-02T09:00:00Z", [json!({"exercise_name": "Quizzical Carry", "sets": sets})]);
    let better = log(&ada, &better).await;
    assert_eq!(
        told(&better["records"]),
        [
            "Quizzical Carry farthest assisted 6 m before 5",
            "Quizzical Carry farthest external 30 m before 20.5",
            "Quizzical Carry heaviest assisted -10 kg before -12.5",
            "Quizzical Carry heaviest external 65 kg before 60",
            "Quizzical Carry longest bodyweight 50 s before 45",
            "Quizzical Carry longest external 90 s before 30",
            "Quizzical Carry most_reps bodyweight 20 reps at 0 kg before 14",
            "Quizzical Carry most_reps external 14 reps at 50 kg before 13",
            "Quizzical Carry most_volume external 1480 kg before 1350",
            "Quizzical Carry one_rep_max external 91 kg before 70",
        ]
    );
    ada.delete(&at(&better)).await.expect(204);
    assert_eq!(records(&ada).await, before);
    ada.delete(&at(&first)).await.expect(204);
    assert_eq!(records(&ada).await, json!([]));
    verify(&app, &ada).await;
}

async fn records_are_listed_page_by_page_and_by_exercise(app: TestApp) {
    let ada = app.person("Ada").await;
    log(&app.person("Eve").await, &carries("2027-01-01T09:00:00Z")).await;
    log(&ada, &carries("2027-01-01T09:00:00Z")).await;
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(100.0, 5), (90.0, 6)])])).await;
    let whole = all(&ada, "/api/v1/progress/records").await;
    assert_eq!(whole.len(), 14 + 5);
    for limit in [1, 2, 5, 19] {
        let paged = pages(&ada, &format!("/api/v1/progress/records?limit={limit}")).await;
        assert_eq!((paged.len(), &paged.concat()), (19_usize.div_ceil(limit), &whole));
    }
    for (name, count) in [(BENCH, 5), ("Quizzical Carry", 14), ("Plank", 0)] {
        let path = format!("/api/v1/progress/records?exercise_id={}&limit=3", exercise_id(&ada, name).await);
        let of_it = all(&ada, &path).await;
        assert_eq!(of_it.len(), count);
        assert!(of_it.iter().all(|record| record["exercise_name"] == name));
    }
}

on_every_store!(
    a_deletion_brings_the_older_record_back,
    of_equals_the_earlier_one_holds_the_record,
    records_are_listed_page_by_page_and_by_exercise,
    there_are_records_of_six_kinds_by_load,
);
