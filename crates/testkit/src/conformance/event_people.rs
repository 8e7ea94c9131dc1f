//! Behaviours of `EventRepository::lock_with_people`.

use spotter_domain::club::Role;
use spotter_domain::event::{Event, EventStatus, KnownPerson, PeopleRequest};
use spotter_domain::id::EventId;

use super::Subject;
use crate::fixtures::{Seed, account, club, event, membership};

/// Events 1 and 4 are public; 2 is in preparation, 3 was called off before anybody saw it. Event 4 is another
/// club's.
fn seed() -> Seed {
    let called_off = Event { status: EventStatus::Cancelled, published_at: None, ..event(3, &club(1), 5) };
    Seed {
        accounts: (1..=4).map(account).collect(),
        clubs: vec![club(1), club(2)],
        memberships: vec![
            membership(&club(1), &account(1), Role::Coach),
            membership(&club(2), &account(2), Role::Member),
            membership(&club(1), &account(3), Role::Member),
        ],
        events: vec![
            event(1, &club(1), 5),
            Event { status: EventStatus::Draft, published_at: None, ..event(2, &club(1), 5) },
            called_off,
            event(4, &club(2), 5),
        ],
        ..Seed::default()
    }
}

async fn known(subject: &Subject, ids: &[EventId], people: &PeopleRequest) -> Vec<Vec<KnownPerson>> {
    let mut work = subject.begin().await;
    let plain = work.events().lock(ids).await.unwrap();
    let locked = work.events().lock_with_people(ids, people).await.unwrap();
    assert_eq!(locked.iter().map(|(locked, _)| locked.clone()).collect::<Vec<_>>(), plain);
    let mut known: Vec<_> = locked.into_iter().map(|(_, known)| known).collect();
    for people in &mut known {
        people.sort_by_key(|person| person.account);
    }
    known
}

fn person(number: u64, role: Option<Role>) -> KnownPerson {
    KnownPerson { account: account(number).id, role }
}

/// By event id, whoever exists with the role in the club of that event; some are asked for only where the
/// public may not look.
pub async fn people_are_known_by_their_role_in_the_club_of_each_event(subject: &Subject) {
    subject.save(seed()).await;
    let people = |numbers: &[u64]| numbers.iter().map(|number| account(*number).id).collect();
    let ids = [4, 2, 3, 1, 9, 2].map(|number| event(number, &club(1), 5).id);
    let (coach, member) = (Some(Role::Coach), Some(Role::Member));

    let request = PeopleRequest { always: people(&[2, 1, 99, 1]), if_hidden: people(&[3, 4, 98, 1]) };
    let public = vec![person(1, coach), person(2, None)];
    let hidden = vec![person(1, coach), person(2, None), person(3, member), person(4, None)];
    let of_another = vec![person(1, None), person(2, member)];
    let expected = [public.clone(), hidden.clone(), hidden, of_another];
    assert_eq!(known(subject, &ids, &request).await, expected);

    let always = PeopleRequest { if_hidden: Vec::new(), ..request.clone() };
    assert_eq!(known(subject, &ids[3..4], &always).await, [public]);
    let if_hidden = PeopleRequest { always: Vec::new(), if_hidden: people(&[3]) };
    assert_eq!(known(subject, &ids[..2], &if_hidden).await, [vec![person(3, member)], vec![]]);
}

/// Without people it is a lock like any other; without events it is nothing.
pub async fn events_are_locked_with_nobody(subject: &Subject) {
    subject.save(seed()).await;
    let ids = [4, 2].map(|number| event(number, &club(1), 5).id);
    assert_eq!(known(subject, &ids, &PeopleRequest::default()).await, [vec![], vec![]]);
    let somebody = PeopleRequest { always: vec![account(1).id], if_hidden: Vec::new() };
    assert_eq!(known(subject, &[], &somebody).await, Vec::<Vec<KnownPerson>>::new());
    let nobody = PeopleRequest { always: vec![account(99).id], if_hidden: Vec::new() };
    assert_eq!(known(subject, &ids, &nobody).await, [vec![], vec![]]);
}
