//! `POST /api/v1/workout-sessions`: what is told, what is answered, what can be read afterwards.

use reqwest::Method;
use serde_json::{Value, json};

use super::{BENCH, SESSIONS, all, at, exercise_id, lift, log, on_every_store, told, verify, workout};
use crate::support::{Answer, Person, TestApp};

/// A workout session with everything that there is.
fn everything() -> Value {
    json!({
        "title": "  Push & pull ",
        "notes": "Slept well.\nAte well.",
        "started_at": "2027-01-03T18:00:00.9+01:00",
        "ended_at": "2027-01-03T18:10:00Z",
        "exercises": [
            {"exercise_name": "Bench Press (Barbell)", "superset": 0, "notes": "Slow", "sets": [
                {"kind": "warmup", "weight_kg": 60, "reps": 5},
                {"kind": "normal", "weight_kg": 100, "reps": 5, "rpe": 8.5},
                {"kind": "drop", "weight_kg": 82.554, "reps": 8},
                {"kind": "failure", "weight_kg": 80.0, "reps": 6.0, "rpe": 10},
            ]},
            {"exercise_name": "Pull Up", "superset": 0, "sets": [{"reps": 10}, {"weight_kg": 10, "reps": 5}]},
            {"exercise_name": "Assisted Pull-Up", "superset": 1, "sets": [{"weight_kg": -20, "reps": 8}]},
            {"exercise_name": "Running", "sets": [{"distance_m": 5000.456, "duration_s": 1500}]},
            {"exercise_name": "Plank", "sets": [{"duration_s": 90}, {}, {"reps": 0}]},
            {"exercise_name": "Pull Up", "sets": []},
        ],
    })
}

/// A set as it is told back.
fn set(kind: &str, told: &Value) -> Value {
    let mut set = json!({"kind": kind, "weight_kg": null, "reps": null, "rpe": null, "distance_m": null,
        "duration_s": null});
    for (name, value) in told.as_object().unwrap() {
        set[name] = value.clone();
    }
    set
}

async fn a_workout_session_is_told_back_as_it_was_logged(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = ada.post(SESSIONS, &everything()).await.expect(201);
    let body = &logged.body;
    assert_eq!(logged.header("location"), at(body));
    let plain = json!({
        "id": body["id"], "user_id": ada.id, "title": "Push & pull", "notes": "Slept well.\nAte well.",
        "started_at": "2027-01-03T17:00:00Z", "ended_at": "2027-01-03T18:10:00Z",
        "template_id": null, "import_id": null, "volume_kg": 1_690.4,
        "exercises": body["exercises"], "records": body["records"],
    });
    assert_eq!(body, &plain);
    let blocks: Vec<_> = body["exercises"].as_array().unwrap().iter().collect();
    let heads = blocks.iter().map(|block| {
        let name = block["exercise_name"].as_str().unwrap();
        (name, block["superset"].as_u64(), block["notes"].as_str())
    });
    assert_eq!(
        heads.collect::<Vec<_>>(),
        [
            (BENCH, Some(0), Some("Slow")),
            ("Pull-Up", Some(0), None),
            ("Assisted Pull-Up", Some(1), None),
            ("Running", None, None),
            ("Plank", None, None),
            ("Pull-Up", None, None),
        ]
    );
    let sets = |block: usize| &blocks[block]["sets"];
    assert_eq!(
        sets(0),
        &json!([
            set("warmup", &json!({"weight_kg": 60, "reps": 5})),
            set("normal", &json!({"weight_kg": 100, "reps": 5, "rpe": 8.5})),
            set("drop", &json!({"weight_kg": 82.55, "reps": 8})),
            set("failure", &json!({"weight_kg": 80, "reps": 6, "rpe": 10})),
        ])
    );
    let pull_ups = [set("normal", &json!({"reps": 10})), set("normal", &json!({"weight_kg": 10, "reps": 5}))];
    assert_eq!(sets(1), &json!(pull_ups));
    assert_eq!(sets(2), &json!([set("normal", &json!({"weight_kg": -20, "reps": 8}))]));
    assert_eq!(sets(3), &json!([set("normal", &json!({"distance_m": 5000.46, "duration_s": 1500}))]));
    let plank = [json!({"duration_s": 90}), json!({}), json!({"reps": 0})];
    assert_eq!(sets(4), &json!(plank.map(|told| set("normal", &told))));
    assert_eq!(sets(5), &json!([]));

    // What is read later is the same, but for what was news then.
    let mut plain = plain;
    plain.as_object_mut().unwrap().remove("records");
    assert_eq!(ada.get(&at(body)).await.expect(200).body, plain);
    assert_eq!(all(&ada, SESSIONS).await, [plain]);
    verify(&app, &ada).await;
}

async fn the_records_that_it_breaks_are_told_with_what_was_before(app: TestApp) {
    let ada = app.person("Ada").await;
    let first = log(&ada, &everything()).await;
    assert_eq!(
        told(&first["records"]),
        [
            "Assisted Pull-Up heaviest assisted -20 kg",
            "Barbell Bench Press heaviest external 100 kg",
            "Barbell Bench Press most_volume external 1640.4 kg",
            "Barbell Bench Press one_rep_max external 116.67 kg",
            "Plank longest bodyweight 90 s",
            "Pull-Up heaviest external 10 kg",
            "Pull-Up most_volume external 50 kg",
            "Pull-Up one_rep_max external 11.67 kg",
            "Running farthest bodyweight 5000.46 m",
            "Running longest bodyweight 1500 s",
        ]
    );
    let record = &first["records"][0];
    assert_eq!(record["session_id"], first["id"]);
    assert_eq!(record["achieved_at"], first["started_at"]);

    let exercises = [
        lift(BENCH, &[(105.0, 5), (100.0, 6)]),
        json!({"exercise_name": "Pull-Up", "sets": [{"reps": 12}, {"reps": 11}]}),
        json!({"exercise_name": "Assisted Pull-Up", "sets": [{"weight_kg": -15, "reps": 3}]}),
        json!({"exercise_name": "Running", "sets": [{"distance_m": 4000, "duration_s": 1501}]}),
    ];
    let second = log(&ada, &workout("2027-01-04T10:00:00Z", exercises.clone())).await;
    assert_eq!(
        told(&second["records"]),
        [
            "Assisted Pull-Up heaviest assisted -15 kg before -20",
            "Barbell Bench Press heaviest external 105 kg before 100",
            "Barbell Bench Press most_reps external 6 reps at 100 kg before 5",
            "Barbell Bench Press one_rep_max external 122.5 kg before 116.67",
            "Pull-Up most_reps bodyweight 12 reps at 0 kg before 10",
            "Running longest bodyweight 1501 s before 1500",
        ]
    );
    // As much as ever is no record.
    let again = log(&ada, &workout("2027-01-04T11:00:00Z", exercises)).await;
    assert_eq!(again["records"], json!([]));
    verify(&app, &ada).await;
}

async fn an_exercise_is_named_by_its_id_or_by_any_name_that_leads_to_it(app: TestApp) {
    let ada = app.person("Ada").await;
    let bench = exercise_id(&ada, BENCH).await;
    let mut exercises = vec![json!({"exercise_id": bench, "sets": []})];
    for name in [BENCH, "Bench Press (Barbell)", "bench press", "  BENCH   PRESS ", "BB Bench Press"] {
        exercises.push(json!({"exercise_name": name, "sets": []}));
    }
    let logged = log(&ada, &workout("2027-01-04T10:00:00Z", exercises)).await;
    let blocks = logged["exercises"].as_array().unwrap();
    assert_eq!(blocks.len(), 6);
    for block in blocks {
        assert_eq!((&block["exercise_id"], &block["exercise_name"]), (&json!(bench), &json!(BENCH)));
    }
}

async fn an_unknown_name_becomes_an_exercise_of_ones_own_once(app: TestApp) {
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let own = |person| async move {
        let found = Person::get(person, "/api/v1/exercises?q=Quizzical").await.expect(200).body;
        let items = found["items"].as_array().unwrap().clone();
        items.into_iter().filter(|exercise| exercise["custom"] == true).collect::<Vec<_>>()
    };
    let twice = [lift("Quizzical Hoist", &[(50.0, 5)]), lift(" quizzical  hoists ", &[(60.0, 5)])];
    let first = log(&ada, &workout("2027-01-04T09:00:00Z", twice)).await;
    let second = log(&ada, &workout("2027-01-04T10:00:00Z", [lift("QUIZZICAL HOIST", &[(70.0, 5)])])).await;
    let made = own(&ada).await;
    assert_eq!(made.len(), 1, "{made:#?}");
    assert_eq!(made[0]["name"], "Quizzical Hoist");
    for block in [&first["exercises"][0], &first["exercises"][1], &second["exercises"][0]] {
        assert_eq!((&block["exercise_id"], &block["exercise_name"]), (&made[0]["id"], &made[0]["name"]));
    }
    assert_eq!(told(&second["records"])[0], "Quizzical Hoist heaviest external 70 kg before 60");
    // It is nobody else's.
    assert_eq!(own(&eve).await, [] as [Value; 0]);
    let eves = log(&eve, &workout("2027-01-04T09:00:00Z", [lift("Quizzical Hoist", &[(5.0, 5)])])).await;
    assert_ne!(eves["exercises"][0]["exercise_id"], made[0]["id"]);
    let by_id = json!([{"exercise_id": made[0]["id"], "sets": []}]);
    let stolen = workout("2027-01-04T09:00:00Z", by_id.as_array().unwrap().clone());
    eve.post(SESSIONS, &stolen).await.expect_problem(422, "invalid_value");
}

async fn sent_again_under_its_key_it_is_logged_once(app: TestApp) {
    let ada = app.person("Ada").await;
    let keyed = |body: Value| {
        Answer::of(ada.request(Method::POST, SESSIONS).header("idempotency-key", "k").json(&body))
    };
    let body = workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(100.0, 5)]), lift("Quizzical Hoist", &[])]);
    let first = keyed(body.clone()).await.expect(201);
    let again = keyed(body.clone()).await.expect(201);
    assert_eq!(first.bytes, again.bytes);
    for header in ["etag", "location"] {
        assert_eq!(first.header(header), again.header(header));
    }
    let other = workout("2027-01-04T09:00:01Z", [lift(BENCH, &[(100.0, 5)])]);
    keyed(other.clone()).await.expect_problem(422, "idempotency_key_reused");
    assert_eq!(all(&ada, SESSIONS).await.len(), 1);
    // Without a key the same is another workout session.
    log(&ada, &body).await;
    assert_eq!(all(&ada, SESSIONS).await.len(), 2);
    verify(&app, &ada).await;
}

async fn nothing_but_a_beginning_is_a_workout_session(app: TestApp) {
    let ada = app.person("Ada").await;
    let logged = log(&ada, &json!({"started_at": "2027-01-04T12:00:00Z", "exercises": []})).await;
    let empty = json!({
        "id": logged["id"], "user_id": ada.id, "title": null, "notes": null,
        "started_at": "2027-01-04T12:00:00Z", "ended_at": null, "template_id": null, "import_id": null,
        "volume_kg": 0, "exercises": [], "records": [],
    });
    assert_eq!(logged, empty);
    verify(&app, &ada).await;
}

async fn a_workout_session_holds_a_hundred_exercises_and_a_thousand_sets(app: TestApp) {
    let ada = app.person("Ada").await;
    let exercises = vec![lift(BENCH, &[(2_000.0, 10_000); 10]); 100];
    let logged = log(&ada, &workout("2027-01-04T09:00:00Z", exercises)).await;
    assert_eq!(logged["volume_kg"], json!(20_000_000_000_i64));
    let read = ada.get(&at(&logged)).await.expect(200).body;
    let sets =
        read["exercises"].as_array().unwrap().iter().map(|block| block["sets"].as_array().unwrap().len());
    assert_eq!(sets.sum::<usize>(), 1_000);
    let day = all(&ada, "/api/v1/progress/summaries?period=day").await;
    assert_eq!((&day[0]["reps"], &day[0]["sets"]), (&json!(10_000_000), &json!(1_000)));
    verify(&app, &ada).await;
}

on_every_store!(
    a_workout_session_holds_a_hundred_exercises_and_a_thousand_sets,
    a_workout_session_is_told_back_as_it_was_logged,
    an_exercise_is_named_by_its_id_or_by_any_name_that_leads_to_it,
    an_unknown_name_becomes_an_exercise_of_ones_own_once,
    nothing_but_a_beginning_is_a_workout_session,
    sent_again_under_its_key_it_is_logged_once,
    the_records_that_it_breaks_are_told_with_what_was_before,
);
