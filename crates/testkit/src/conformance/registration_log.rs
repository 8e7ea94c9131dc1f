//! Behaviours of the decision logs of `RegistrationRepository`.

use spotter_domain::registration::{
    CancelledBy, Decision, MOST_DECISIONS, Outcome, Reason, RegistrationStatus, StandingRequest,
};
use spotter_domain::waitlist::QueueNumber;

use super::Subject;
use super::registrations::{an_event, claim};
use crate::fixtures::{Seed, after, club, decision_id};

fn every_reason() -> Vec<(Outcome, Reason)> {
    let passed_by = QueueNumber::new(u64::from(u32::MAX) + 7);
    vec![
        (Outcome::Confirmed, Reason::SeatsAvailable { free: 4 }),
        (Outcome::Waitlisted, Reason::NotEnoughSeats { free: 0 }),
        (Outcome::Waitlisted, Reason::SeatsHeld { free: 2 }),
        (Outcome::Promoted, Reason::SeatsFreed { free: 100_000 }),
        (Outcome::PassedOver, Reason::PartyDidNotFit { free: 1, passed_by, pass: 3, limit: 5 }),
        (Outcome::PassedOver, Reason::PartyLargerThanCapacity { capacity: 9, passed_by }),
        (Outcome::Cancelled, Reason::GivenUp { by: CancelledBy::Person }),
        (Outcome::Cancelled, Reason::GivenUp { by: CancelledBy::Staff }),
        (Outcome::Cancelled, Reason::GivenUp { by: CancelledBy::Event }),
        (Outcome::Attended, Reason::AttendanceRecorded),
        (Outcome::NoShow, Reason::AttendanceRecorded),
    ]
}

fn line(number: u64, registration: u64, (outcome, reason): (Outcome, Reason)) -> Decision {
    Decision {
        id: decision_id(number),
        club: club(1).id,
        registration: claim(registration, registration, RegistrationStatus::Confirmed).id,
        at: after(i64::try_from(number).unwrap()),
        outcome,
        reason,
    }
}

fn with_registrations() -> Seed {
    let registrations =
        [1, 2].map(|number| claim(number, number, RegistrationStatus::Confirmed)).into_iter().collect();
    Seed { registrations, ..an_event() }
}

async fn log(subject: &Subject, registration: u64) -> Vec<Decision> {
    let id = claim(registration, registration, RegistrationStatus::Confirmed).id;
    let request = StandingRequest { named: vec![id], ..StandingRequest::default() };
    subject.begin().await.registrations().standing(&request).await.unwrap().named.remove(0).1
}

/// Every outcome and reason survives with its numbers.
pub async fn every_reason_comes_back_as_it_was_written(subject: &Subject) {
    let decisions: Vec<_> =
        (1..).zip(every_reason()).map(|(number, decided)| line(number, 1, decided)).collect();
    subject.save(Seed { decisions: decisions.clone(), ..with_registrations() }).await;

    assert_eq!(log(subject, 1).await, decisions);
}

/// The lines of one registration, in the order of their ids, whatever order they were written in.
pub async fn lines_are_read_oldest_first(subject: &Subject) {
    subject.save(with_registrations()).await;
    let decided = (Outcome::Waitlisted, Reason::NotEnoughSeats { free: 0 });
    for batch in [[4, 2], [3, 1]] {
        let mut work = subject.begin().await;
        let lines = batch.map(|number| line(number, if number == 3 { 2 } else { 1 }, decided));
        work.registrations().append_decisions(&lines).await.unwrap();
        work.commit().await.unwrap();
    }
    assert_eq!(log(subject, 1).await, [1, 2, 4].map(|number| line(number, 1, decided)));
    assert_eq!(log(subject, 2).await, [line(3, 2, decided)]);
}

/// However long a log became, reading it has a bound; the oldest lines are the ones read.
pub async fn a_log_is_read_up_to_its_bound(subject: &Subject) {
    let decided = (Outcome::PassedOver, Reason::NotEnoughSeats { free: 1 });
    let most = u64::from(MOST_DECISIONS);
    let decisions: Vec<_> = (1..=most + 1).map(|number| line(number, 1, decided)).collect();
    subject.save(Seed { decisions: decisions.clone(), ..with_registrations() }).await;

    assert_eq!(log(subject, 1).await, decisions[..usize::from(MOST_DECISIONS)]);
}
