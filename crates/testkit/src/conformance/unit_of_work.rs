//! Behaviours of `Store` and `UnitOfWork`: all or nothing.

use spotter_domain::UnitOfWork;
use spotter_domain::account::Account;
use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{Capacity, Event};
use spotter_domain::idempotency::{Claim, IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::page::PageRequest;
use spotter_domain::registration::{
    Decision, Outcome, Reason, Registration, RegistrationState, RegistrationStatus, StandingRequest,
};
use spotter_domain::store::Inserted;
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};

use super::Subject;
use crate::clock::START;
use crate::fixtures::{
    account, after, api_key, club, decision_id, digest, event, membership, message_id, refresh_token,
    registration,
};

fn the_event() -> Event {
    event(1, &club(1), 10)
}

fn the_registration() -> Registration {
    Registration { status: RegistrationStatus::Waitlisted, ..registration(1, &the_event(), &account(1)) }
}

fn the_slot() -> IdempotencySlot {
    IdempotencySlot { account: None, key: IdempotencyKey::parse("key").unwrap() }
}

fn the_answer() -> KeptAnswer {
    KeptAnswer { fingerprint: [7; 32], sealed: vec![1, 2, 3], expires_at: after(60) }
}

fn the_message() -> OutboxMessage {
    let event = DomainEvent::ClubCreated { club: club(1).id, owner: account(1).id };
    OutboxMessage { id: message_id(1), event, created_at: START, trace_context: None }
}

fn the_roster() -> Roster {
    let waiting = Waiting { parties: 1, seats: 1 };
    Roster::restore(Capacity::new(10).unwrap(), 0, waiting, QueueNumber::new(2)).unwrap()
}

async fn claim(work: &mut dyn UnitOfWork) -> Vec<Claim> {
    work.idempotency().claim(&[the_slot()], START).await.unwrap()
}

/// Writes something through every repository.
async fn write_everything(work: &mut dyn UnitOfWork) {
    assert_eq!(work.accounts().insert(&account(1)).await.unwrap(), Inserted::New);
    work.api_keys().insert(&api_key(1, account(1).id)).await.unwrap();
    work.refresh_tokens().insert(&refresh_token(1, 1, account(1).id)).await.unwrap();
    assert_eq!(work.clubs().insert(&club(1)).await.unwrap(), Inserted::New);
    let owner = membership(&club(1), &account(1), Role::Owner);
    assert_eq!(work.clubs().insert_membership(&owner).await.unwrap(), Inserted::New);
    work.events().insert(&the_event()).await.unwrap();
    work.registrations().save(&[the_registration()], &[]).await.unwrap();
    work.events().save_rosters(&[(the_event().id, the_roster())]).await.unwrap();
    let line = Decision {
        id: decision_id(1),
        club: club(1).id,
        registration: the_registration().id,
        at: START,
        outcome: Outcome::Waitlisted,
        reason: Reason::NotEnoughSeats { free: 0 },
    };
    work.registrations().append_decisions(&[line]).await.unwrap();
    assert_eq!(claim(work).await, [Claim::Free]);
    work.idempotency().keep(&[(the_slot(), the_answer())], START).await.unwrap();
    work.outbox().append(&[the_message()]).await.unwrap();
}

/// What of all that a unit of work sees, each repository in turn.
async fn seen_within(work: &mut dyn UnitOfWork) -> Vec<bool> {
    let (club, event) = (club(1), the_event().id);
    let request = StandingRequest { named: vec![the_registration().id], ..StandingRequest::default() };
    vec![
        work.accounts().by_id(account(1).id).await.unwrap().is_some(),
        work.accounts().by_email(&account(1).email).await.unwrap().is_some(),
        work.api_keys().count_of(account(1).id).await.unwrap() == 1,
        work.refresh_tokens().lock(digest(1)).await.unwrap().is_some(),
        work.clubs().by_slug(&club.slug).await.unwrap().is_some(),
        work.clubs().membership(club.id, account(1).id).await.unwrap().is_some(),
        work.events().lock(&[event]).await.unwrap().iter().any(|locked| locked.event.roster == the_roster()),
        work.registrations().by_id(the_registration().id).await.unwrap() == Some(the_registration()),
        work.registrations().standing(&request).await.unwrap().named.iter().any(|(_, log)| log.len() == 1),
        work.waitlist().head(club.id, event, None, 9).await.unwrap().len() == 1,
        claim(work).await == [Claim::Answered(the_answer())],
        work.outbox().pending(START, 9).await.unwrap() == [the_message()],
    ]
}

/// What of all that the queries see.
async fn seen_outside(subject: &Subject) -> Vec<bool> {
    let (club, event, person) = (club(1), the_event().id, account(1).id);
    let page = PageRequest::default();
    vec![
        subject.accounts.profile(person).await.unwrap().is_some(),
        subject.accounts.owner_of_key(digest(1)).await.unwrap().is_some(),
        subject
            .clubs
            .by_slug(&club.slug, Some(person))
            .await
            .unwrap()
            .is_some_and(|club| club.role.is_some()),
        subject.events.by_id(event, None).await.unwrap().is_some_and(|viewed| viewed.event.waitlisted == 1),
        subject.registrations.by_id(the_registration().id, person).await.unwrap().is_some(),
        !subject.waitlists.entries(club.id, event, page).await.unwrap().items.is_empty(),
    ]
}

/// Without a commit nothing is left: no row, no announcement, no answer.
pub async fn what_is_dropped_never_happened(subject: &Subject) {
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    drop(work);

    assert_eq!(seen_outside(subject).await, [false; 6]);
    assert_eq!(seen_within(subject.begin().await.as_mut()).await, [false; 12]);
}

/// After a rollback nothing is left either, and nothing is held: the next one need not wait.
pub async fn what_is_rolled_back_never_happened_and_holds_nothing(subject: &Subject) {
    let mut work = subject.begin().await;
    assert_eq!(claim(work.as_mut()).await, [Claim::Free]);
    write_everything(work.as_mut()).await;
    work.rollback().await.unwrap();

    assert_eq!(seen_outside(subject).await, [false; 6]);
    let mut next = subject.begin().await;
    assert_eq!(claim(next.as_mut()).await, [Claim::Free]);
    next.rollback().await.unwrap();
}

/// Until the commit nobody else sees anything, after it everybody sees everything.
pub async fn what_is_committed_happened_as_a_whole(subject: &Subject) {
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    assert_eq!(seen_outside(subject).await, [false; 6]);
    work.commit().await.unwrap();

    assert_eq!(seen_outside(subject).await, [true; 6]);
    assert_eq!(seen_within(subject.begin().await.as_mut()).await, [true; 12]);
}

/// What was written a moment ago in the same unit of work is there to be read, and to be changed.
pub async fn a_unit_of_work_sees_its_own_writes(subject: &Subject) {
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    assert_eq!(seen_within(work.as_mut()).await, [true; 12]);

    let (of, id) = (the_event(), the_registration().id);
    let promoted = RegistrationState { id, status: RegistrationStatus::Confirmed, passes: 0 };
    work.registrations().save_states(of.club, of.id, &[promoted]).await.unwrap();
    assert_eq!(work.waitlist().head(of.club, of.id, None, 9).await.unwrap(), []);
    let people = vec![(of.club, of.id, account(1).id)];
    let request = StandingRequest { people, ..StandingRequest::default() };
    let active = work.registrations().standing(&request).await.unwrap().active;
    assert_eq!(active.iter().map(|found| found.status).collect::<Vec<_>>(), [RegistrationStatus::Confirmed]);
}

/// A duplicate is an answer, not an error: what came before and after it is committed.
pub async fn a_refused_insert_leaves_the_unit_of_work_usable(subject: &Subject) {
    let mut work = subject.begin().await;
    assert_eq!(work.accounts().insert(&account(1)).await.unwrap(), Inserted::New);
    let same_address = Account { email: account(1).email, ..account(2) };
    assert_eq!(work.accounts().insert(&same_address).await.unwrap(), Inserted::Duplicate);
    assert_eq!(work.accounts().insert(&account(3)).await.unwrap(), Inserted::New);
    work.commit().await.unwrap();

    for (number, is_there) in [(1, true), (2, false), (3, true)] {
        let found = subject.accounts.profile(account(number).id).await.unwrap().is_some();
        assert_eq!(found, is_there, "account {number}");
    }
}

/// What a failed statement did by halves is not committed, even if the caller overlooks the error.
pub async fn what_failed_cannot_be_committed(subject: &Subject) {
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    let second = Registration {
        id: registration(2, &the_event(), &account(1)).id,
        queue_number: QueueNumber::new(2),
        ..the_registration()
    };
    assert!(work.registrations().save(&[second], &[]).await.is_err());
    assert!(work.commit().await.is_err());
    assert_eq!(seen_outside(subject).await, [false; 6]);
}

/// A unit of work that was dropped holds no lock: the same rows can be written at once.
pub async fn what_is_dropped_stands_in_nobodys_way(subject: &Subject) {
    for _ in 0..3 {
        let mut work = subject.begin().await;
        write_everything(work.as_mut()).await;
        drop(work);
    }
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    work.commit().await.unwrap();
    assert_eq!(seen_outside(subject).await, [true; 6]);
}
