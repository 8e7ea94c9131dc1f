//! Behaviours of `Outbox`.

use spotter_domain::club::Role;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::outbox::OutboxMessage;
use spotter_domain::progress::RecordKind;
use spotter_domain::registration::CancelledBy;
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::wearable::WearableKind;
use spotter_domain::workout::Load;

use super::Subject;
use crate::clock::START;
use crate::fixtures::{
    account, after, club, custom_exercise, event, import, message_id, registration, wearable_record,
    workout_session,
};

fn every_event() -> Vec<DomainEvent> {
    let (account, of) = (account(1), club(1));
    let event = event(1, &of, 5);
    let (club, registration) = (of.id, registration(1, &event, &account).id);
    let (event, account) = (event.id, account.id);
    let (party_size, queue_number) = (3, QueueNumber::new(u64::from(u32::MAX) + 1));
    vec![
        DomainEvent::AccountCreated { account },
        DomainEvent::ClubCreated { club, owner: account },
        DomainEvent::ClubChanged { club, version: 2 },
        DomainEvent::MembershipChanged { club, account, role: Role::Coach },
        DomainEvent::EventCreated { club, event },
        DomainEvent::EventPublished { club, event },
        DomainEvent::EventUnpublished { club, event },
        DomainEvent::EventChanged { club, event, version: 7 },
        DomainEvent::EventCapacityIncreased { club, event, from: 5, to: 9 },
        DomainEvent::EventCancelled { club, event },
        DomainEvent::RegistrationConfirmed { club, event, registration, account, party_size, queue_number },
        DomainEvent::RegistrationWaitlisted { club, event, registration, account, party_size, queue_number },
        DomainEvent::RegistrationPromoted { club, event, registration, account, party_size, queue_number },
        DomainEvent::RegistrationCancelled {
            club,
            event,
            registration,
            account,
            party_size,
            by: CancelledBy::Staff,
        },
        DomainEvent::AttendanceRecorded { club, event, registration, account, attended: true },
        DomainEvent::WaitlistMoved { club, event, left: vec![QueueNumber::new(3), queue_number] },
    ]
}

/// What happens to somebody who trains.
fn every_event_of_workouts() -> Vec<DomainEvent> {
    let account = account(1).id;
    let exercise = custom_exercise(1, account).id;
    let session = workout_session(1, account, 0, vec![]).id;
    let import = import(1, account).id;
    let record = wearable_record(1, account, WearableKind::Sleep).id;
    let club = club(1).id;
    let broken = |previous| DomainEvent::RecordBroken {
        account,
        session,
        exercise,
        record: RecordKind::Heaviest,
        load: Load::Assisted,
        value: -2_000,
        previous,
    };
    vec![
        DomainEvent::WorkoutSessionLogged { account, session },
        DomainEvent::WorkoutSessionChanged { account, session, version: 2 },
        DomainEvent::WorkoutSessionDeleted { account, session },
        broken(None),
        broken(Some(-2_500)),
        DomainEvent::ImportFinished { account, import, sessions: 5_000 },
        DomainEvent::ImportUndone { account, import, sessions: 4_999 },
        DomainEvent::ExerciseMerged { account, from: exercise, into: custom_exercise(2, account).id },
        DomainEvent::CoachingConsentGranted { club, account },
        DomainEvent::CoachingConsentWithdrawn { club, account },
        DomainEvent::WearableRecorded { account, record },
        DomainEvent::WearableRecordDeleted { account, record },
    ]
}

fn message(number: u64, event: DomainEvent) -> OutboxMessage {
    OutboxMessage { id: message_id(number), event, created_at: START, trace_context: None }
}

async fn append(subject: &Subject, messages: &[OutboxMessage]) {
    let mut work = subject.begin().await;
    work.outbox().append(messages).await.unwrap();
    work.commit().await.unwrap();
}

/// Every kind of event survives with its numbers, and so does the trace context.
pub async fn messages_come_back_as_they_were_written(subject: &Subject) {
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let mut messages: Vec<_> = (1..)
        .zip(every_event().into_iter().chain(every_event_of_workouts()))
        .map(|(number, event)| message(number, event))
        .collect();
    messages[0].trace_context = Some(trace.to_owned());
    messages[1].created_at = "2027-01-04T12:00:00.000001Z".parse().unwrap();
    append(subject, &messages).await;

    let mut found = subject.begin().await.outbox().pending(after(1), 100).await.unwrap();
    found.sort_by_key(|message| message.id);
    assert_eq!(found, messages);
}

/// Messages have the order of their ids, which is that of their making; a reader takes as many as it wants.
pub async fn messages_are_pending_in_the_order_of_their_ids(subject: &Subject) {
    let at = |number, seconds| OutboxMessage {
        created_at: after(seconds),
        ..message(number, DomainEvent::ClubChanged { club: club(1).id, version: 1 })
    };
    append(subject, &[at(4, -20), at(2, -10), at(3, -20)]).await;
    append(subject, &[at(1, -5)]).await;

    let mut work = subject.begin().await;
    let all = [at(1, -5), at(2, -10), at(3, -20), at(4, -20)];
    assert_eq!(work.outbox().pending(START, 10).await.unwrap(), all);
    assert_eq!(work.outbox().pending(START, 3).await.unwrap(), all[..3]);
}

/// What was announced later than `now` is not due yet; what was announced at `now` is.
pub async fn messages_of_the_future_are_not_due(subject: &Subject) {
    let at = |number, seconds| OutboxMessage {
        created_at: after(seconds),
        ..message(number, DomainEvent::ClubChanged { club: club(1).id, version: 1 })
    };
    append(subject, &[at(1, 0), at(2, 1)]).await;

    let mut work = subject.begin().await;
    assert_eq!(work.outbox().pending(after(-1), 10).await.unwrap(), []);
    assert_eq!(work.outbox().pending(after(0), 10).await.unwrap(), [at(1, 0)]);
    assert_eq!(work.outbox().pending(after(1), 10).await.unwrap(), [at(1, 0), at(2, 1)]);
}
