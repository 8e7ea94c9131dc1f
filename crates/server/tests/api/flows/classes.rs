//! From a new club to a class that is called off

use std::time::Duration;

use serde_json::{Value, json};
use spotter_domain::domain_event::DomainEvent;

use super::on_both;
use crate::support::scene::{Scene, register};
use crate::support::steps::{
    announced, claim, claim_keyed, crowd, give_up, id, log, look, pages, record, seats, statuses,
};
use crate::support::{Answer, Person, TestApp};

/// The names and values of an event that change as people come and go.
fn counts(event: &Value) -> [&Value; 4] {
    [&event["capacity"], &event["confirmed"], &event["waitlisted"], &event["spots_left"]]
}

async fn a_class_fills_up_moves_on_grows_and_is_called_off(app: TestApp) {
    let scene = Scene::open(&app).await;
    let event = scene.class_with(2, json!({"waitlist": {"capacity": 4}})).await;
    let path = format!("/api/v1/events/{event}");
    let people = crowd(&app, 5).await;
    let mut all = Vec::new();
    for (number, person) in (1..).zip(&people) {
        app.clock.advance(Duration::from_secs(1));
        let registration = register(person, &event, 1).await;
        assert_eq!(registration["queue_number"], json!(number));
        all.push(registration);
    }
    let positions: Vec<_> =
        all.iter().map(|registration| registration["waitlist_position"].as_u64()).collect();
    assert_eq!(positions, [None, None, Some(1), Some(2), Some(3)]);
    claim(&scene.outsider, &event, json!({"party_size": 2})).await.expect_problem(409, "waitlist_full");

    give_up(&people[0], &all[0]).await.expect(200);
    let promoted = look(&people[2], &all[2]).await;
    assert_eq!(log(&promoted), [("waitlisted", "not_enough_seats"), ("promoted", "seats_freed")]);
    let queue = scene.coach.get(&format!("{path}/waitlist")).await.expect(200).body;
    let waiting: Vec<_> =
        queue["items"].as_array().unwrap().iter().map(|entry| &entry["registration_id"]).collect();
    assert_eq!(waiting, [id(&all[3]), id(&all[4])]);

    let larger = scene.manager.patch(&path, &json!({"capacity": 3})).await.expect(200).body;
    assert_eq!(counts(&larger), [&json!(3), &json!(3), &json!(1), &json!(0)]);
    let smaller = scene.manager.patch(&path, &json!({"capacity": 2})).await;
    smaller.expect_problem(409, "capacity_below_confirmed");
    assert_eq!(app.get(&path).await.expect(200).body, larger);

    app.clock.advance(Duration::from_mins(1));
    let off = scene.manager.act(&format!("{path}/cancel")).await.expect(200).body;
    assert_eq!(
        (counts(&off), &off["status"]),
        ([&json!(3), &json!(0), &json!(0), &json!(3)], &json!("cancelled"))
    );
    for (person, registration) in people.iter().zip(&all) {
        assert_eq!(look(person, registration).await["status"], "cancelled");
    }
    told_in_order(&app, &event).await;
}

/// What was announced about the event, in the order in which it happened.
async fn told_in_order(app: &TestApp, event: &str) {
    let of_event = |fact: &DomainEvent| fact.aggregate().to_string() == event;
    let told: Vec<_> =
        announced(app).await.iter().filter(|fact| of_event(fact)).map(DomainEvent::kind).collect();
    let wanted = [
        "event_created",
        "event_published",
        "registration_confirmed",
        "registration_confirmed",
        "registration_waitlisted",
        "registration_waitlisted",
        "registration_waitlisted",
        "registration_cancelled",
        "registration_promoted",
        "waitlist_moved",
        "event_changed",
        "event_capacity_increased",
        "registration_promoted",
        "waitlist_moved",
        "event_cancelled",
        "registration_cancelled",
        "registration_cancelled",
        "registration_cancelled",
        "registration_cancelled",
        "waitlist_moved",
    ];
    assert_eq!(told, wanted);
}

async fn a_party_is_passed_waits_and_is_seated(app: TestApp) {
    let scene = Scene::open(&app).await;
    let event = scene.class(3).await;
    let leaving = [register(&scene.coach, &event, 1).await, register(&scene.manager, &event, 1).await];
    register(&scene.owner, &event, 1).await;
    let pair = register(&scene.member, &event, 2).await;
    let single = register(&scene.outsider, &event, 1).await;
    give_up(&scene.coach, &leaving[0]).await.expect(200);
    assert_eq!(statuses(&scene.coach, &[&pair, &single]).await, ["waitlisted", "confirmed"]);
    give_up(&scene.manager, &leaving[1]).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (2, 2));
    give_up(&scene.outsider, &single).await.expect(200);
    let seated = look(&scene.member, &pair).await;
    let wanted = [
        ("waitlisted", "not_enough_seats"),
        ("passed_over", "party_did_not_fit"),
        ("promoted", "seats_freed"),
    ];
    assert_eq!(log(&seated), wanted);
    assert_eq!(
        (&seated["passes"], &seated["decisions"][1]["passed_by"]),
        (&json!(1), &single["queue_number"])
    );
    app.clock.advance(Duration::from_hours(1));
    record(&scene.coach, &pair, true).await.expect(200);
    give_up(&scene.member, &pair).await.expect_problem(409, "attendance_recorded");
}

async fn lists_page_through_what_is_there(app: TestApp) {
    let scene = Scene::open(&app).await;
    let mut mine = Vec::new();
    for hour in [15, 13, 14, 14, 14] {
        let times = json!({
            "starts_at": format!("2027-01-04T{hour}:00:00Z"), "ends_at": format!("2027-01-04T{}:00:00Z", hour + 1)
        });
        let event = scene.class_with(1, times).await;
        mine.push((hour, id(&register(&scene.member, &event, 1).await).to_owned(), event));
    }
    mine.sort();
    let events: Vec<_> = mine.iter().map(|(_, _, event)| event.clone()).collect();
    assert_eq!(walk(&scene.member, "/api/v1/clubs/iron-works/events?limit=2").await, events);
    let registrations: Vec<_> = mine.iter().map(|(_, registration, _)| registration.clone()).collect();
    assert_eq!(walk(&scene.member, "/api/v1/me/registrations?limit=2").await, registrations);
    app.clock.advance(Duration::from_hours(3));
    let past: Vec<_> = registrations[..4].iter().rev().cloned().collect();
    assert_eq!(walk(&scene.member, "/api/v1/me/registrations?limit=2&when=past").await, past);
    let over = "/api/v1/clubs/iron-works/events?limit=3&status=completed&from=2027-01-04T14:00:00Z";
    assert_eq!(walk(&scene.member, over).await, events[1..4]);
}

/// The identifiers of everything in a list, page by page.
async fn walk(person: &Person, first: &str) -> Vec<String> {
    pages(person, first).await.iter().flatten().map(|item| id(item).to_owned()).collect()
}

async fn a_position_is_the_same_wherever_it_is_told(app: TestApp) {
    let scene = Scene::open(&app).await;
    let event = scene.class(2).await;
    let people = crowd(&app, 9).await;
    let mut all = Vec::new();
    for person in &people {
        all.push(register(person, &event, 1).await);
    }
    // Of those who wait, the third, and one of those with a seat: the first who waits gets it.
    for leaving in [4, 0] {
        give_up(&people[leaving], &all[leaving]).await.expect(200);
    }
    let path = format!("/api/v1/events/{event}");
    let queue = pages(&scene.coach, &format!("{path}/waitlist?limit=2")).await.concat();
    let queue: Vec<_> = queue.iter().map(|entry| (&entry["registration_id"], &entry["position"])).collect();
    let listed = pages(&scene.coach, &format!("{path}/registrations?limit=2")).await.concat();
    assert_eq!(listed.len(), all.len());
    for (person, listed) in people.iter().zip(&listed) {
        let place = queue.iter().find(|(registration, _)| **registration == listed["id"]);
        let position = place.map_or(&Value::Null, |(_, position)| position);
        assert_eq!(&listed["waitlist_position"], position);
        assert_eq!(&look(person, listed).await["waitlist_position"], position);
        let mine = person.get("/api/v1/me/registrations").await.expect(200).body;
        assert_eq!(&mine["items"][0]["waitlist_position"], position);
    }
    let wanted: Vec<_> = [3, 5, 6, 7, 8].into_iter().zip(1..).collect();
    let places: Vec<_> =
        wanted.iter().map(|(of, position)| (json!(id(&all[*of])), json!(*position))).collect();
    assert_eq!(
        queue,
        places.iter().map(|(registration, position)| (registration, position)).collect::<Vec<_>>()
    );
}

async fn a_request_is_answered_as_before_by_an_application_that_was_started_anew(app: TestApp) {
    let essence = |answer: &Answer| (answer.status, answer.bytes.clone(), answer.headers["etag"].clone());
    let scene = Scene::open(&app).await;
    let closed = json!({"waitlist": {"enabled": false}});
    let event = scene.class_with(1, closed).await;
    let done = claim_keyed(&scene.member, &event, json!({}), "k").await.expect(201);
    let refused =
        claim_keyed(&scene.outsider, &event, json!({}), "k").await.expect_problem(409, "waitlist_closed");
    // Whatever another transaction of the same request has just let go of.
    for key in 0..20 {
        let refused = claim_keyed(&scene.outsider, &event, json!({}), &format!("key {key}")).await;
        refused.expect_problem(409, "waitlist_closed");
    }
    give_up(&scene.member, &done.body).await.expect(200);

    let anew = app.beside().await;
    let (member, outsider) = (scene.member.at(&anew), scene.outsider.at(&anew));
    drop(app);
    let again = claim_keyed(&member, &event, json!({}), "k").await;
    assert_eq!(essence(&again), essence(&done));
    let again = claim_keyed(&outsider, &event, json!({}), "k").await;
    assert_eq!((again.status, again.redacted()), (409, refused.redacted()));
    claim_keyed(&member, &event, json!({"party_size": 2}), "k")
        .await
        .expect_problem(422, "idempotency_key_reused");
    assert_eq!(seats(&scene.coach.at(&anew), &event).await, (0, 0));
}

on_both!(
    a_class_fills_up_moves_on_grows_and_is_called_off,
    a_party_is_passed_waits_and_is_seated,
    lists_page_through_what_is_there,
    a_position_is_the_same_wherever_it_is_told,
    a_request_is_answered_as_before_by_an_application_that_was_started_anew,
);
