//! `POST /api/v1/events/{id}/cancel`

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use spotter_domain::club::Role;
use spotter_domain::event::Event;
use spotter_domain::registration::{Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_testkit::fixtures::{self, Seed};

use crate::support::scene::{Scene, register};
use crate::support::steps::{
    announced, announced_since, cancellations, claim, id, log, look, membership, record, seats,
};
use crate::support::{Answer, TestApp};

async fn cancel(scene: &Scene, event: &str) -> Answer {
    scene.manager.act(&format!("/api/v1/events/{event}/cancel")).await
}

#[tokio::test]
async fn calling_an_event_off_cancels_every_registration_and_announces_each_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let seated = register(&scene.member, &event, 2).await;
    let waiting = register(&scene.outsider, &event, 1).await;
    let before = announced(&app).await.len();
    app.clock.advance(Duration::from_mins(10));
    let answer = cancel(&scene, &event).await.expect(200);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "capacity": 2,
      "club": "iron-works",
      "confirmed": 0,
      "cutoff_at": null,
      "description": null,
      "ends_at": "2027-01-04T14:00:00Z",
      "id": "[id]",
      "location": null,
      "published_at": "2027-01-04T12:00:00Z",
      "spots_left": 2,
      "starts_at": "2027-01-04T13:00:00Z",
      "status": "cancelled",
      "time_zone": "Europe/Berlin",
      "title": "Barbell Basics",
      "version": 3,
      "waitlist": {
        "capacity": null,
        "enabled": true
      },
      "waitlisted": 0
    }
    "#);
    for (registration, first) in [(&seated, "confirmed"), (&waiting, "waitlisted")] {
        let now = look(&scene.coach, registration).await;
        assert_eq!((&now["status"], &now["waitlist_position"]), (&json!("cancelled"), &json!(null)));
        assert_eq!(log(&now).len(), 2);
        assert_eq!((log(&now)[0].0, log(&now)[1]), (first, ("cancelled", "event_cancelled")));
        assert_eq!(now["decisions"][1]["at"], "2027-01-04T12:10:00Z");
    }
    let cancelled: Vec<_> = cancellations(&app).await.iter().map(ToString::to_string).collect();
    assert_eq!(cancelled, [id(&seated), id(&waiting)]);
    let cancelled = "registration_cancelled";
    let wanted = ["event_cancelled", cancelled, cancelled, "waitlist_moved"];
    assert_eq!(announced_since(&app, before).await, wanted);
}

#[tokio::test]
async fn calling_it_off_twice_is_calling_it_off_once() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    register(&scene.member, &event, 1).await;
    let first = cancel(&scene, &event).await.expect(200);
    let before = announced(&app).await.len();
    let second = cancel(&scene, &event).await.expect(200);
    assert_eq!((&first.body, first.header("etag")), (&second.body, second.header("etag")));
    assert_eq!(announced(&app).await.len(), before);
}

#[tokio::test]
async fn what_is_over_is_not_called_off() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let registration = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_hours(2));
    let answer = cancel(&scene, &event).await.expect(409);
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "event_completed",
      "detail": "the event is over",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/event_completed"
    }
    "#);
    assert_eq!(look(&scene.member, &registration).await, registration);
}

#[tokio::test]
async fn who_came_before_it_was_called_off_stays_on_record() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let came = register(&scene.member, &event, 1).await;
    let stayed_away = register(&scene.outsider, &event, 1).await;
    let undecided = register(&scene.owner, &event, 1).await;
    app.clock.advance(Duration::from_mins(61));
    record(&scene.coach, &came, true).await.expect(200);
    record(&scene.coach, &stayed_away, false).await.expect(200);
    cancel(&scene, &event).await.expect(200);
    assert_eq!(look(&scene.coach, &came).await["status"], "attended");
    assert_eq!(look(&scene.coach, &stayed_away).await["status"], "no_show");
    assert_eq!(look(&scene.coach, &undecided).await["status"], "cancelled");
    assert_eq!(cancellations(&app).await.len(), 1);
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
}

#[tokio::test]
async fn a_draft_that_is_called_off_stays_hidden() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let draft = scene.class_with(2, json!({"publish": false})).await;
    let open = scene.class(2).await;
    for event in [&draft, &open] {
        cancel(&scene, event).await.expect(200);
    }
    app.get(&format!("/api/v1/events/{draft}")).await.expect_problem(404, "not_found");
    assert_eq!(scene.coach.get(&format!("/api/v1/events/{draft}")).await.text("status"), "cancelled");
    assert_eq!(app.get(&format!("/api/v1/events/{open}")).await.text("status"), "cancelled");
}

#[tokio::test]
async fn nobody_registers_for_what_was_called_off() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    cancel(&scene, &event).await.expect(200);
    claim(&scene.member, &event, json!({})).await.expect_problem(409, "event_closed");
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
}

/// So many that they are cancelled in several rounds.
#[tokio::test]
async fn a_thousand_registrations_are_all_cancelled() {
    const SEATED: u32 = 700;
    const ALL: u32 = 1_300;
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let club = fixtures::club(1);
    let event = fixtures::event(1, &club, SEATED);
    let next = QueueNumber::new(u64::from(ALL) + 1);
    let waiting = Waiting { parties: ALL - SEATED, seats: ALL - SEATED };
    let roster = Roster::restore(event.roster.capacity(), SEATED, waiting, next).unwrap();
    let event = Event { roster, ..event };
    let accounts: Vec<_> = (1..=u64::from(ALL)).map(fixtures::account).collect();
    let registrations = (1..).zip(&accounts).map(|(number, account)| {
        let waits = number > u64::from(SEATED);
        let status = if waits { RegistrationStatus::Waitlisted } else { RegistrationStatus::Confirmed };
        Registration { status, ..fixtures::registration(number, &event, account) }
    });
    let seed = Seed {
        registrations: registrations.collect(),
        accounts,
        memberships: vec![membership(&club, &scene.manager, Role::Manager)],
        clubs: vec![club],
        events: vec![event.clone()],
        ..Seed::default()
    };
    seed.save(app.spotter.ports().store.as_ref()).await;

    let answer = cancel(&scene, &event.id.to_string()).await.expect(200);
    assert_eq!((&answer.body["confirmed"], &answer.body["waitlisted"]), (&json!(0), &json!(0)));
    let cancelled: BTreeSet<_> = cancellations(&app).await.into_iter().collect();
    assert_eq!(cancelled.len(), ALL as usize);
    for status in ["confirmed", "waitlisted"] {
        let path = format!("/api/v1/events/{}/registrations?status={status}", event.id);
        assert_eq!(scene.manager.get(&path).await.expect(200).body["items"], json!([]), "{status}");
    }
}
