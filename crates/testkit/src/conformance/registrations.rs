//! Behaviours of `RegistrationRepository`, its logs apart.

use spotter_domain::StoreError;
use spotter_domain::registration::{
    PartySize, Registration, RegistrationState, RegistrationStatus, StandingRequest,
};
use spotter_domain::waitlist::QueueNumber;

use super::Subject;
use crate::clock::START;
use crate::fixtures::{Seed, account, after, club, event, registration};

/// Four people, two events, no registration.
pub(super) fn an_event() -> Seed {
    Seed {
        accounts: (1..=4).map(account).collect(),
        clubs: vec![club(1), club(2)],
        events: vec![event(1, &club(1), 10), event(2, &club(1), 10)],
        ..Seed::default()
    }
}

/// A registration of person `person` for the first event.
pub(super) fn claim(number: u64, person: u64, status: RegistrationStatus) -> Registration {
    Registration { status, ..registration(number, &event(1, &club(1), 10), &account(person)) }
}

async fn inserted(subject: &Subject, registrations: &[Registration]) -> Result<(), StoreError> {
    let mut work = subject.begin().await;
    work.registrations().save(registrations, &[]).await?;
    work.commit().await
}

pub(super) async fn stored(subject: &Subject, registration: &Registration) -> Option<Registration> {
    subject.begin().await.registrations().by_id(registration.id).await.unwrap()
}

pub(super) fn assert_conflict(answer: &Result<(), StoreError>) {
    assert!(matches!(answer, Err(StoreError::Conflict(_))), "{answer:?}");
}

/// Every field survives, whatever the status.
pub async fn registrations_come_back_as_they_were_written(subject: &Subject) {
    subject.save(an_event()).await;
    let full = Registration {
        party_size: PartySize::new(100).unwrap(),
        queue_number: QueueNumber::new(9_000_000_000),
        passes: 1_000,
        registered_at: "2027-01-01T00:00:00.000001Z".parse().unwrap(),
        ..claim(1, 1, RegistrationStatus::Waitlisted)
    };
    let others = [RegistrationStatus::Confirmed, RegistrationStatus::Attended, RegistrationStatus::NoShow];
    let mut all: Vec<_> = (2..).zip(others).map(|(number, status)| claim(number, number, status)).collect();
    all.push(claim(5, 1, RegistrationStatus::Cancelled));
    all.push(full);
    inserted(subject, &all).await.unwrap();

    for registration in all {
        assert_eq!(stored(subject, &registration).await, Some(registration));
    }
    assert_eq!(stored(subject, &claim(9, 1, RegistrationStatus::Confirmed)).await, None);
}

/// A batch may turn out empty.
pub async fn nothing_is_written_of_nothing(subject: &Subject) {
    subject.save(an_event()).await;
    let (club, event) = (club(1).id, event(1, &club(1), 10).id);
    let mut work = subject.begin().await;
    work.registrations().save(&[], &[]).await.unwrap();
    work.registrations().save_states(club, event, &[]).await.unwrap();
    work.registrations().append_decisions(&[]).await.unwrap();
    work.outbox().append(&[]).await.unwrap();
    work.idempotency().keep(&[], START).await.unwrap();
    assert_eq!(work.idempotency().claim(&[], START).await.unwrap(), []);
    assert_eq!(work.registrations().active_after(club, event, None, 10).await.unwrap(), []);
    work.commit().await.unwrap();
}

/// In portions, each after the last number of the one before.
pub async fn active_registrations_are_read_in_the_order_of_arrival(subject: &Subject) {
    subject.save(an_event()).await;
    let elsewhere = registration(9, &event(2, &club(1), 10), &account(1));
    let all = [
        claim(4, 4, RegistrationStatus::Waitlisted),
        claim(2, 2, RegistrationStatus::NoShow),
        claim(3, 3, RegistrationStatus::Cancelled),
        claim(1, 1, RegistrationStatus::Confirmed),
        elsewhere,
    ];
    inserted(subject, &all).await.unwrap();

    let (club, event) = (club(1).id, all[0].event);
    let mut work = subject.begin().await;
    for (after, limit, expected) in [
        (None, 10, vec![1, 2, 4]),
        (None, 2, vec![1, 2]),
        (Some(2), 2, vec![4]),
        (Some(1), 1, vec![2]),
        (Some(4), 5, vec![]),
    ] {
        let after = after.map(QueueNumber::new);
        let found = work.registrations().active_after(club, event, after, limit).await.unwrap();
        let numbers: Vec<_> = found.iter().map(|registration| registration.queue_number.get()).collect();
        assert_eq!(numbers, expected, "{limit} after {after:?}");
    }
}

/// Rule R2, enforced by the store itself.
pub async fn r2_a_second_active_registration_conflicts(subject: &Subject) {
    for (first, second) in [
        (RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted),
        (RegistrationStatus::Waitlisted, RegistrationStatus::Confirmed),
    ] {
        if stored(subject, &claim(1, 1, first)).await.is_none() {
            subject.save(an_event()).await;
            inserted(subject, &[claim(1, 1, first)]).await.unwrap();
        }
        let second = claim(2, 1, second);
        assert_conflict(&inserted(subject, std::slice::from_ref(&second)).await);
        assert_eq!(stored(subject, &second).await, None);
    }
    let elsewhere = registration(3, &event(2, &club(1), 10), &account(1));
    inserted(subject, &[elsewhere]).await.unwrap();
}

/// Rule R2 within one batch; nothing of the batch is written.
pub async fn r2_two_of_one_batch_conflict(subject: &Subject) {
    subject.save(an_event()).await;
    let batch = [
        claim(1, 1, RegistrationStatus::Confirmed),
        claim(2, 2, RegistrationStatus::Confirmed),
        claim(3, 2, RegistrationStatus::Waitlisted),
    ];
    assert_conflict(&inserted(subject, &batch).await);
    assert_eq!(stored(subject, &batch[0]).await, None);
}

/// Rule R7: whoever cancelled may register again, as often as they like.
pub async fn r2_a_cancelled_registration_is_in_nobodys_way(subject: &Subject) {
    subject.save(an_event()).await;
    let again = claim(3, 1, RegistrationStatus::Waitlisted);
    let cancelled = [1, 2].map(|number| claim(number, 1, RegistrationStatus::Cancelled));
    inserted(subject, &cancelled).await.unwrap();
    inserted(subject, std::slice::from_ref(&again)).await.unwrap();

    let mut work = subject.begin().await;
    let people = vec![(again.club, again.event, again.account)];
    let request = StandingRequest { people, ..StandingRequest::default() };
    assert_eq!(work.registrations().standing(&request).await.unwrap().active, [again]);
}

/// The index is asked on every way to an active registration, not on inserts alone.
pub async fn r2_a_cancelled_registration_cannot_come_back_beside_another(subject: &Subject) {
    subject.save(an_event()).await;
    let cancelled = claim(1, 1, RegistrationStatus::Cancelled);
    inserted(subject, &[cancelled.clone(), claim(2, 1, RegistrationStatus::Confirmed)]).await.unwrap();

    let back = RegistrationState { id: cancelled.id, status: RegistrationStatus::Confirmed, passes: 0 };
    let mut work = subject.begin().await;
    let refused = work.registrations().save_states(cancelled.club, cancelled.event, &[back]).await;
    assert_conflict(&refused);
}

/// Two registrations of one event never have the same number; of two events they may.
pub async fn a_queue_number_is_given_once(subject: &Subject) {
    subject.save(an_event()).await;
    inserted(subject, &[claim(1, 1, RegistrationStatus::Cancelled)]).await.unwrap();

    let same = QueueNumber::new(1);
    let taken = Registration { queue_number: same, ..claim(2, 2, RegistrationStatus::Confirmed) };
    assert_conflict(&inserted(subject, std::slice::from_ref(&taken)).await);
    assert_eq!(stored(subject, &taken).await, None);
    let elsewhere =
        Registration { queue_number: same, ..registration(3, &event(2, &club(1), 10), &account(1)) };
    inserted(subject, std::slice::from_ref(&elsewhere)).await.unwrap();
    assert_eq!(stored(subject, &elsewhere).await, Some(elsewhere));
}

/// Status and passes are written of those that are named, and nothing else of them.
pub async fn states_are_saved_and_nothing_else(subject: &Subject) {
    subject.save(an_event()).await;
    let party = PartySize::new(3).unwrap();
    let all = [1, 2, 3].map(|number| Registration {
        party_size: party,
        registered_at: after(5),
        ..claim(number, number, RegistrationStatus::Waitlisted)
    });
    inserted(subject, &all).await.unwrap();

    let states = [(2, RegistrationStatus::Confirmed, 0), (1, RegistrationStatus::Waitlisted, 4)].map(
        |(number, status, passes): (usize, _, _)| RegistrationState {
            id: all[number - 1].id,
            status,
            passes,
        },
    );
    let mut work = subject.begin().await;
    work.registrations().save_states(all[0].club, all[0].event, &states).await.unwrap();
    work.commit().await.unwrap();

    assert_eq!(stored(subject, &all[0]).await, Some(Registration { passes: 4, ..all[0].clone() }));
    let confirmed = Registration { status: RegistrationStatus::Confirmed, ..all[1].clone() };
    assert_eq!(stored(subject, &all[1]).await, Some(confirmed));
    assert_eq!(stored(subject, &all[2]).await, Some(all[2].clone()));
}

/// A statement that should have touched a row and touched none is an error.
pub async fn a_registration_that_is_not_there_cannot_be_saved(subject: &Subject) {
    subject.save(an_event()).await;
    let there = claim(1, 1, RegistrationStatus::Waitlisted);
    inserted(subject, std::slice::from_ref(&there)).await.unwrap();

    let states = [there.id, claim(2, 2, RegistrationStatus::Waitlisted).id].map(|id| RegistrationState {
        id,
        status: RegistrationStatus::Confirmed,
        passes: 0,
    });
    let refused = subject.begin().await.registrations().save_states(there.club, there.event, &states).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    // It is there, but on another event.
    let other = event(2, &club(1), 10).id;
    let refused = subject.begin().await.registrations().save_states(there.club, other, &states[..1]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert_eq!(stored(subject, &there).await, Some(there));
}
