//! Behaviours of `EventQueries::list`.

use spotter_domain::event::{Audience, Event, EventFilter, EventPhase, EventStatus, EventView, Schedule};
use spotter_domain::page::PageRequest;

use super::{Subject, walk};
use crate::clock::START;
use crate::fixtures::{Seed, after, club, event, schedule};

/// Events of which each is told by its number alone.
async fn with_events(subject: &Subject, events: &[Event]) {
    let clubs = vec![club(1), club(2)];
    subject.save(Seed { clubs, events: events.to_vec(), ..Seed::default() }).await;
}

fn staff() -> EventFilter {
    EventFilter { now: START, audience: Audience::Staff, ..EventFilter::default() }
}

/// The titles of what a filter finds.
async fn found(subject: &Subject, filter: &EventFilter) -> Vec<String> {
    let page = subject.events.list(club(1).id, filter, PageRequest::default()).await.unwrap();
    assert_eq!(page.next, None);
    page.items.into_iter().map(|event| event.title).collect()
}

/// Events that start together are in the order of their ids, and a page may end between them.
pub async fn events_are_listed_by_start_without_gap_or_duplicate(subject: &Subject) {
    let at = |number, starts_after| Event { schedule: schedule(starts_after), ..event(number, &club(1), 5) };
    let events = [at(5, 100), at(1, 300), at(4, 200), at(3, 200), at(2, 200), at(6, 400)];
    let elsewhere = Event { schedule: schedule(150), ..event(7, &club(2), 5) };
    with_events(subject, &[events.as_slice(), &[elsewhere]].concat()).await;

    let expected: Vec<_> = [at(5, 100), at(2, 200), at(3, 200), at(4, 200), at(1, 300), at(6, 400)]
        .iter()
        .map(|event| EventView::new(event, &club(1).slug, &club(1).time_zone))
        .collect();
    for limit in 1..=7 {
        let listed = walk(limit, async |page| subject.events.list(club(1).id, &staff(), page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
    let nobodys = subject.events.list(club(3).id, &staff(), PageRequest::default()).await.unwrap();
    assert_eq!(nobodys.items, []);
}

/// `from` keeps what ends after it, `to` what starts before it.
pub async fn a_list_begins_after_one_instant_and_ends_before_another(subject: &Subject) {
    let from_to = |number, starts, ends| Event {
        schedule: Schedule::new(after(starts), after(ends), None).unwrap(),
        ..event(number, &club(1), 5)
    };
    with_events(
        subject,
        &[from_to(1, 0, 100), from_to(2, 50, 101), from_to(3, 199, 300), from_to(4, 200, 300)],
    )
    .await;

    let between = |from: Option<i64>, to: Option<i64>| EventFilter {
        from: from.map(after),
        to: to.map(after),
        ..staff()
    };
    for (from, to, numbers) in [
        (None, None, vec![1, 2, 3, 4]),
        (Some(100), None, vec![2, 3, 4]),
        (Some(99), None, vec![1, 2, 3, 4]),
        (None, Some(200), vec![1, 2, 3]),
        (None, Some(0), vec![]),
        (Some(100), Some(200), vec![2, 3]),
        (Some(300), None, vec![]),
    ] {
        let titles: Vec<_> = numbers.iter().map(|number| format!("Event {number}")).collect();
        assert_eq!(found(subject, &between(from, to)).await, titles, "from {from:?} to {to:?}");
    }
}

/// A microsecond parts what ends, starts and follows; a time without a fraction is no special case.
pub async fn instants_count_to_the_microsecond(subject: &Subject) {
    let at = |number, starts: &str| Event {
        schedule: Schedule::new(starts.parse().unwrap(), "2027-01-04T15:00:00.5Z".parse().unwrap(), None)
            .unwrap(),
        ..event(number, &club(1), 5)
    };
    let events = [
        at(3, "2027-01-04T13:00:00Z"),
        at(2, "2027-01-04T13:00:00.000001Z"),
        at(1, "2027-01-04T13:00:00.1Z"),
        at(4, "2027-01-04T12:59:59.999999Z"),
    ];
    with_events(subject, &events).await;

    let in_order = ["Event 4", "Event 3", "Event 2", "Event 1"];
    for limit in [1, 2, 4] {
        let listed = walk(limit, async |page| subject.events.list(club(1).id, &staff(), page).await).await;
        assert_eq!(listed.iter().map(|event| event.title.as_str()).collect::<Vec<_>>(), in_order);
    }
    for (to, count) in
        [("2027-01-04T13:00:00Z", 1), ("2027-01-04T13:00:00.000001Z", 2), ("2027-01-04T13:00:00.1Z", 3)]
    {
        let filter = EventFilter { to: Some(to.parse().unwrap()), ..staff() };
        assert_eq!(found(subject, &filter).await, in_order[..count], "to {to}");
    }
    for (from, count) in
        [("2027-01-04T15:00:00Z", 4), ("2027-01-04T15:00:00.499999Z", 4), ("2027-01-04T15:00:00.5Z", 0)]
    {
        let filter = EventFilter { from: Some(from.parse().unwrap()), ..staff() };
        assert_eq!(found(subject, &filter).await.len(), count, "from {from}");
    }
}

/// What is published is completed from its end on; the other phases are states.
pub async fn phases_follow_from_the_clock(subject: &Subject) {
    let events = [
        Event { schedule: schedule(-3_600), ..event(1, &club(1), 5) },
        Event { schedule: schedule(-3_599), ..event(2, &club(1), 5) },
        Event { schedule: schedule(10), ..event(3, &club(1), 5) },
        Event {
            status: EventStatus::Draft,
            published_at: None,
            schedule: schedule(-9_000),
            ..event(4, &club(1), 5)
        },
        Event { status: EventStatus::Cancelled, schedule: schedule(-9_000), ..event(5, &club(1), 5) },
    ];
    with_events(subject, &events).await;

    for (phase, titles) in [
        (EventPhase::Completed, vec!["Event 1"]),
        (EventPhase::Published, vec!["Event 2", "Event 3"]),
        (EventPhase::Draft, vec!["Event 4"]),
        (EventPhase::Cancelled, vec!["Event 5"]),
    ] {
        let filter = EventFilter { phase: Some(phase), ..staff() };
        assert_eq!(found(subject, &filter).await, titles, "{phase:?}");
    }
    let later = EventFilter { phase: Some(EventPhase::Completed), now: after(1), ..staff() };
    assert_eq!(found(subject, &later).await, ["Event 1", "Event 2"]);
}

/// Staff see everything; everybody else neither drafts nor what was cancelled as a draft.
pub async fn the_public_sees_what_was_published(subject: &Subject) {
    let of = |number, status, published_at| Event { status, published_at, ..event(number, &club(1), 5) };
    let events = [
        of(1, EventStatus::Published, Some(START)),
        of(2, EventStatus::Cancelled, Some(START)),
        of(3, EventStatus::Cancelled, None),
        of(4, EventStatus::Draft, None),
    ];
    with_events(subject, &events).await;

    let public = EventFilter { audience: Audience::Public, ..staff() };
    assert_eq!(found(subject, &public).await, ["Event 1", "Event 2"]);
    assert_eq!(found(subject, &staff()).await, ["Event 1", "Event 2", "Event 3", "Event 4"]);
    let cancelled = EventFilter { phase: Some(EventPhase::Cancelled), ..public };
    assert_eq!(found(subject, &cancelled).await, ["Event 2"]);
    let drafts = EventFilter { phase: Some(EventPhase::Draft), ..cancelled };
    assert_eq!(found(subject, &drafts).await, Vec::<String>::new());
}
