//! Behaviours of `RegistrationQueries::of_account`.

use spotter_domain::club::Club;
use spotter_domain::event::{Event, EventStatus};
use spotter_domain::page::PageRequest;
use spotter_domain::registration::{MyRegistrationView, PartySize, Registration, RegistrationStatus, When};
use spotter_domain::waitlist::QueueNumber;

use super::{Subject, walk};
use crate::clock::START;
use crate::fixtures::{Seed, account, after, club, event, registration, schedule};

/// Event `number`, an hour long, that starts so many seconds after the fixtures' instant.
fn starting(number: u64, club: &Club, starts_after: i64) -> Event {
    Event { schedule: schedule(starts_after), ..event(number, club, 10) }
}

/// Registrations of the second person for all the events, and of the others for one.
async fn registered_for(subject: &Subject, events: &[Event]) {
    let mut registrations: Vec<_> =
        (1..).zip(events).map(|(number, event)| registration(number, event, &account(2))).collect();
    registrations.extend(
        [(100, 1), (101, 3)].map(|(number, person)| registration(number, &events[0], &account(person))),
    );
    subject
        .save(Seed {
            accounts: (1..=3).map(account).collect(),
            clubs: vec![club(1), club(2)],
            events: events.to_vec(),
            registrations,
            ..Seed::default()
        })
        .await;
}

async fn listed(subject: &Subject, when: When, limit: u64) -> Vec<String> {
    let all =
        walk(limit, async |page| subject.registrations.of_account(account(2).id, when, page).await).await;
    assert!(all.iter().all(|view| view.account == account(2).id));
    all.into_iter().map(|view| view.event_title).collect()
}

/// Every field is the registration's, its event's or its club's.
pub async fn a_persons_registrations_are_shown_with_their_events(subject: &Subject) {
    let cancelled = Event { status: EventStatus::Cancelled, ..starting(2, &club(2), 60) };
    let open = starting(1, &club(1), 120);
    let waiting = |number, person| Registration {
        status: RegistrationStatus::Waitlisted,
        ..registration(number, &open, &account(person))
    };
    let mine = Registration {
        party_size: PartySize::new(3).unwrap(),
        passes: 1,
        registered_at: after(-9),
        ..waiting(5, 1)
    };
    let gone =
        Registration { status: RegistrationStatus::Cancelled, ..registration(6, &cancelled, &account(1)) };
    subject
        .save(Seed {
            accounts: (1..=3).map(account).collect(),
            clubs: vec![club(1), club(2)],
            events: vec![open.clone(), cancelled.clone()],
            registrations: vec![waiting(3, 2), waiting(8, 3), mine.clone(), gone.clone()],
            ..Seed::default()
        })
        .await;

    let of = account(1).id;
    let page = subject.registrations.of_account(of, When::Any, PageRequest::default()).await.unwrap();
    let first = MyRegistrationView {
        id: gone.id,
        event: cancelled.id,
        club: "club-2".to_owned(),
        event_title: "Event 2".to_owned(),
        event_starts_at: after(60),
        event_ends_at: after(3_660),
        event_status: EventStatus::Cancelled,
        account: of,
        party_size: 1,
        status: RegistrationStatus::Cancelled,
        queue_number: QueueNumber::new(6),
        position: None,
        passes: 0,
        registered_at: START,
    };
    let second = MyRegistrationView {
        id: mine.id,
        event: open.id,
        club: "club-1".to_owned(),
        event_title: "Event 1".to_owned(),
        event_starts_at: after(120),
        event_ends_at: after(3_720),
        event_status: EventStatus::Published,
        account: of,
        party_size: 3,
        status: RegistrationStatus::Waitlisted,
        queue_number: QueueNumber::new(5),
        position: Some(2),
        passes: 1,
        registered_at: after(-9),
    };
    assert_eq!(page.items, [first, second]);
    assert_eq!(page.next, None);
}

/// The soonest event first; of those that start together, the registration made first.
pub async fn a_persons_registrations_are_listed_by_start_without_gap_or_duplicate(subject: &Subject) {
    let events = [
        starting(1, &club(1), 300),
        starting(2, &club(2), 100),
        starting(3, &club(1), 200),
        starting(4, &club(2), 200),
        starting(5, &club(1), 200),
        starting(6, &club(1), -9_000),
    ];
    registered_for(subject, &events).await;
    let expected = ["Event 6", "Event 2", "Event 3", "Event 4", "Event 5", "Event 1"];
    for limit in 1..=7 {
        assert_eq!(listed(subject, When::Any, limit).await, expected, "{limit} a page");
        assert_eq!(listed(subject, When::Upcoming(START), limit).await, expected[1..], "{limit} a page");
    }
}

/// An event is past from its end on, not from its start.
pub async fn upcoming_and_past_part_at_the_end_of_the_event(subject: &Subject) {
    let events = [
        starting(1, &club(1), -3_601),
        starting(2, &club(1), -3_600),
        starting(3, &club(1), -3_599),
        starting(4, &club(1), 0),
    ];
    registered_for(subject, &events).await;
    assert_eq!(listed(subject, When::Upcoming(START), 50).await, ["Event 3", "Event 4"]);
    assert_eq!(listed(subject, When::Past(START), 50).await, ["Event 2", "Event 1"]);
}

/// The past is read backwards, page by page.
pub async fn the_past_is_listed_latest_first_without_gap_or_duplicate(subject: &Subject) {
    let events = [
        starting(1, &club(1), -9_000),
        starting(2, &club(1), -5_000),
        starting(3, &club(2), -7_000),
        starting(4, &club(1), -7_000),
        starting(5, &club(1), -7_000),
        starting(6, &club(1), 10),
    ];
    registered_for(subject, &events).await;
    let expected = ["Event 2", "Event 5", "Event 4", "Event 3", "Event 1"];
    for limit in 1..=6 {
        assert_eq!(listed(subject, When::Past(START), limit).await, expected, "{limit} a page");
    }
}
