//! The rules of registration, R1 to R10, as somebody outside can see them kept

mod workouts;

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use spotter_domain::club::Role;
use spotter_domain::event::Event;
use spotter_domain::registration::RegistrationStatus::{Confirmed, Waitlisted};
use spotter_domain::registration::{PartySize, Registration};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_testkit::fixtures::{self, Seed};

use crate::support::TestApp;
use crate::support::scene::{Scene, register};
use crate::support::steps::{
    account_id, announced, announced_since, cancellations, claim, claim_keyed, crowd, give_up, id, log, look,
    membership, seats, statuses,
};

#[tokio::test]
async fn r1_confirmed_seats_never_exceed_the_capacity_however_many_ask_at_once() {
    const CAPACITY: u64 = 10;
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(10).await;
    let people = crowd(&app, 30).await;
    let claims =
        people.iter().enumerate().map(|(n, person)| claim(person, &event, json!({"party_size": n % 3 + 1})));
    let registrations: Vec<_> =
        join_all(claims).await.into_iter().map(|answer| answer.expect(201).body).collect();
    let taken = |registrations: &[Value], status: &str| -> u64 {
        let of_status = registrations.iter().filter(|registration| registration["status"] == status);
        of_status.map(|registration| registration["party_size"].as_u64().unwrap()).sum()
    };
    assert_eq!(taken(&registrations, "confirmed"), CAPACITY);
    assert_eq!(seats(&scene.coach, &event).await, (CAPACITY, 60 - CAPACITY));
    // Nor while half of them leave at once and others follow.
    let leaving = people.iter().zip(&registrations).step_by(2).map(|(person, of)| give_up(person, of));
    join_all(leaving).await.into_iter().for_each(|answer| drop(answer.expect(200)));
    let mut now = Vec::new();
    for registration in &registrations {
        now.push(look(&scene.coach, registration).await);
    }
    let (confirmed, waiting) = (taken(&now, "confirmed"), taken(&now, "waitlisted"));
    assert_eq!(seats(&scene.coach, &event).await, (confirmed, waiting));
    assert!(confirmed <= CAPACITY, "{confirmed} of {CAPACITY} seats are confirmed");
}

#[tokio::test]
async fn r2_a_person_has_one_active_registration_of_an_event() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let (event, other) = (scene.class(5).await, scene.class(5).await);
    let at_once = join_all((0..8).map(|_| claim(&scene.member, &event, json!({})))).await;
    let (done, refused): (Vec<_>, Vec<_>) = at_once.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((done.len(), refused.len()), (1, 7));
    for answer in refused {
        answer.expect_problem(409, "already_registered");
    }
    register(&scene.member, &other, 1).await;
    give_up(&scene.member, &done[0].body).await.expect(200);
    register(&scene.member, &event, 1).await;
    claim(&scene.member, &event, json!({})).await.expect_problem(409, "already_registered");
    assert_eq!(seats(&scene.coach, &event).await, (1, 0));
}

#[tokio::test]
async fn r3_who_finds_it_full_waits_or_is_told_why_not() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let open = scene.class(1).await;
    let capped = scene.class_with(1, json!({"waitlist": {"capacity": 1}})).await;
    let closed = scene.class_with(1, json!({"waitlist": {"enabled": false}})).await;
    for event in [&open, &capped, &closed] {
        assert_eq!(register(&scene.coach, event, 1).await["queue_number"], 1);
    }
    for (event, number) in [(&open, 2), (&capped, 2)] {
        let waiting = register(&scene.member, event, 1).await;
        assert_eq!((&waiting["status"], &waiting["queue_number"]), (&json!("waitlisted"), &json!(number)));
    }
    assert_eq!(register(&scene.outsider, &open, 1).await["queue_number"], 3);
    claim(&scene.outsider, &capped, json!({})).await.expect_problem(409, "waitlist_full");
    claim(&scene.outsider, &closed, json!({})).await.expect_problem(409, "waitlist_closed");
}

#[tokio::test]
async fn r4_what_frees_a_seat_gives_it_out_before_it_answers() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let leaving = register(&scene.coach, &event, 3).await;
    let people = crowd(&app, 5).await;
    let mut waiting = Vec::new();
    for person in &people {
        waiting.push(register(person, &event, 1).await);
    }
    give_up(&scene.coach, &leaving).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (3, 2));
    let path = format!("/api/v1/events/{event}");
    let larger = scene.manager.patch(&path, &json!({"capacity": 4})).await.expect(200).body;
    assert_eq!(
        (&larger["confirmed"], &larger["waitlisted"], &larger["spots_left"]),
        (&json!(4), &json!(1), &json!(0))
    );
    let all: Vec<_> = waiting.iter().collect();
    let wanted = ["confirmed", "confirmed", "confirmed", "confirmed", "waitlisted"];
    assert_eq!(statuses(&scene.coach, &all).await, wanted);
}

/// A class with a free seat that is too little for the manager's pair and that nobody has given to the member
/// behind it yet, as nodes that knew another pass limit may leave it.
async fn a_seat_that_somebody_waiting_would_get(app: &TestApp, scene: &Scene) -> (String, Value, Value) {
    let club = fixtures::club(1);
    let event = fixtures::event(1, &club, 3);
    let waiting = Waiting { parties: 2, seats: 3 };
    let roster = Roster::restore(event.roster.capacity(), 2, waiting, QueueNumber::new(4)).unwrap();
    let event = Event { roster, ..event };
    let people =
        [(&scene.coach, 2, Confirmed), (&scene.manager, 2, Waitlisted), (&scene.member, 1, Waitlisted)];
    let registrations = people.iter().zip(1..).map(|((person, party, status), number)| Registration {
        account: account_id(person),
        party_size: PartySize::new(*party).unwrap(),
        status: *status,
        ..fixtures::registration(number, &event, &fixtures::account(1))
    });
    let seed = Seed {
        registrations: registrations.collect(),
        memberships: vec![membership(&club, &scene.coach, Role::Coach)],
        clubs: vec![club],
        events: vec![event.clone()],
        ..Seed::default()
    };
    seed.save(app.spotter.ports().store.as_ref()).await;
    let shown = |of: usize| json!({"id": seed.registrations[of].id.to_string()});
    (event.id.to_string(), shown(1), shown(2))
}

#[tokio::test]
async fn r5_a_newcomer_never_takes_a_seat_that_somebody_in_the_queue_would_get() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let (event, pair, single) = a_seat_that_somebody_waiting_would_get(&app, &scene).await;
    let newcomer = register(&scene.outsider, &event, 1).await;
    assert_eq!((&newcomer["status"], &newcomer["waitlist_position"]), (&json!("waitlisted"), &json!(2)));
    assert_eq!(log(&newcomer), [("waitlisted", "not_enough_seats")]);
    assert_eq!(statuses(&scene.coach, &[&pair, &single]).await, ["waitlisted", "confirmed"]);
    assert_eq!(look(&scene.manager, &pair).await["passes"], 1);
    assert_eq!(seats(&scene.coach, &event).await, (3, 3));
}

#[tokio::test]
async fn r5_who_leaves_the_queue_is_not_promoted_by_leaving() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let (event, pair, single) = a_seat_that_somebody_waiting_would_get(&app, &scene).await;
    let left = give_up(&scene.member, &single).await.expect(200).body;
    assert_eq!(log(&left), [("cancelled", "cancelled_by_person")]);
    assert_eq!(look(&scene.member, &single).await["status"], "cancelled");
    assert_eq!(look(&scene.manager, &pair).await["passes"], 0);
    assert_eq!(seats(&scene.coach, &event).await, (2, 2));
}

#[tokio::test]
async fn r6_nobody_is_promoted_after_the_cutoff() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class_with(2, json!({"cutoff_at": "2027-01-04T12:30:00Z"})).await;
    let people = crowd(&app, 4).await;
    let mut all = Vec::new();
    for person in &people {
        all.push(register(person, &event, 1).await);
    }
    app.clock.advance(Duration::from_mins(30) - Duration::from_micros(1));
    give_up(&people[0], &all[0]).await.expect(200);
    assert_eq!(look(&people[2], &all[2]).await["status"], "confirmed");
    app.clock.advance(Duration::from_micros(1));
    give_up(&people[1], &all[1]).await.expect(200);
    assert_eq!(look(&people[3], &all[3]).await["status"], "waitlisted");
    assert_eq!(seats(&scene.coach, &event).await, (1, 1));
    // Nor does anybody else get the seat while somebody waits for it.
    claim(&scene.outsider, &event, json!({})).await.expect_problem(409, "waitlist_closed");
    give_up(&people[3], &all[3]).await.expect(200);
    assert_eq!(register(&scene.outsider, &event, 1).await["status"], "confirmed");
    claim(&scene.member, &event, json!({})).await.expect_problem(409, "waitlist_closed");
}

#[tokio::test]
async fn r6_nobody_is_promoted_after_the_start() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let waiting = register(&scene.member, &event, 1).await;
    app.clock.advance(Duration::from_hours(1));
    give_up(&scene.coach, &seated).await.expect(200);
    let path = format!("/api/v1/events/{event}");
    scene.manager.patch(&path, &json!({"capacity": 5})).await.expect(200);
    let still = look(&scene.member, &waiting).await;
    assert_eq!((&still["status"], &still["waitlist_position"]), (&json!("waitlisted"), &json!(1)));
    assert_eq!(seats(&scene.coach, &event).await, (0, 1));
}

#[tokio::test]
async fn r6_nobody_registers_for_what_is_not_open() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let (draft, cancelled) = (scene.class_with(5, json!({"publish": false})).await, scene.class(5).await);
    scene.manager.act(&format!("/api/v1/events/{cancelled}/cancel")).await.expect(200);
    let started = scene.class(5).await;
    app.clock.advance(Duration::from_hours(1));
    for event in [draft, cancelled, started] {
        claim(&scene.coach, &event, json!({})).await.expect_problem(409, "event_closed");
        assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    }
}

#[tokio::test]
async fn r7_cancelling_twice_is_one_cancellation_with_one_promotion() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    let waiting = [register(&scene.member, &event, 1).await, register(&scene.outsider, &event, 1).await];
    let at_once = join_all((0..6).map(|_| give_up(&scene.coach, &seated))).await;
    for answer in &at_once {
        assert_eq!((answer.status, &answer.body), (200, &at_once[0].body));
    }
    assert_eq!(log(&at_once[0].body).len(), 2);
    let cancelled: Vec<_> = cancellations(&app).await.iter().map(ToString::to_string).collect();
    assert_eq!(cancelled, [id(&seated)]);
    assert_eq!(statuses(&scene.coach, &[&waiting[0], &waiting[1]]).await, ["confirmed", "waitlisted"]);
}

#[tokio::test]
async fn r7_who_gave_up_and_comes_back_goes_to_the_back() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    let seated = register(&scene.coach, &event, 1).await;
    register(&scene.member, &event, 1).await;
    register(&scene.outsider, &event, 1).await;
    give_up(&scene.coach, &seated).await.expect(200);
    let back = register(&scene.coach, &event, 1).await;
    assert_ne!(id(&back), id(&seated));
    let place = (&back["status"], &back["queue_number"], &back["waitlist_position"]);
    assert_eq!(place, (&json!("waitlisted"), &json!(4), &json!(2)));
    assert_eq!(look(&scene.coach, &seated).await["queue_number"], 1);
}

#[tokio::test]
async fn r8_the_capacity_is_not_set_under_the_confirmed_seats() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(9).await;
    let party = register(&scene.member, &event, 6).await;
    register(&scene.outsider, &event, 1).await;
    let path = format!("/api/v1/events/{event}");
    let answer = scene.manager.patch(&path, &json!({"capacity": 4})).await;
    let answer = answer.expect_problem(409, "capacity_below_confirmed");
    assert!(answer.text("detail").contains("3 would have to go"), "{:#}", answer.body);
    assert_eq!(app.get(&path).await.expect(200).body["capacity"], 9);
    give_up(&scene.member, &party).await.expect(200);
    scene.manager.patch(&path, &json!({"capacity": 1})).await.expect(200);
}

#[tokio::test]
async fn r9_an_event_that_is_cancelled_cancels_its_registrations_and_announces_each() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let people = crowd(&app, 4).await;
    let mut all = Vec::new();
    for person in &people {
        all.push(register(person, &event, 1).await);
    }
    give_up(&people[3], &all[3]).await.expect(200);
    let before = announced(&app).await.len();
    scene.manager.act(&format!("/api/v1/events/{event}/cancel")).await.expect(200);
    for (person, registration) in people.iter().zip(&all) {
        let now = look(person, registration).await;
        let why = if id(&now) == id(&all[3]) { "cancelled_by_person" } else { "event_cancelled" };
        assert_eq!((&now["status"], log(&now).last()), (&json!("cancelled"), Some(&("cancelled", why))));
    }
    let announced = announced_since(&app, before).await;
    assert_eq!(announced.iter().filter(|kind| **kind == "registration_cancelled").count(), 3);
    assert!(!announced.contains(&"registration_promoted"), "{announced:?}");
}

#[tokio::test]
async fn r10_the_same_request_sent_twice_has_one_effect_and_one_answer() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(5).await;
    let first = claim_keyed(&scene.member, &event, json!({"party_size": 2}), "k").await.expect(201);
    let again = claim_keyed(&scene.member, &event, json!({"party_size": 2}), "k").await.expect(201);
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(seats(&scene.coach, &event).await, (2, 0));
    let other = claim_keyed(&scene.member, &event, json!({"party_size": 3}), "k").await;
    other.expect_problem(422, "idempotency_key_reused");
}
