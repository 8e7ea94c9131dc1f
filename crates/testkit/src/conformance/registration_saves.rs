//! Behaviours of `RegistrationRepository::save`.

use spotter_domain::StoreError;
use spotter_domain::registration::{PartySize, Registration, RegistrationStatus};
use spotter_domain::waitlist::QueueNumber;

use super::Subject;
use super::registrations::{an_event, assert_conflict, claim, stored};
use crate::fixtures::{account, after, club, event, registration};

/// Writes and commits; the unit of work is committed even after an error, which must undo it all.
async fn saved(
    subject: &Subject,
    arrivals: &[Registration],
    changed: &[Registration],
) -> Result<(), StoreError> {
    let mut work = subject.begin().await;
    let answer = work.registrations().save(arrivals, changed).await;
    assert_eq!(work.commit().await.is_ok(), answer.is_ok());
    answer
}

/// A registration of person `person` for the second event.
fn elsewhere(number: u64, person: u64) -> Registration {
    registration(number, &event(2, &club(1), 10), &account(person))
}

fn assert_corrupt(answer: &Result<(), StoreError>) {
    assert!(matches!(answer, Err(StoreError::Corrupt { .. })), "{answer:?}");
}

/// Status and passes are written of those that were there, of any events, and nothing else of them.
pub async fn what_changed_is_saved_and_nothing_else(subject: &Subject) {
    subject.save(an_event()).await;
    let party = PartySize::new(3).unwrap();
    let all = [claim(1, 1, RegistrationStatus::Waitlisted), claim(2, 2, RegistrationStatus::Waitlisted)]
        .into_iter()
        .chain([claim(3, 3, RegistrationStatus::Waitlisted), elsewhere(9, 1)])
        .map(|held| Registration { party_size: party, registered_at: after(5), ..held });
    let all: Vec<_> = all.collect();
    saved(subject, &all, &[]).await.unwrap();

    let mut changed = vec![all[3].clone(), all[1].clone(), all[0].clone()];
    changed[0].status = RegistrationStatus::Attended;
    changed[1].status = RegistrationStatus::Confirmed;
    changed[2].passes = 4;
    saved(subject, &[], &changed).await.unwrap();
    for known in &changed {
        assert_eq!(stored(subject, known).await.as_ref(), Some(known));
    }
    assert_eq!(stored(subject, &all[2]).await, Some(all[2].clone()));

    // What else is given of them is not looked at: it can't have changed.
    let odd =
        Registration { party_size: PartySize::default(), registered_at: after(9), ..changed[2].clone() };
    saved(subject, &[], &[odd]).await.unwrap();
    assert_eq!(stored(subject, &changed[2]).await.as_ref(), Some(&changed[2]));
}

/// Arrivals of any status and changes, of several events, in one go.
pub async fn arrivals_and_changes_are_saved_at_once(subject: &Subject) {
    subject.save(an_event()).await;
    let mut before = [claim(1, 1, RegistrationStatus::Waitlisted), elsewhere(2, 2)];
    saved(subject, &before, &[]).await.unwrap();

    before[0].status = RegistrationStatus::Confirmed;
    before[1].passes = 7;
    let arrivals = [
        claim(3, 3, RegistrationStatus::Waitlisted),
        claim(4, 4, RegistrationStatus::Cancelled),
        Registration { status: RegistrationStatus::NoShow, ..elsewhere(5, 5 - 1) },
    ];
    saved(subject, &arrivals, &before).await.unwrap();
    for registration in before.iter().chain(&arrivals) {
        assert_eq!(stored(subject, registration).await.as_ref(), Some(registration));
    }
}

/// What changed is written before what arrived: a place that was given up is in nobody's way.
pub async fn r2_whoever_gives_a_place_up_may_come_back_in_the_same_go(subject: &Subject) {
    subject.save(an_event()).await;
    let mut people = [1, 2, 3].map(|person| claim(person, person, RegistrationStatus::Confirmed));
    saved(subject, &people, &[]).await.unwrap();

    for held in &mut people {
        held.status = RegistrationStatus::Cancelled;
    }
    let back = [3, 1, 2].map(|person| claim(10 + person, person, RegistrationStatus::Waitlisted));
    saved(subject, &back, &people).await.unwrap();
    for registration in people.iter().chain(&back) {
        assert_eq!(stored(subject, registration).await.as_ref(), Some(registration));
    }
}

/// One arrival that is in the way of another spoils it all.
pub async fn an_arrival_that_conflicts_undoes_the_changes(subject: &Subject) {
    subject.save(an_event()).await;
    let before = claim(1, 1, RegistrationStatus::Waitlisted);
    saved(subject, std::slice::from_ref(&before), &[]).await.unwrap();

    let changed = [Registration { passes: 1, ..before.clone() }];
    let second = claim(2, 1, RegistrationStatus::Confirmed);
    let good = claim(3, 3, RegistrationStatus::Confirmed);
    assert_conflict(&saved(subject, &[good.clone(), second], &changed).await);
    let same_number = Registration { queue_number: QueueNumber::new(1), ..claim(4, 4, good.status) };
    assert_conflict(&saved(subject, &[same_number], &changed).await);
    // It has an id that another has, of another event.
    let same_id = Registration { id: before.id, ..elsewhere(5, 4) };
    assert!(saved(subject, &[same_id], &changed).await.is_err());
    assert_eq!(stored(subject, &before).await, Some(before));
    assert_eq!(stored(subject, &good).await, None);
}

/// Something that should have been there and was not is an error, and nothing is written.
pub async fn a_change_of_what_is_not_there_undoes_it_all(subject: &Subject) {
    subject.save(an_event()).await;
    let there = claim(1, 1, RegistrationStatus::Waitlisted);
    saved(subject, std::slice::from_ref(&there), &[]).await.unwrap();

    let confirmed = Registration { status: RegistrationStatus::Confirmed, ..there.clone() };
    let absent = claim(2, 2, RegistrationStatus::Waitlisted);
    let of_another = Registration { event: elsewhere(1, 1).event, ..confirmed.clone() };
    let new = claim(3, 3, RegistrationStatus::Confirmed);
    for arrivals in [&[][..], std::slice::from_ref(&new)] {
        assert_corrupt(&saved(subject, arrivals, &[confirmed.clone(), absent.clone()]).await);
        assert_corrupt(&saved(subject, arrivals, std::slice::from_ref(&of_another)).await);
        for (registration, expected) in [(&there, Some(there.clone())), (&absent, None), (&new, None)] {
            assert_eq!(stored(subject, registration).await, expected);
        }
    }
}
