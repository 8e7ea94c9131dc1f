//! What can be no exercise of one's own.

use futures_util::future::join_all;
use serde_json::json;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{CustomExercise, Traits};
use spotter_testkit::clock::START;

use super::exercises::{EXERCISES, every_store, make, path, pointers};
use crate::support::TestApp;
use crate::support::steps::account_id;

#[tokio::test]
async fn a_name_that_leads_to_an_exercise_already_is_refused() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        make(&ada, "Gnome walk").await;
        for name in [
            "Gnome walk",
            "GNOME WALKS",
            "walk (gnome)",
            "Barbell Bench Press",
            "Bench Press (Barbell)",
            "bench-press, barbell",
        ] {
            let refused = ada.post(EXERCISES, &json!({"name": name})).await;
            refused.expect_problem(409, "exercise_exists");
        }
        // Somebody else may call theirs so.
        make(&app.person("Bob").await, "Gnome walk").await;
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_an_exercise_is_told_at_once() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for name in ["", "   ", "a\nb", "a\u{0}b", "???", "(-)", &"x".repeat(201)] {
        let refused = ada.post(EXERCISES, &json!({"name": name})).await;
        assert_eq!(pointers(&refused), ["/name"], "{name:?}");
    }
    let body = json!({
        "name": " ", "primary_muscles": ["wing"], "secondary_muscles": ["chest", "fin"], "equipment": "car",
        "mechanic": "none", "force": "up", "load": "heavy"
    });
    let refused = ada.post(EXERCISES, &body).await.expect_problem(422, "invalid_value");
    let mut all = pointers(&refused);
    all.sort_unstable();
    assert_eq!(
        all,
        ["/equipment", "/force", "/load", "/mechanic", "/name", "/primary_muscles/0", "/secondary_muscles/1"]
    );
    for body in
        [json!({}), json!({"name": null}), json!({"name": 1}), json!({"name": "A", "id": 1}), json!([])]
    {
        ada.post(EXERCISES, &body).await.expect_problem(400, "invalid_body");
    }
    assert!(make(&ada, &"x".repeat(200)).await["id"].is_string());
}

#[tokio::test]
async fn of_many_made_at_once_under_one_name_there_is_one() {
    let app = TestApp::postgres().await;
    let ada = app.person("Ada").await;
    let names = ["Gnome walk", "gnome walks", "Walk (Gnome)", "GNOME WALK"];
    let bodies = names.map(|name| json!({"name": name}));
    let answers = join_all(bodies.iter().map(|body| ada.post(EXERCISES, body))).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 3));
    for answer in refused {
        answer.expect_problem(409, "exercise_exists");
    }
}

#[tokio::test]
async fn a_person_has_two_thousand_exercises_of_their_own_and_no_more() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let exercise = |number: u128| CustomExercise {
        id: uuid::Uuid::from_u128(number).into(),
        account: account_id(&ada),
        name: ExerciseName::parse(&format!("Gnome walk {number}")).unwrap(),
        traits: Traits::default(),
        version: 1,
        created_at: START,
    };
    let all: Vec<_> = (1..=1_999).map(exercise).collect();
    let mut unit = app.spotter.ports().store.begin().await.unwrap();
    unit.exercises().insert_many(&all).await.unwrap();
    unit.commit().await.unwrap();
    let last = make(&ada, "The last one").await;
    let one_more = json!({"name": "One more"});
    ada.post(EXERCISES, &one_more).await.expect_problem(409, "too_many_exercises");
    let session = json!({"started_at": "2027-01-04T10:00:00Z", "exercises": [{"exercise_name": "One more", "sets": []}]});
    ada.post("/api/v1/workout-sessions", &session).await.expect_problem(409, "too_many_exercises");
    let template = json!({"title": "A", "exercises": [{"exercise_name": "One more", "sets": 1, "reps": 1}]});
    ada.post("/api/v1/workout-templates", &template).await.expect_problem(409, "too_many_exercises");
    ada.delete(&path(&last)).await.expect(204);
    ada.post(EXERCISES, &one_more).await.expect(201);
}
