//! Behaviours of `EventQueries::by_id`.

use spotter_domain::club::Role;
use spotter_domain::event::{Capacity, Event, EventStatus, EventView, Schedule, ViewedEvent};
use spotter_domain::text::{Description, Location};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting, WaitlistPolicy};

use super::Subject;
use crate::fixtures::{Seed, account, after, club, event, membership};

/// The role is that of whoever asks in the club of the event; drafts are found, too.
pub async fn an_event_is_shown_with_the_role_of_the_viewer(subject: &Subject) {
    let draft = Event { status: EventStatus::Draft, published_at: None, ..event(1, &club(1), 5) };
    subject
        .save(Seed {
            accounts: vec![account(1), account(2)],
            clubs: vec![club(1), club(2)],
            memberships: vec![
                membership(&club(1), &account(1), Role::Coach),
                membership(&club(2), &account(2), Role::Owner),
            ],
            events: vec![draft.clone(), event(2, &club(2), 5)],
            ..Seed::default()
        })
        .await;

    for (viewer, role) in [
        (None, None),
        (Some(account(1).id), Some(Role::Coach)),
        (Some(account(2).id), None),
        (Some(account(3).id), None),
    ] {
        let expected = ViewedEvent {
            club: club(1).id,
            event: EventView::new(&draft, &club(1).slug, &club(1).time_zone),
            role,
        };
        assert_eq!(subject.events.by_id(draft.id, viewer).await.unwrap(), Some(expected));
    }
    assert_eq!(subject.events.by_id(event(3, &club(1), 5).id, None).await.unwrap(), None);
}

/// Every field of the view is the event's, or its club's.
pub async fn an_event_is_shown_in_full(subject: &Subject) {
    let waiting = Waiting { parties: 2, seats: 4 };
    let full = Event {
        description: Some(Description::parse("Two\nlines").unwrap()),
        location: Some(Location::parse("Hall A").unwrap()),
        schedule: Schedule::new(after(600), after(900), Some(after(300))).unwrap(),
        waitlist: WaitlistPolicy::UpTo(9),
        roster: Roster::restore(Capacity::new(8).unwrap(), 6, waiting, QueueNumber::new(20)).unwrap(),
        version: 3,
        ..event(1, &club(1), 8)
    };
    let closed = Event { waitlist: WaitlistPolicy::Closed, ..event(2, &club(1), 8) };
    let open = event(3, &club(1), 8);
    let events = vec![full.clone(), closed.clone(), open.clone()];
    subject.save(Seed { clubs: vec![club(1)], events, ..Seed::default() }).await;

    let shown = subject.events.by_id(full.id, None).await.unwrap().unwrap();
    let expected = EventView {
        id: full.id,
        club: "club-1".to_owned(),
        title: "Event 1".to_owned(),
        description: Some("Two\nlines".to_owned()),
        location: Some("Hall A".to_owned()),
        starts_at: after(600),
        ends_at: after(900),
        cutoff_at: Some(after(300)),
        time_zone: "Europe/Zurich".to_owned(),
        status: EventStatus::Published,
        published_at: full.published_at,
        capacity: 8,
        confirmed: 6,
        waitlisted: 4,
        waitlist_enabled: true,
        waitlist_capacity: Some(9),
        version: 3,
    };
    assert_eq!((shown.club, shown.event), (club(1).id, expected));
    for (event, waitlist) in [(closed, (false, None)), (open, (true, None))] {
        let shown = subject.events.by_id(event.id, None).await.unwrap().unwrap().event;
        assert_eq!((shown.waitlist_enabled, shown.waitlist_capacity), waitlist);
        assert_eq!((shown.description, shown.location, shown.cutoff_at), (None, None, None));
    }
}
