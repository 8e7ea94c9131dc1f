//! Behaviours of `RegistrationRepository::standing`.

use spotter_domain::event::Event;
use spotter_domain::id::{AccountId, ClubId, EventId};
use spotter_domain::registration::{
    Decision, Outcome, PartySize, QueueRequest, Reason, Registration, RegistrationStatus, Standing,
    StandingRequest,
};
use spotter_domain::waitlist::QueueNumber;

use super::Subject;
use crate::fixtures::{Seed, account, after, club, decision_id, event, registration};

/// Events 1 and 2 are the first club's, event 3 the second's.
fn of(number: u64) -> Event {
    event(number, &club(if number == 3 { 2 } else { 1 }), 10)
}

fn seed(registrations: Vec<Registration>) -> Seed {
    Seed {
        accounts: (1..=12).map(account).collect(),
        clubs: vec![club(1), club(2)],
        events: (1..=3).map(of).collect(),
        registrations,
        ..Seed::default()
    }
}

/// Number `number` of an event, held by the person of that number, waiting with so many.
fn waiting(number: u64, event: u64, party: u16) -> Registration {
    Registration {
        status: RegistrationStatus::Waitlisted,
        party_size: PartySize::new(party).unwrap(),
        queue_number: QueueNumber::new(number),
        passes: party * 3,
        ..registration(event * 100 + number, &of(event), &account(number))
    }
}

fn standing_at(status: RegistrationStatus, number: u64, event: u64) -> Registration {
    Registration { status, ..waiting(number, event, 1) }
}

fn person(event: u64, person: u64) -> (ClubId, EventId, AccountId) {
    (of(event).club, of(event).id, account(person).id)
}

fn queue(event: u64, seats: u32) -> QueueRequest {
    QueueRequest { club: of(event).club, event: of(event).id, seats }
}

async fn standing(subject: &Subject, request: StandingRequest) -> Standing {
    let mut standing = subject.begin().await.registrations().standing(&request).await.unwrap();
    standing.active.sort_by_key(|held| (held.event, held.queue_number));
    standing.named.sort_by_key(|(named, _)| (named.event, named.queue_number));
    standing
}

/// Of these people, each on the event that is asked about, whatever is not cancelled, and once.
pub async fn active_registrations_are_found_by_person_and_event(subject: &Subject) {
    let all = [
        standing_at(RegistrationStatus::Cancelled, 1, 1),
        standing_at(RegistrationStatus::Attended, 2, 1),
        waiting(3, 1, 4),
        standing_at(RegistrationStatus::NoShow, 4, 1),
        standing_at(RegistrationStatus::Confirmed, 1, 2),
        standing_at(RegistrationStatus::Confirmed, 3, 2),
        standing_at(RegistrationStatus::Confirmed, 1, 3),
    ];
    subject.save(seed(all.to_vec())).await;

    let mut people = vec![person(1, 3), person(1, 2), person(1, 1), person(1, 5), person(2, 1), person(1, 3)];
    people.extend([person(3, 1), person(3, 2)]);
    // The event is another club's; nobody has that account; there is no such event.
    people.extend([(club(2).id, of(1).id, account(3).id), person(1, 99), person(9, 1)]);
    let found = standing(subject, StandingRequest { people, ..StandingRequest::default() }).await;

    let active = [1, 2, 4, 6].map(|index: usize| all[index].clone()).to_vec();
    assert_eq!(found, Standing { active, ..Standing::default() });
}

/// Whatever their status, each once, with its own log from the oldest line on; what is not there is left out.
pub async fn named_registrations_come_with_their_logs(subject: &Subject) {
    let all = [
        standing_at(RegistrationStatus::Cancelled, 1, 1),
        waiting(2, 1, 3),
        standing_at(RegistrationStatus::Confirmed, 1, 3),
    ];
    let line = |number: u64, of: &Registration| Decision {
        id: decision_id(number),
        club: of.club,
        registration: of.id,
        at: after(i64::try_from(number).unwrap()),
        outcome: Outcome::PassedOver,
        reason: Reason::PartyDidNotFit {
            free: 1,
            passed_by: QueueNumber::new(u64::from(u32::MAX) + number),
            pass: 3,
            limit: 5,
        },
    };
    let lines = [line(4, &all[1]), line(1, &all[1]), line(3, &all[0]), line(2, &all[1])];
    subject.save(Seed { decisions: lines.to_vec(), ..seed(all.to_vec()) }).await;

    let named = [2, 0, 1, 2].map(|index: usize| all[index].id).into_iter().chain([waiting(9, 1, 1).id]);
    let request = StandingRequest { named: named.collect(), ..StandingRequest::default() };
    let log = [1, 3, 0].map(|index: usize| lines[index].clone()).to_vec();
    let named =
        vec![(all[0].clone(), vec![lines[2].clone()]), (all[1].clone(), log), (all[2].clone(), Vec::new())];
    assert_eq!(standing(subject, request).await, Standing { named, ..Standing::default() });
}

/// The queue of the first event: parties of one are its numbers 2, 5 and 6; those of the second: 1 and 3.
fn two_queues() -> Vec<Registration> {
    vec![
        waiting(7, 1, 4),
        waiting(6, 1, 1),
        waiting(5, 1, 1),
        standing_at(RegistrationStatus::Cancelled, 4, 1),
        waiting(3, 1, 2),
        waiting(2, 1, 1),
        standing_at(RegistrationStatus::Confirmed, 1, 1),
        waiting(3, 2, 1),
        waiting(2, 2, 5),
        waiting(1, 2, 1),
    ]
}

fn numbers(queues: &[Registration]) -> Vec<(EventId, u64)> {
    queues.iter().map(|entry| (entry.event, entry.queue_number.get())).collect()
}

/// As many parties of one as there are seats are read, whatever stands between them, and nobody behind.
pub async fn a_queue_is_read_up_to_the_last_party_of_one_that_counts(subject: &Subject) {
    subject.save(seed(two_queues())).await;
    let [first, second] = [1, 2].map(|event| of(event).id);
    let all_of_first = [2, 3, 5, 6, 7].map(|number| (first, number));
    for (seats, expected) in [(1, 1), (2, 3), (3, 4), (4, 5), (50, 5), (u32::MAX, 5)] {
        let request = StandingRequest {
            queues: vec![queue(1, seats)],
            most_entries: 100,
            ..StandingRequest::default()
        };
        let found = standing(subject, request).await;
        assert_eq!(numbers(&found.queues), all_of_first[..expected], "{seats} seats");
        assert!(!found.cut_off);
    }
    // By event and number, in whatever order the events are asked for; whoever waits nowhere is nowhere.
    let queues = vec![queue(3, 2), queue(2, 2), queue(1, 1)];
    let request = StandingRequest { queues, most_entries: 100, ..StandingRequest::default() };
    let found = standing(subject, request).await;
    let expected = vec![(first, 2), (second, 1), (second, 2), (second, 3)];
    assert_eq!((numbers(&found.queues), found.cut_off), (expected, false));
    assert_eq!(found.queues[2], waiting(2, 2, 5));
    // The event is another club's.
    let elsewhere = QueueRequest { club: club(2).id, ..queue(1, 9) };
    let request =
        StandingRequest { queues: vec![elsewhere], most_entries: 100, ..StandingRequest::default() };
    assert_eq!(standing(subject, request).await, Standing::default());
}

/// The entries of all queues together have a bound, and the answer says when it was reached.
pub async fn no_more_entries_of_queues_are_read_than_allowed(subject: &Subject) {
    subject.save(seed(two_queues())).await;
    let [first, second] = [1, 2].map(|event| of(event).id);
    let all = [(first, 2), (first, 3), (first, 5), (first, 6), (first, 7)].into_iter();
    let all: Vec<_> = all.chain([(second, 1), (second, 2), (second, 3)]).collect();
    for (most_entries, expected, cut_off) in
        [(1, 1, true), (4, 4, true), (6, 6, true), (8, 8, true), (9, 8, false)]
    {
        let queues = vec![queue(2, 9), queue(1, 9)];
        let request = StandingRequest { queues, most_entries, ..StandingRequest::default() };
        let found = standing(subject, request).await;
        assert_eq!(numbers(&found.queues), all[..expected], "{most_entries} entries");
        assert_eq!(found.cut_off, cut_off, "{most_entries} entries");
    }
}

/// Everything at once is what each would be alone: the same registration may be in several parts.
pub async fn all_parts_are_answered_at_once(subject: &Subject) {
    subject.save(seed(two_queues())).await;
    let held = waiting(2, 1, 1);
    let request = StandingRequest {
        people: vec![person(1, 2), person(1, 1)],
        named: vec![held.id],
        queues: vec![queue(1, 1)],
        most_entries: 100,
    };
    let expected = Standing {
        active: vec![standing_at(RegistrationStatus::Confirmed, 1, 1), held.clone()],
        named: vec![(held.clone(), Vec::new())],
        queues: vec![held],
        cut_off: false,
    };
    assert_eq!(standing(subject, request.clone()).await, expected);
    let without = StandingRequest { queues: Vec::new(), ..request.clone() };
    assert_eq!(standing(subject, without).await, Standing { queues: Vec::new(), ..expected.clone() });
    let without = StandingRequest { named: Vec::new(), ..request };
    assert_eq!(standing(subject, without).await, Standing { named: Vec::new(), ..expected });
    assert_eq!(standing(subject, StandingRequest::default()).await, Standing::default());
}
