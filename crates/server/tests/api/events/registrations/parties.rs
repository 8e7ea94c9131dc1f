//! Parties and passing: who is promoted when not everybody fits, and what the passed are told (rule R5)

use std::time::Duration;

use serde_json::{Value, json};
use spotter_domain::event::Event;
use spotter_domain::registration::RegistrationStatus::{Confirmed, Waitlisted};
use spotter_domain::registration::{PartySize, Registration};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_testkit::fixtures::{self, Seed};

use crate::support::scene::{Scene, register};
use crate::support::steps::{crowd, give_up, id, log, look, seats, statuses};
use crate::support::{Person, TestApp};

/// A registration as its person reads it.
async fn told(person: &Person, registration: &Value) -> Value {
    let answer = person.get(&format!("/api/v1/registrations/{}", id(registration))).await;
    answer.expect(200).redacted()
}

#[tokio::test]
async fn a_party_that_does_not_fit_is_passed_five_times_and_then_seats_are_held_for_it() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let first = register(&scene.coach, &event, 1).await;
    let second = register(&scene.manager, &event, 1).await;
    let pair = register(&scene.member, &event, 2).await;
    let singles = crowd(&app, 6).await;
    let mut registered = Vec::new();
    for single in &singles {
        registered.push(register(single, &event, 1).await);
    }
    // Each seat that becomes free is too small for the pair and goes to the next single behind it.
    give_up(&scene.coach, &first).await.expect(200);
    for turn in 0..5 {
        assert_eq!(look(&singles[turn], &registered[turn]).await["status"], "confirmed", "turn {turn}");
        let passed = look(&scene.member, &pair).await;
        assert_eq!((&passed["passes"], &passed["waitlist_position"]), (&json!(turn + 1), &json!(1)));
        give_up(&singles[turn], &registered[turn]).await.expect(200);
    }
    // The sixth is held.
    assert_eq!(look(&singles[5], &registered[5]).await["status"], "waitlisted");
    assert_eq!(seats(&scene.coach, &event).await, (1, 3));
    let newcomer = register(&scene.outsider, &event, 1).await;
    assert_eq!(log(&newcomer), [("waitlisted", "seats_held")]);
    assert_eq!(
        (&newcomer["waitlist_position"], &newcomer["decisions"][0]["free_seats"]),
        (&json!(3), &json!(1))
    );
    // The second seat completes the party.
    give_up(&scene.manager, &second).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (2, 2));
    assert_eq!(look(&scene.member, &pair).await["status"], "confirmed");
}

#[tokio::test]
async fn a_party_reads_each_time_that_it_was_passed_and_why() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 2})).await.expect(200);
    let event = scene.class(2).await;
    let leaving = [register(&scene.coach, &event, 1).await, register(&scene.manager, &event, 1).await];
    let pair = register(&scene.member, &event, 2).await;
    let people = crowd(&app, 3).await;
    let mut singles = Vec::new();
    for person in &people {
        singles.push(register(person, &event, 1).await);
    }
    give_up(&scene.coach, &leaving[0]).await.expect(200);
    for turn in 0..2 {
        app.clock.advance(Duration::from_mins(1));
        give_up(&people[turn], &singles[turn]).await.expect(200);
    }
    app.clock.advance(Duration::from_mins(1));
    give_up(&scene.manager, &leaving[1]).await.expect(200);
    insta::assert_json_snapshot!(told(&scene.member, &pair).await, @r#"
    {
      "decisions": [
        {
          "at": "2027-01-04T12:00:00Z",
          "detail": "0 seats were free, too few for this party",
          "free_seats": 0,
          "outcome": "waitlisted",
          "reason": "not_enough_seats"
        },
        {
          "at": "2027-01-04T12:00:00Z",
          "detail": "the party did not fit the 1 free seats; number 4 did and went first (pass 1 of at most 2)",
          "free_seats": 1,
          "outcome": "passed_over",
          "pass": 1,
          "pass_limit": 2,
          "passed_by": 4,
          "reason": "party_did_not_fit"
        },
        {
          "at": "2027-01-04T12:01:00Z",
          "detail": "the party did not fit the 1 free seats; number 5 did and went first (pass 2 of at most 2)",
          "free_seats": 1,
          "outcome": "passed_over",
          "pass": 2,
          "pass_limit": 2,
          "passed_by": 5,
          "reason": "party_did_not_fit"
        },
        {
          "at": "2027-01-04T12:03:00Z",
          "detail": "2 seats were free and it was this party's turn",
          "free_seats": 2,
          "outcome": "promoted",
          "reason": "seats_freed"
        }
      ],
      "event_id": "[id]",
      "id": "[id]",
      "party_size": 2,
      "passes": 2,
      "queue_number": 3,
      "registered_at": "2027-01-04T12:00:00Z",
      "status": "confirmed",
      "user_id": "[id]",
      "waitlist_position": null
    }
    "#);
}

#[tokio::test]
async fn several_may_pass_in_one_moment_and_each_is_counted() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(4).await;
    let leaving = register(&scene.coach, &event, 2).await;
    register(&scene.manager, &event, 2).await;
    let three = register(&scene.member, &event, 3).await;
    let (one, other) = (register(&scene.outsider, &event, 1).await, register(&scene.owner, &event, 1).await);
    give_up(&scene.coach, &leaving).await.expect(200);
    let now = statuses(&scene.coach, &[&three, &one, &other]).await;
    assert_eq!(now, ["waitlisted", "confirmed", "confirmed"]);
    insta::assert_json_snapshot!(told(&scene.member, &three).await["decisions"], @r#"
    [
      {
        "at": "2027-01-04T12:00:00Z",
        "detail": "0 seats were free, too few for this party",
        "free_seats": 0,
        "outcome": "waitlisted",
        "reason": "not_enough_seats"
      },
      {
        "at": "2027-01-04T12:00:00Z",
        "detail": "the party did not fit the 2 free seats; number 4 did and went first (pass 1 of at most 5)",
        "free_seats": 2,
        "outcome": "passed_over",
        "pass": 1,
        "pass_limit": 5,
        "passed_by": 4,
        "reason": "party_did_not_fit"
      },
      {
        "at": "2027-01-04T12:00:00Z",
        "detail": "the party did not fit the 1 free seats; number 5 did and went first (pass 2 of at most 5)",
        "free_seats": 1,
        "outcome": "passed_over",
        "pass": 2,
        "pass_limit": 5,
        "passed_by": 5,
        "reason": "party_did_not_fit"
      }
    ]
    "#);
}

#[tokio::test]
async fn a_newcomer_who_fits_passes_a_party_that_does_not() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    register(&scene.coach, &event, 2).await;
    let pair = register(&scene.member, &event, 2).await;
    assert_eq!(log(&pair), [("waitlisted", "not_enough_seats")]);
    let newcomer = register(&scene.outsider, &event, 1).await;
    assert_eq!(log(&newcomer), [("confirmed", "seats_available")]);
    let passed = look(&scene.member, &pair).await;
    assert_eq!(log(&passed), [("waitlisted", "not_enough_seats"), ("passed_over", "party_did_not_fit")]);
    assert_eq!(
        (&passed["passes"], &passed["decisions"][1]["passed_by"]),
        (&json!(1), &newcomer["queue_number"])
    );
}

#[tokio::test]
async fn a_newcomer_does_not_pass_where_the_club_allows_no_passing() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 0})).await.expect(200);
    let event = scene.class(3).await;
    let leaving = register(&scene.coach, &event, 2).await;
    let pair = register(&scene.member, &event, 2).await;
    let newcomer = register(&scene.outsider, &event, 1).await;
    assert_eq!(log(&newcomer), [("waitlisted", "seats_held")]);
    assert_eq!(look(&scene.member, &pair).await, pair);
    give_up(&scene.coach, &leaving).await.expect(200);
    assert_eq!(statuses(&scene.coach, &[&pair, &newcomer]).await, ["confirmed", "confirmed"]);
}

#[tokio::test]
async fn the_order_of_arrival_decides_among_those_who_fit() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let leaving = register(&scene.coach, &event, 2).await;
    register(&scene.manager, &event, 1).await;
    let people = crowd(&app, 3).await;
    let (first, second, third) = (
        register(&people[0], &event, 1).await,
        register(&people[1], &event, 1).await,
        register(&people[2], &event, 1).await,
    );
    give_up(&scene.coach, &leaving).await.expect(200);
    let now = statuses(&scene.coach, &[&first, &second, &third]).await;
    assert_eq!(now, ["confirmed", "confirmed", "waitlisted"]);
    let third = look(&people[2], &third).await;
    assert_eq!((&third["passes"], &third["waitlist_position"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn nothing_is_held_for_a_party_that_the_event_has_become_too_small_for() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.manager.patch("/api/v1/clubs/iron-works", &json!({"pass_limit": 0})).await.expect(200);
    let event = scene.class(3).await;
    let path = format!("/api/v1/events/{event}");
    let leaving = register(&scene.coach, &event, 1).await;
    register(&scene.manager, &event, 1).await;
    let three = register(&scene.member, &event, 3).await;
    let single = register(&scene.outsider, &event, 1).await;
    assert_eq!(log(&single), [("waitlisted", "seats_held")]);
    scene.manager.patch(&path, &json!({"capacity": 2})).await.expect(200);
    give_up(&scene.coach, &leaving).await.expect(200);
    assert_eq!(statuses(&scene.coach, &[&three, &single]).await, ["waitlisted", "confirmed"]);
    let passed = told(&scene.member, &three).await;
    assert_eq!(passed["passes"], 0);
    insta::assert_json_snapshot!(passed["decisions"][1], @r#"
    {
      "at": "2027-01-04T12:00:00Z",
      "capacity": 2,
      "detail": "the party is larger than the 2 seats of the event; number 4 went first",
      "outcome": "passed_over",
      "passed_by": 4,
      "reason": "party_larger_than_capacity"
    }
    "#);
    scene.manager.patch(&path, &json!({"capacity": 5})).await.expect(200);
    assert_eq!(look(&scene.member, &three).await["status"], "confirmed");
}

/// More than are read at a time.
#[tokio::test]
async fn somebody_behind_three_hundred_who_do_not_fit_is_found() {
    const PAIRS: u32 = 300;
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let club = fixtures::club(1);
    let event = fixtures::event(1, &club, 2);
    let next = QueueNumber::new(u64::from(PAIRS) + 2);
    let waiting = Waiting { parties: PAIRS, seats: PAIRS * 2 };
    let roster = Roster::restore(event.roster.capacity(), 1, waiting, next).unwrap();
    let event = Event { roster, ..event };
    let accounts: Vec<_> = (1..=u64::from(PAIRS) + 1).map(fixtures::account).collect();
    let one_and_pairs = (1..).zip(&accounts).map(|(number, account)| {
        let (party, status) = if number == 1 { (1, Confirmed) } else { (2, Waitlisted) };
        let party_size = PartySize::new(party).unwrap();
        Registration { party_size, status, ..fixtures::registration(number, &event, account) }
    });
    let registrations = one_and_pairs.collect();
    let (clubs, events) = (vec![club], vec![event.clone()]);
    let seed = Seed { accounts, clubs, events, registrations, ..Seed::default() };
    seed.save(app.spotter.ports().store.as_ref()).await;
    let event = event.id.to_string();
    // Who comes passes them all; who waits behind them does so when that seat is free again.
    let newcomer = register(&scene.member, &event, 1).await;
    assert_eq!(log(&newcomer), [("confirmed", "seats_available")]);
    let waiting = register(&scene.outsider, &event, 1).await;
    assert_eq!(waiting["waitlist_position"], PAIRS + 1);
    give_up(&scene.member, &newcomer).await.expect(200);
    assert_eq!(look(&scene.outsider, &waiting).await["status"], "confirmed");
    assert_eq!(seats(&scene.outsider, &event).await, (2, u64::from(PAIRS) * 2));
}
