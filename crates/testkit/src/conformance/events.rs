//! Behaviours of `EventRepository`.

use spotter_domain::club::{Club, TimeZoneName};
use spotter_domain::event::{Capacity, Event, EventStatus, LockedEvent, PeopleRequest, Schedule};
use spotter_domain::id::EventId;
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::{PassLimit, QueueNumber, Roster, Waiting, WaitlistPolicy};
use spotter_domain::{Store, StoreError};

use super::Subject;
use crate::fixtures::{Seed, account, after, club, event, registration, schedule};

/// An event in which every field that may be empty is not, and all counters differ.
fn full(number: u64) -> Event {
    Event {
        title: Title::parse("Früh-Yoga").unwrap(),
        description: Some(Description::parse("Bring a mat.\nAnd a towel.").unwrap()),
        location: Some(Location::parse("Hall \"B\", 2nd floor").unwrap()),
        schedule: Schedule::new(
            "2027-03-28T00:30:00.000001Z".parse().unwrap(),
            "2027-03-28T02:30:00.999999Z".parse().unwrap(),
            Some("2027-03-27T12:00:00.5Z".parse().unwrap()),
        )
        .unwrap(),
        status: EventStatus::Published,
        published_at: Some(after(-3_600)),
        waitlist: WaitlistPolicy::UpTo(17),
        roster: roster(20, 13, 5, 31),
        version: 4,
        created_at: after(-7_200),
        ..event(number, &club(1), 20)
    }
}

/// An event in which every field that may be empty is.
fn bare(number: u64) -> Event {
    Event {
        status: EventStatus::Draft,
        published_at: None,
        waitlist: WaitlistPolicy::Closed,
        ..event(number, &club(1), Capacity::MAX)
    }
}

/// A roster in which every number differs: so many seats are waited for by one party fewer.
fn roster(capacity: u32, confirmed: u32, waitlisted: u32, next: u64) -> Roster {
    let waiting = Waiting { parties: waitlisted.saturating_sub(1), seats: waitlisted };
    Roster::restore(Capacity::new(capacity).unwrap(), confirmed, waiting, QueueNumber::new(next)).unwrap()
}

async fn locked(store: &dyn Store, ids: &[EventId]) -> Vec<Event> {
    let mut work = store.begin().await.unwrap();
    work.events().lock(ids).await.unwrap().into_iter().map(|locked| locked.event).collect()
}

/// Those alone in which somebody could be seated: published, to come, with free seats and people waiting.
pub async fn events_with_held_seats_are_found_in_portions(subject: &Subject) {
    let held = |number| Event { roster: roster(10, 8, 3, 12), ..event(number, &club(1), 10) };
    let events = vec![
        held(1),
        Event { roster: roster(10, 10, 3, 14), ..event(2, &club(1), 10) },
        Event { roster: roster(10, 8, 0, 9), ..event(3, &club(1), 10) },
        Event { status: EventStatus::Draft, published_at: None, ..held(4) },
        Event { status: EventStatus::Cancelled, ..held(5) },
        Event { schedule: schedule(-60), ..held(6) },
        held(7),
        Event { roster: roster(10, 8, 3, 12), ..event(8, &club(2), 10) },
        held(9),
    ];
    let clubs = vec![club(1), club(2)];
    subject.save(Seed { clubs, events: events.clone(), ..Seed::default() }).await;

    let mut work = subject.store.begin().await.unwrap();
    let mut portion = async |last: Option<EventId>| {
        work.events().with_held_seats(club(1).id, after(0), last, 2).await.unwrap()
    };
    assert_eq!(portion(None).await, [events[0].id, events[6].id]);
    assert_eq!(portion(Some(events[6].id)).await, [events[8].id]);
    assert_eq!(portion(Some(events[8].id)).await, []);
}

/// Every field survives, empty or not.
pub async fn events_come_back_as_they_were_written(subject: &Subject) {
    let cancelled = Event { status: EventStatus::Cancelled, waitlist: WaitlistPolicy::UpTo(0), ..full(3) };
    let events = vec![full(1), bare(2), cancelled, event(4, &club(1), 1)];
    subject.save(Seed { clubs: vec![club(1)], events: events.clone(), ..Seed::default() }).await;

    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(locked(subject.store.as_ref(), &ids).await, events);
}

/// However the ids are given, the events come in the order of their ids, each once.
pub async fn locks_are_taken_in_order_and_leave_out_what_is_not_there(subject: &Subject) {
    let events: Vec<_> = [3, 1, 2].map(|number| event(number, &club(1), 5)).into();
    subject.save(Seed { clubs: vec![club(1)], events, ..Seed::default() }).await;

    let ids = [3, 9, 1, 3].map(|number| event(number, &club(1), 5).id);
    let expected = [event(1, &club(1), 5), event(3, &club(1), 5)];
    assert_eq!(locked(subject.store.as_ref(), &ids).await, expected);
    assert_eq!(locked(subject.store.as_ref(), &[]).await, []);
}

/// A decision needs the club's pass limit, an answer its slug and zone.
pub async fn a_locked_event_brings_its_club_along(subject: &Subject) {
    let strict = Club {
        pass_limit: PassLimit::new(0).unwrap(),
        time_zone: TimeZoneName::parse("America/Lima").unwrap(),
        ..club(2)
    };
    let events = vec![event(1, &club(1), 5), event(2, &strict, 5)];
    subject
        .save(Seed { clubs: vec![club(1), strict.clone()], events: events.clone(), ..Seed::default() })
        .await;

    let expected: Vec<_> = [club(1), strict]
        .into_iter()
        .zip(events)
        .map(|(club, event)| LockedEvent {
            event,
            club_slug: club.slug,
            time_zone: club.time_zone,
            pass_limit: club.pass_limit,
        })
        .collect();
    let ids: Vec<_> = expected.iter().map(|locked| locked.event.id).collect();
    let mut work = subject.begin().await;
    assert_eq!(work.events().lock(&ids).await.unwrap(), expected);
}

/// An update writes what is there and empties what is not; other events stay.
pub async fn an_update_writes_the_event_in_whole(subject: &Subject) {
    let events = vec![bare(1), full(2), full(3)];
    subject.save(Seed { clubs: vec![club(1)], events, ..Seed::default() }).await;

    let (filled, emptied) = (full(1), bare(2));
    let mut work = subject.begin().await;
    let ids = [filled.id, emptied.id, full(3).id];
    work.events().lock(&ids).await.unwrap();
    work.events().update(&filled).await.unwrap();
    work.events().update(&Event { created_at: full(2).created_at, ..emptied.clone() }).await.unwrap();
    work.commit().await.unwrap();

    let found = locked(subject.store.as_ref(), &ids).await;
    // When an event was made is not something that an update may change, so it is not compared here.
    let made = |event: Event, like: &Event| Event { created_at: like.created_at, ..event };
    assert_eq!(found[0], made(filled, &found[0]));
    assert_eq!(found[1], made(emptied, &found[1]));
    assert_eq!(found[2], full(3));
}

/// A statement that should have touched a row and touched none is an error.
pub async fn an_event_that_is_not_there_cannot_be_written(subject: &Subject) {
    subject.save(Seed { clubs: vec![club(1)], events: vec![event(1, &club(1), 5)], ..Seed::default() }).await;

    let absent = event(2, &club(1), 5);
    let refused = subject.begin().await.events().update(&absent).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    let both = [(event(1, &club(1), 5).id, roster(5, 1, 0, 2)), (absent.id, roster(5, 1, 0, 2))];
    let refused = subject.begin().await.events().save_rosters(&both).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert_eq!(locked(subject.store.as_ref(), &[both[0].0]).await, [event(1, &club(1), 5)]);
}

/// Saving counters changes neither the version nor anything else, and no event that was not named.
pub async fn rosters_are_saved_and_nothing_else(subject: &Subject) {
    let events = vec![full(1), event(2, &club(1), 8), full(3)];
    subject.save(Seed { clubs: vec![club(1)], events: events.clone(), ..Seed::default() }).await;

    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    let saved = [(ids[1], roster(8, 8, 2, 11)), (ids[0], roster(20, 0, 0, 9_000_000_000))];
    let mut work = subject.begin().await;
    work.events().lock(&ids).await.unwrap();
    work.events().save_rosters(&saved).await.unwrap();
    work.events().save_rosters(&[]).await.unwrap();
    work.commit().await.unwrap();

    let expected = [
        Event { roster: saved[1].1, ..full(1) },
        Event { roster: saved[0].1, ..event(2, &club(1), 8) },
        full(3),
    ];
    assert_eq!(locked(subject.store.as_ref(), &ids).await, expected);
}

/// Units of work that decide upon one event at once follow one another: no count is lost, no number given
/// twice.
pub async fn whoever_locks_second_sees_what_the_first_wrote(subject: &Subject) {
    const WRITERS: u32 = 12;
    let target = Event { schedule: schedule(60), ..event(1, &club(1), 100) };
    let accounts = (1..=u64::from(WRITERS)).map(account).collect();
    let events = vec![target.clone()];
    subject.save(Seed { accounts, clubs: vec![club(1)], events, ..Seed::default() }).await;

    let writers: Vec<_> = (1..=u64::from(WRITERS))
        .map(|number| {
            let (store, id) = (std::sync::Arc::clone(&subject.store), target.id);
            tokio::spawn(async move {
                let mut work = store.begin().await.unwrap();
                let event = if number % 2 == 0 {
                    work.events().lock(&[id]).await.unwrap().remove(0).event
                } else {
                    let people = PeopleRequest { always: vec![account(number).id], if_hidden: Vec::new() };
                    work.events().lock_with_people(&[id], &people).await.unwrap().remove(0).0.event
                };
                let number_given = event.roster.next_number();
                // Others get a chance to come in between, were there no lock.
                tokio::task::yield_now().await;
                let arrived = spotter_domain::registration::Registration {
                    queue_number: number_given,
                    ..registration(number, &event, &account(number))
                };
                work.registrations().save(&[arrived], &[]).await.unwrap();
                let counted =
                    roster(100, event.roster.confirmed() + 1, 0, event.roster.next_number().next().get());
                work.events().save_rosters(&[(id, counted)]).await.unwrap();
                work.commit().await.unwrap();
                number_given.get()
            })
        })
        .collect();
    let mut given = Vec::new();
    for writer in writers {
        given.push(writer.await.unwrap());
    }
    given.sort_unstable();

    assert_eq!(given, (1..=u64::from(WRITERS)).collect::<Vec<_>>());
    let found = locked(subject.store.as_ref(), &[target.id]).await.remove(0);
    assert_eq!(found.roster, roster(100, WRITERS, 0, u64::from(WRITERS) + 1));
}
