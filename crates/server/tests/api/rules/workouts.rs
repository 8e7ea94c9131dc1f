//! The rules of workouts, W1 to W6, as somebody outside can see them kept

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};
use crate::workouts::sessions::{
    BENCH, SESSIONS, SQUAT, all, at, books, lift, log, on_every_store, records, told, verify, workout,
};

/// What somebody is answered who looks at a workout session of another's in each way.
async fn looks(person: &Person, session: &Value) -> [u16; 2] {
    let list = format!("{SESSIONS}?user_id={}", session["user_id"].as_str().unwrap());
    [person.get(&at(session)).await.status, person.get(&list).await.status]
}

async fn w1_a_workout_session_belongs_to_one_person_and_a_coach_sees_it_only_with_consent(app: TestApp) {
    let scene = Scene::open(&app).await;
    let logged = log(&scene.member, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    let everybody_else = [&scene.owner, &scene.manager, &scene.coach, &scene.outsider];
    for person in everybody_else {
        assert_eq!(looks(person, &logged).await, [404, 404]);
    }
    assert_eq!(looks(&scene.member, &logged).await, [200, 200]);
    let consent = "/api/v1/clubs/iron-works/coaching-consent";
    scene.member.put(consent, &json!({})).await.expect(200);
    for staff in [&scene.owner, &scene.manager, &scene.coach] {
        assert_eq!(looks(staff, &logged).await, [200, 200]);
    }
    assert_eq!(looks(&scene.outsider, &logged).await, [404, 404]);
    // To see it is not to have it: a coach's own list and books are their own.
    let read = scene.coach.get(&at(&logged)).await.expect(200).body;
    assert_eq!(read["user_id"], json!(scene.member.id));
    scene.coach.patch(&at(&logged), &json!({"title": "Mine"})).await.expect_problem(404, "not_found");
    scene.coach.delete(&at(&logged)).await.expect_problem(404, "not_found");
    assert_eq!(all(&scene.coach, SESSIONS).await, [] as [Value; 0]);
    assert_eq!(records(&scene.coach).await, json!([]));
    // Another member has not consented because this one has, nor does this one see anything of the coach's.
    let coachs = log(&scene.coach, &workout("2027-01-04T09:00:00Z", [])).await;
    assert_eq!(looks(&scene.member, &coachs).await, [404, 404]);
    scene.member.delete(consent).await.expect(204);
    for person in everybody_else {
        assert_eq!(looks(person, &logged).await, [404, 404]);
    }
    assert_eq!(looks(&scene.member, &logged).await, [200, 200]);
}

async fn w2_a_one_rep_max_is_estimated_by_the_formula_that_the_person_chose(app: TestApp) {
    let ada = app.person("Ada").await;
    let estimate = async |started_at: &str, weight: f64, reps: u16| {
        let logged = log(&ada, &workout(started_at, [lift(BENCH, &[(weight, reps)])])).await;
        let record =
            logged["records"].as_array().unwrap().iter().find(|record| record["kind"] == "one_rep_max");
        let estimate = record.map(|record| record["value"].as_f64().unwrap());
        ada.delete(&at(&logged)).await.expect(204);
        estimate
    };
    let start = "2027-01-04T09:00:00Z";
    assert_eq!(estimate(start, 100.0, 5).await, Some(116.67), "Epley unless told otherwise");
    // 100 kg five times, and twelve times, by each of the formulas.
    for (formula, five, twelve) in [
        ("brzycki", 112.5, 144.0),
        ("lombardi", 117.46, 128.21),
        ("mayhew", 119.01, 135.4),
        ("oconner", 112.5, 130.0),
        ("wathan", 116.58, 141.5),
        ("lander", 113.71, 144.41),
        ("epley", 116.67, 140.0),
    ] {
        let preferences = json!({"preferences": {"one_rep_max_formula": formula}});
        ada.patch("/api/v1/me", &preferences).await.expect(200);
        assert_eq!(estimate(start, 100.0, 5).await, Some(five), "{formula}");
        assert_eq!(estimate(start, 100.0, 12).await, Some(twelve), "{formula}");
        assert_eq!(estimate(start, 100.0, 1).await, Some(100.0), "one is the weight itself: {formula}");
        for reps in [0, 13, 100] {
            assert_eq!(estimate(start, 100.0, reps).await, None, "{formula} of {reps}");
        }
        assert_eq!(estimate(start, -20.0, 5).await, None, "{formula} of assistance");
    }
}

async fn w3_warm_ups_count_neither_for_volume_nor_for_records(app: TestApp) {
    let ada = app.person("Ada").await;
    let set =
        |kind: &str| json!({"kind": kind, "weight_kg": 300, "reps": 12, "distance_m": 99, "duration_s": 99});
    let exercise = |sets: Value| json!({"exercise_name": BENCH, "sets": sets});
    let warm =
        log(&ada, &workout("2027-01-04T09:00:00Z", [exercise(json!([set("warmup"), set("warmup")]))])).await;
    assert_eq!((&warm["volume_kg"], &warm["records"]), (&json!(0), &json!([])));
    assert_eq!(records(&ada).await, json!([]));
    let dashboard = ada.get("/api/v1/progress/dashboard").await.expect(200).body;
    assert_eq!(
        (&dashboard["sessions"], &dashboard["sets"], &dashboard["by_muscle"]),
        (&json!(1), &json!(0), &json!([]))
    );
    assert_eq!(dashboard["best_one_rep_max"], Value::Null);
    // Every other kind does.
    for kind in ["normal", "drop", "failure"] {
        let logged = log(&ada, &workout("2027-01-04T09:00:00Z", [exercise(json!([set(kind)]))])).await;
        assert_eq!((&logged["volume_kg"], told(&logged["records"]).len()), (&json!(3_600), 5), "{kind}");
        ada.delete(&at(&logged)).await.expect(204);
    }
}

async fn w3_a_record_is_compared_only_within_one_exercise_and_one_kind_of_load(app: TestApp) {
    let ada = app.person("Ada").await;
    let pull_ups = |weights: &[f64]| {
        let sets: Vec<_> = weights.iter().map(|weight| (*weight, 5)).collect();
        lift("Pull-Up", &sets)
    };
    log(&ada, &workout("2027-01-01T09:00:00Z", [lift(SQUAT, &[(200.0, 1)]), pull_ups(&[-20.0, 5.0])])).await;
    // Less assistance is better; none at all is another load, and so is a weight.
    for (weights, broken) in [
        (vec![-25.0], vec![]),
        (vec![-20.0], vec![]),
        (vec![-19.99], vec!["Pull-Up heaviest assisted -19.99 kg before -20"]),
        (vec![0.0], vec![]),
        (vec![4.0], vec![]),
        (vec![-5.0, 5.0], vec!["Pull-Up heaviest assisted -5 kg before -19.99"]),
    ] {
        let logged = log(&ada, &workout("2027-01-02T09:00:00Z", [pull_ups(&weights)])).await;
        assert_eq!(told(&logged["records"]), broken, "{weights:?}");
    }
    // Nor does a squat stand in the way of a bench press.
    let bench = log(&ada, &workout("2027-01-03T09:00:00Z", [lift(BENCH, &[(50.0, 1)])])).await;
    assert_eq!(told(&bench["records"])[0], "Barbell Bench Press heaviest external 50 kg");
    let heaviest: Vec<_> =
        told(&records(&ada).await).into_iter().filter(|line| line.contains("heaviest")).collect();
    assert_eq!(
        heaviest,
        [
            "Barbell Bench Press heaviest external 50 kg",
            "Barbell Squat heaviest external 200 kg",
            "Pull-Up heaviest assisted -5 kg",
            "Pull-Up heaviest external 5 kg",
        ]
    );
}

async fn w4_weights_have_steps_of_ten_grams_and_pounds_come_back(app: TestApp) {
    const KILOGRAMS_PER_POUND: f64 = 0.453_592_37;
    let ada = app.person("Ada").await;
    // Every plate there is: half pounds up to 500, as an app sends them that knows pounds.
    let pounds: Vec<_> = (1..=1_000).map(|halves| f64::from(halves) / 2.0).collect();
    let sets: Vec<_> =
        pounds.iter().map(|pounds| json!({"weight_kg": pounds * KILOGRAMS_PER_POUND, "reps": 1})).collect();
    let body = workout("2027-01-04T09:00:00Z", [json!({"exercise_name": BENCH, "sets": sets})]);
    let read = ada.get(&at(&log(&ada, &body).await)).await.expect(200).body;
    for (set, pounds) in read["exercises"][0]["sets"].as_array().unwrap().iter().zip(&pounds) {
        let kilograms = set["weight_kg"].as_f64().unwrap();
        let back = (kilograms / KILOGRAMS_PER_POUND * 10.0).round() / 10.0;
        assert!((back - pounds).abs() < 0.001, "{pounds} lb came back as {back}");
    }
    assert_eq!(read["exercises"][0]["sets"][199]["weight_kg"], json!(45.36), "a hundred pounds");
    // Ten grams are kept as they are, and no less than that.
    let sets = [(102.55, 3), (0.01, 1), (2_000.0, 1), (-12.34, 1), (60.004, 1), (60.006, 1)];
    let logged = log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &sets)])).await;
    let kept = logged["exercises"][0]["sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| set["weight_kg"].as_f64().unwrap());
    assert_eq!(kept.collect::<Vec<_>>(), [102.55, 0.01, 2_000.0, -12.34, 60.0, 60.01]);
    assert_eq!(logged["volume_kg"], json!(2_427.67));
}

/// A file of another app, with a line that makes no sense.
const FILE: &str = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds\n\
    2026-12-01 18:00:00,Push,45m,Bench Press (Barbell),1,100,5,0,0\n\
    2026-12-01 18:00:00,Push,45m,Bench Press (Barbell),2,100,x,0,0\n\
    2026-12-01 18:00:00,Push,45m,Quizzical Hoist,1,20,8,0,0\n\
    2026-12-03 18:00:00,Legs,50m,Squat (Barbell),1,140,5,0,0\n";

async fn import(person: &Person, query: &str, file: &str) -> Value {
    let path = format!("/api/v1/imports?{query}");
    let request = person.request(Method::POST, &path).header(CONTENT_TYPE, "text/csv").body(file.to_owned());
    Answer::of(request).await.expect(201).body
}

async fn w5_importing_the_same_file_twice_changes_nothing_the_second_time(app: TestApp) {
    let ada = app.person("Ada").await;
    log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(90.0, 5)])])).await;
    let before = books(&ada).await;
    let counts =
        |import: &Value| (import["sessions"]["created"].clone(), import["sessions"]["unchanged"].clone());
    // It can be tried.
    let tried = import(&ada, "dry_run=true", FILE).await;
    assert_eq!((counts(&tried), &tried["sets"]), ((json!(2), json!(0)), &json!(3)));
    assert_eq!(books(&ada).await, before);
    let resolved = ada.get("/api/v1/exercises/resolve?name=Quizzical%20Hoist").await.expect(200).body;
    assert_eq!(resolved["exercise"], Value::Null);
    // A bad line is told by its number, and costs no other.
    let first = import(&ada, "", FILE).await;
    assert_eq!((counts(&first), &first["sets"]), ((json!(2), json!(0)), &json!(3)));
    let problems: Vec<_> =
        first["problems"].as_array().unwrap().iter().map(|of| of["line"].clone()).collect();
    assert_eq!(problems, [3]);
    let after = books(&ada).await;
    assert_eq!(after["workout_sessions"].as_array().unwrap().len(), 3);
    for _ in 0..2 {
        let again = import(&ada, "", FILE).await;
        assert_eq!((counts(&again), &again["sets"]), ((json!(0), json!(2)), &json!(0)));
        assert_eq!(again["exercises"]["created"], json!([]));
        assert_eq!(books(&ada).await, after);
    }
    verify(&app, &ada).await;
    // It can be undone.
    let undone =
        ada.act(&format!("/api/v1/imports/{}/undo", first["id"].as_str().unwrap())).await.expect(200).body;
    assert_eq!(undone["undone"], json!({"sessions_deleted": 2, "sessions_kept": 0}));
    assert_eq!(books(&ada).await, before);
    verify(&app, &ada).await;
}

async fn w6_what_is_derived_follows_each_change_and_equals_a_full_recomputation(app: TestApp) {
    let ada = app.person("Ada").await;
    log(&ada, &workout("2026-12-28T09:00:00Z", [lift(BENCH, &[(90.0, 5)]), lift(SQUAT, &[(120.0, 5)])]))
        .await;
    verify(&app, &ada).await;
    let before = books(&ada).await;
    let logged = log(&ada, &workout("2027-01-04T09:00:00Z", [lift(BENCH, &[(100.0, 5)])])).await;
    let mut seen = vec![before.clone(), books(&ada).await];
    verify(&app, &ada).await;
    for edit in [
        json!({"started_at": "2026-12-28T18:00:00Z"}),
        json!({"exercises": [lift(SQUAT, &[(130.0, 5)]), lift(BENCH, &[(90.0, 6)])]}),
        json!({"started_at": "2026-12-01T09:00:00Z", "exercises": [lift(BENCH, &[(90.0, 5)])]}),
    ] {
        ada.patch(&at(&logged), &edit).await.expect(200);
        verify(&app, &ada).await;
        let now = books(&ada).await;
        for part in ["dashboard", "summaries", "records"] {
            assert!(seen.iter().all(|seen| seen[part] != now[part]), "{part} did not follow {edit}");
        }
        seen.push(now);
    }
    for preferences in [
        json!({"time_zone": "Pacific/Auckland"}),
        json!({"one_rep_max_formula": "wathan"}),
        json!({"time_zone": null, "one_rep_max_formula": "epley"}),
    ] {
        ada.patch("/api/v1/me", &json!({"preferences": preferences})).await.expect(200);
        verify(&app, &ada).await;
    }
    assert_eq!(books(&ada).await, *seen.last().unwrap());
    ada.delete(&at(&logged)).await.expect(204);
    verify(&app, &ada).await;
    assert_eq!(books(&ada).await, before);
}

on_every_store!(
    w1_a_workout_session_belongs_to_one_person_and_a_coach_sees_it_only_with_consent,
    w2_a_one_rep_max_is_estimated_by_the_formula_that_the_person_chose,
    w3_a_record_is_compared_only_within_one_exercise_and_one_kind_of_load,
    w3_warm_ups_count_neither_for_volume_nor_for_records,
    w4_weights_have_steps_of_ten_grams_and_pounds_come_back,
    w5_importing_the_same_file_twice_changes_nothing_the_second_time,
    w6_what_is_derived_follows_each_change_and_equals_a_full_recomputation,
);
