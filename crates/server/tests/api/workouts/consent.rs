//! Rule W1: a workout session is one person's own, and coaches see it only with that person's consent.

use reqwest::Method;
use serde_json::json;
use spotter_domain::club::Slug;
use spotter_domain::workout::CoachingConsent;
use spotter_testkit::clock::START;

use super::exercises::every_store;
use crate::support::scene::Scene;
use crate::support::steps::{account_id, pages};
use crate::support::{Answer, Person, TestApp};

pub(super) const CONSENT: &str = "/api/v1/clubs/iron-works/coaching-consent";
pub(super) const ATHLETES: &str = "/api/v1/clubs/iron-works/athletes";

pub(super) async fn consent(person: &Person) -> Answer {
    Answer::of(person.request(Method::PUT, CONSENT)).await.expect(200)
}

pub(super) async fn withdraw(person: &Person) {
    person.delete(CONSENT).await.expect(204);
}

/// Logs a workout session and answers with its address.
async fn log(person: &Person, started_at: &str) -> String {
    let block = json!({"exercise_name": "Mira's own carry", "sets": [{"weight_kg": 40, "reps": 8}]});
    let body = json!({"title": "Legs", "notes": "felt fine", "started_at": started_at, "exercises": [block]});
    let logged = person.post("/api/v1/workout-sessions", &body).await.expect(201);
    format!("/api/v1/workout-sessions/{}", logged.text("id"))
}

fn list_of(athlete: &Person) -> String {
    format!("/api/v1/workout-sessions?user_id={}", athlete.id)
}

/// Whether somebody sees a workout session, and the list of those of its owner: both or none.
#[track_caller]
fn both(one: &Answer, list: &Answer) -> bool {
    assert_eq!(one.status, list.status, "{:#} {:#}", one.body, list.body);
    match one.status {
        200 => true,
        404 => {
            assert_eq!((one.text("code"), list.text("code")), ("not_found", "not_found"));
            false
        }
        other => panic!("{other}: {:#}", one.body),
    }
}

async fn sees(person: &Person, athlete: &Person, session: &str) -> bool {
    let (one, list) = (person.get(session).await, person.get(&list_of(athlete)).await);
    both(&one, &list)
}

#[tokio::test]
async fn w1_without_consent_nobody_else_sees_a_workout_session() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
    assert!(sees(&scene.member, &scene.member, &session).await);
    for other in [&scene.outsider, &scene.coach, &scene.manager, &scene.owner] {
        assert!(!sees(other, &scene.member, &session).await);
    }
    app.get(&session).await.expect_problem(401, "authentication_required");
    app.get(&list_of(&scene.member)).await.expect_problem(401, "authentication_required");
}

#[tokio::test]
async fn w1_whose_workout_sessions_are_hidden_looks_like_nobody() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
    let nobodys = "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10";
    let hidden = scene.coach.get(&session).await.expect(404);
    let missing = scene.coach.get(&format!("/api/v1/workout-sessions/{nobodys}")).await.expect(404);
    assert_eq!(
        (&hidden.body["title"], &hidden.body["detail"]),
        (&missing.body["title"], &missing.body["detail"])
    );
    let hidden = scene.coach.get(&list_of(&scene.member)).await.expect(404);
    let missing = scene.coach.get(&format!("/api/v1/workout-sessions?user_id={nobodys}")).await.expect(404);
    assert_eq!(
        (&hidden.body["title"], &hidden.body["detail"]),
        (&missing.body["title"], &missing.body["detail"])
    );
}

#[tokio::test]
async fn w1_with_consent_the_coaches_and_everybody_above_them_see_it_until_it_is_withdrawn() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        let before = log(&scene.member, "2027-01-03T10:00:00Z").await;
        consent(&scene.member).await;
        let after = log(&scene.member, "2027-01-04T10:00:00Z").await;
        let second = app.person("Mona").await;
        second.act("/api/v1/clubs/iron-works/join").await.expect(201);
        for session in [&before, &after] {
            let own = scene.member.get(session).await.expect(200);
            for coach in [&scene.coach, &scene.manager, &scene.owner] {
                assert!(sees(coach, &scene.member, session).await);
                assert_eq!(coach.get(session).await.body, own.body, "all of it");
            }
            for other in [&scene.outsider, &second] {
                assert!(!sees(other, &scene.member, session).await);
            }
        }
        withdraw(&scene.member).await;
        for other in [&scene.coach, &scene.manager, &scene.owner] {
            assert!(!sees(other, &scene.member, &before).await);
        }
        assert!(sees(&scene.member, &scene.member, &before).await);
    }
}

#[tokio::test]
async fn w1_a_coach_reads_the_list_as_its_owner_does() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    consent(&scene.member).await;
    for day in 1..=3 {
        log(&scene.member, &format!("2027-01-0{day}T10:00:00Z")).await;
    }
    log(&scene.coach, "2027-01-02T11:00:00Z").await;
    let own = pages(&scene.member, "/api/v1/workout-sessions?limit=2").await;
    assert_eq!(pages(&scene.coach, &format!("{}&limit=2", list_of(&scene.member))).await, own);
    assert_eq!(own.concat().len(), 3);
    let exercise = own[0][0]["exercises"][0]["exercise_id"].as_str().unwrap();
    for (filter, count) in [
        (format!("exercise_id={exercise}"), 3),
        ("from=2027-01-02T00:00:00Z&to=2027-01-03T00:00:00Z".to_owned(), 1),
    ] {
        let found = scene.coach.get(&format!("{}&{filter}", list_of(&scene.member))).await.expect(200);
        assert_eq!(found.body["items"].as_array().unwrap().len(), count, "{filter}");
    }
}

#[tokio::test]
async fn w1_consent_never_lets_anybody_change_anything() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    consent(&scene.member).await;
    let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
    let before = scene.member.get(&session).await.expect(200);
    for other in [&scene.coach, &scene.manager, &scene.owner, &scene.outsider] {
        other.patch(&session, &json!({"title": "Mine"})).await.expect_problem(404, "not_found");
        other.delete(&session).await.expect_problem(404, "not_found");
    }
    let after = scene.member.get(&session).await.expect(200);
    assert_eq!((after.body, &after.headers["etag"]), (before.body, &before.headers["etag"]));
}

#[tokio::test]
async fn w1_consent_opens_workout_sessions_and_nothing_else() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    consent(&scene.member).await;
    let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
    let exercise = scene.member.get(&session).await.body["exercises"][0]["exercise_id"].clone();
    let exercise = exercise.as_str().unwrap();
    let plan = json!({"title": "Core", "exercises": [{"exercise_id": exercise, "sets": 1, "reps": 1}]});
    let template = scene.member.post("/api/v1/workout-templates", &plan).await.expect(201);
    let template = format!("/api/v1/workout-templates/{}", template.text("id"));
    for path in [
        template.clone(),
        format!("{template}/next"),
        format!("/api/v1/exercises/{exercise}"),
        format!("/api/v1/progress/exercises/{exercise}/trend"),
    ] {
        scene.member.get(&path).await.expect(200);
        scene.coach.get(&path).await.expect_problem(404, "not_found");
    }
    let seen = scene.coach.get(&session).await.expect(200);
    assert_eq!(
        seen.body["exercises"][0]["exercise_name"], "Mira's own carry",
        "what it is called is part of it"
    );
    let body =
        json!({"started_at": "2027-01-04T10:00:00Z", "exercises": [{"exercise_id": exercise, "sets": []}]});
    let refused = scene.coach.post("/api/v1/workout-sessions", &body).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/exercises/0/exercise_id");
}

#[tokio::test]
async fn w1_whoever_loses_the_role_of_a_coach_sees_nothing_any_more() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        consent(&scene.member).await;
        let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
        let path = format!("/api/v1/clubs/iron-works/members/{}", scene.coach.id);
        for (role, may) in [("member", false), ("coach", true), ("member", false), ("manager", true)] {
            scene.owner.put(&path, &json!({"role": role})).await.expect(200);
            assert_eq!(sees(&scene.coach, &scene.member, &session).await, may, "{role}");
        }
    }
}

/// Whoever left is whoever consented and has no place in the club: so it is put there directly.
#[tokio::test]
async fn w1_an_athlete_who_is_no_member_any_more_is_seen_by_no_coach() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        let gone = app.person("Gina").await;
        let session = log(&gone, "2027-01-04T10:00:00Z").await;
        let mut unit = app.spotter.ports().store.begin().await.unwrap();
        let club = unit.clubs().by_slug(&Slug::parse("iron-works").unwrap()).await.unwrap().unwrap();
        let account = account_id(&gone);
        let consent = CoachingConsent { club: club.id, account, granted_at: START };
        unit.consents().grant(&consent).await.unwrap();
        unit.commit().await.unwrap();
        for coach in [&scene.coach, &scene.owner] {
            assert!(!sees(coach, &gone, &session).await);
            assert_eq!(coach.get(ATHLETES).await.expect(200).body["items"], json!([]));
        }
        gone.act("/api/v1/clubs/iron-works/join").await.expect(201);
        assert!(sees(&scene.coach, &gone, &session).await, "the consent stands until it is withdrawn");
    }
}

#[tokio::test]
async fn w1_coaches_of_another_club_see_nothing() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        scene.member.act("/api/v1/clubs/other-club/join").await.expect(201);
        let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
        consent(&scene.member).await;
        assert!(
            !sees(&scene.outsider, &scene.member, &session).await,
            "owns the club that nobody consented to"
        );
        let elsewhere = "/api/v1/clubs/other-club/coaching-consent";
        scene.member.put(elsewhere, &json!({})).await.expect(200);
        withdraw(&scene.member).await;
        assert!(sees(&scene.outsider, &scene.member, &session).await);
        assert!(!sees(&scene.coach, &scene.member, &session).await, "each club is consented to by itself");
    }
}

#[tokio::test]
async fn w1_a_withdrawal_is_in_force_on_every_node_at_once() {
    let app = TestApp::postgres().await;
    let other = app.beside().await;
    let scene = Scene::open(&app).await;
    consent(&scene.member).await;
    let session = log(&scene.member, "2027-01-04T10:00:00Z").await;
    let coach = scene.coach.at(&other);
    assert!(sees(&coach, &scene.member, &session).await);
    withdraw(&scene.member).await;
    assert!(!sees(&coach, &scene.member, &session).await);
}
