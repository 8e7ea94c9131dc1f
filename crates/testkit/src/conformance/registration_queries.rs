//! Behaviours of `RegistrationQueries` about one event.

use spotter_domain::club::Role;
use spotter_domain::page::PageRequest;
use spotter_domain::registration::{
    Decision, Outcome, PartySize, Reason, Registration, RegistrationListItem, RegistrationStatus,
    RegistrationView, ViewedRegistration, Whereabouts,
};
use spotter_domain::waitlist::QueueNumber;

use super::registrations::{an_event, claim};
use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, club, decision_id, event, membership, registration};

/// The queue of the first event: numbers 2, 3, 5 and 6 wait; 1 has seats, 4 is cancelled. Who was cancelled
/// has come back as number 6.
fn a_queue() -> Vec<Registration> {
    vec![
        claim(6, 4, RegistrationStatus::Waitlisted),
        claim(5, 5, RegistrationStatus::Waitlisted),
        claim(4, 4, RegistrationStatus::Cancelled),
        claim(3, 3, RegistrationStatus::Waitlisted),
        claim(2, 2, RegistrationStatus::Waitlisted),
        claim(1, 1, RegistrationStatus::Confirmed),
    ]
}

fn with_queue() -> Seed {
    let mut registrations = a_queue();
    registrations.push(Registration {
        status: RegistrationStatus::Waitlisted,
        queue_number: QueueNumber::new(1),
        ..registration(9, &event(2, &club(1), 10), &account(1))
    });
    Seed { accounts: (1..=5).map(account).collect(), registrations, ..an_event() }
}

/// Every field is the registration's, and the log comes with it.
pub async fn a_registration_is_shown_in_full(subject: &Subject) {
    let waiting = Registration {
        party_size: PartySize::new(4).unwrap(),
        passes: 2,
        registered_at: after(-5),
        ..claim(7, 1, RegistrationStatus::Waitlisted)
    };
    let line = |number, outcome, reason| Decision {
        id: decision_id(number),
        club: club(1).id,
        registration: waiting.id,
        at: after(1),
        outcome,
        reason,
    };
    let decisions = vec![
        line(1, Outcome::Waitlisted, Reason::NotEnoughSeats { free: 3 }),
        line(2, Outcome::PassedOver, Reason::SeatsHeld { free: 1 }),
    ];
    let confirmed = claim(8, 2, RegistrationStatus::Confirmed);
    subject
        .save(Seed {
            registrations: vec![waiting.clone(), confirmed.clone()],
            decisions: decisions.iter().rev().cloned().collect(),
            ..an_event()
        })
        .await;

    let shown = subject.registrations.by_id(waiting.id, account(1).id).await.unwrap().unwrap();
    let expected = RegistrationView {
        id: waiting.id,
        event: event(1, &club(1), 10).id,
        account: account(1).id,
        party_size: 4,
        status: RegistrationStatus::Waitlisted,
        queue_number: QueueNumber::new(7),
        position: Some(1),
        passes: 2,
        registered_at: after(-5),
        decisions,
    };
    assert_eq!(shown, ViewedRegistration { registration: expected, role: None });
    let shown = subject.registrations.by_id(confirmed.id, account(1).id).await.unwrap().unwrap();
    assert_eq!((shown.registration.position, shown.registration.decisions), (None, vec![]));
    let absent = claim(9, 1, RegistrationStatus::Confirmed).id;
    assert_eq!(subject.registrations.by_id(absent, account(1).id).await.unwrap(), None);
}

/// What never changes is known by the id alone, whatever became of the registration.
pub async fn whereabouts_are_what_never_changes(subject: &Subject) {
    let waiting = Registration {
        party_size: PartySize::new(4).unwrap(),
        ..claim(7, 2, RegistrationStatus::Waitlisted)
    };
    let gone = claim(8, 1, RegistrationStatus::Cancelled);
    subject.save(Seed { registrations: vec![waiting.clone(), gone.clone()], ..an_event() }).await;

    for registration in [waiting, gone] {
        let expected = Whereabouts {
            club: club(1).id,
            event: event(1, &club(1), 10).id,
            account: registration.account,
            party_size: registration.party_size,
        };
        assert_eq!(subject.registrations.whereabouts(registration.id).await.unwrap(), Some(expected));
    }
    let absent = claim(9, 1, RegistrationStatus::Confirmed).id;
    assert_eq!(subject.registrations.whereabouts(absent).await.unwrap(), None);
}

/// The role is the viewer's, not the registered person's.
pub async fn a_registration_is_shown_with_the_role_of_the_viewer(subject: &Subject) {
    let memberships = vec![
        membership(&club(1), &account(1), Role::Member),
        membership(&club(1), &account(2), Role::Coach),
        membership(&club(2), &account(3), Role::Owner),
    ];
    let of_one = claim(1, 1, RegistrationStatus::Confirmed);
    subject.save(Seed { memberships, registrations: vec![of_one.clone()], ..an_event() }).await;

    for (viewer, role) in [(1, Some(Role::Member)), (2, Some(Role::Coach)), (3, None), (4, None)] {
        let shown = subject.registrations.by_id(of_one.id, account(viewer).id).await.unwrap().unwrap();
        assert_eq!((shown.role, shown.registration.account), (role, account(1).id), "viewer {viewer}");
    }
}

/// Whoever has seats, has cancelled or waits for another event is not counted.
pub async fn positions_count_those_who_wait_before(subject: &Subject) {
    subject.save(with_queue()).await;
    let expected = [(1, None), (2, Some(1)), (3, Some(2)), (4, None), (5, Some(3)), (6, Some(4))];
    for (number, position) in expected {
        let id = a_queue().into_iter().find(|claim| claim.queue_number.get() == number).unwrap().id;
        let shown = subject.registrations.by_id(id, account(1).id).await.unwrap().unwrap();
        assert_eq!(shown.registration.position, position, "number {number}");
    }
}

/// The list, read page by page, is whole and in the order of the queue numbers, with true positions.
pub async fn registrations_of_an_event_are_listed_by_arrival_without_gap_or_duplicate(subject: &Subject) {
    subject.save(with_queue()).await;
    let positions = [None, Some(1), Some(2), None, Some(3), Some(4)];
    let mut arrivals = a_queue();
    arrivals.sort_by_key(|registration| registration.queue_number);
    let expected: Vec<_> = arrivals
        .into_iter()
        .zip(positions)
        .map(|(registration, position)| {
            let person =
                if registration.queue_number.get() == 6 { 4 } else { registration.queue_number.get() };
            RegistrationListItem {
                id: registration.id,
                event: registration.event,
                account: account(person).id,
                display_name: format!("Person {person}"),
                party_size: 1,
                status: registration.status,
                queue_number: registration.queue_number,
                position,
                passes: 0,
                registered_at: registration.registered_at,
            }
        })
        .collect();
    let of = event(1, &club(1), 10).id;
    for limit in 1..=7 {
        let listed =
            walk(limit, async |page| subject.registrations.of_event(club(1).id, of, None, page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
    let other = subject.registrations.of_event(club(2).id, of, None, PageRequest::default()).await.unwrap();
    assert_eq!(other.items, []);
}

/// A status that is asked for hides the others and changes no position.
pub async fn registrations_of_an_event_are_listed_by_status(subject: &Subject) {
    subject.save(with_queue()).await;
    let of = event(1, &club(1), 10).id;
    for (status, expected) in [
        (RegistrationStatus::Confirmed, vec![(1, None)]),
        (RegistrationStatus::Waitlisted, vec![(2, Some(1)), (3, Some(2)), (5, Some(3)), (6, Some(4))]),
        (RegistrationStatus::Cancelled, vec![(4, None)]),
        (RegistrationStatus::Attended, vec![]),
    ] {
        let listed =
            walk(3, async |page| subject.registrations.of_event(club(1).id, of, Some(status), page).await)
                .await;
        let found: Vec<_> = listed.iter().map(|item| (item.queue_number.get(), item.position)).collect();
        assert_eq!(found, expected, "{status:?}");
    }
}
