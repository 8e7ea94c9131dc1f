//! The queries that indexes are there for, by name, so that a test can ask the database for their plans.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use sea_orm::Value;
use spotter_domain::Timestamp;
use spotter_domain::account::WeekStart;
use spotter_domain::event::{Audience, EventCursor, EventFilter, EventPhase, PeopleRequest};
use spotter_domain::id::{
    AccountId, ClubId, EventId, ExerciseId, RegistrationId, TemplateId, TokenFamilyId, WorkoutSessionId,
};
use spotter_domain::idempotency::{IdempotencyKey, IdempotencySlot};
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Day, Period, RecordKey, RecordKind, Window};
use spotter_domain::registration::{QueueRequest, RegistrationStatus, StandingRequest, When};
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::workout::{Load, SessionFilter, Weight};
use uuid::Uuid;

use crate::sql::Sql;
use crate::{
    Backend, account, event, idempotency, outbox, progress, registration, waitlist, wearable, workout,
};

/// A query with values that are typical of it.
#[derive(Clone, Debug)]
pub struct NamedQuery {
    /// Its table and name.
    pub name: String,
    /// Its text.
    pub sql: String,
    /// Its parameters.
    pub values: Vec<Value>,
}

impl From<Sql> for NamedQuery {
    fn from(sql: Sql) -> Self {
        Self { name: sql.place.to_string(), sql: sql.text.into_owned(), values: sql.values }
    }
}

/// At least one query for each index that no constraint asks for.
#[must_use]
pub fn named_queries(backend: Backend) -> Vec<NamedQuery> {
    let (club, event_id) = (ClubId::from(Uuid::from_u128(1)), EventId::from(Uuid::from_u128(2)));
    let (account_id, now) = (AccountId::from(Uuid::from_u128(3)), Timestamp::UNIX_EPOCH);
    let (number, id) = (QueueNumber::new(7), RegistrationId::from(Uuid::from_u128(4)));
    let filter = EventFilter {
        from: Some(now),
        phase: Some(EventPhase::Published),
        now,
        audience: Audience::Public,
        ..EventFilter::default()
    };
    let next =
        PageRequest { after: Some(EventCursor { starts_at: now, id: event_id }), ..PageRequest::default() };
    let a_day = Window { from: Day::default(), today: Day::default(), week_start: WeekStart::Monday };
    let people = PeopleRequest { always: vec![account_id], if_hidden: vec![account_id] };
    let slots = IdempotencyKey::parse("key").map(|key| IdempotencySlot { account: Some(account_id), key });
    let slots: Vec<IdempotencySlot> = slots.into_iter().collect();
    let requests = standing_requests(&[(club, event_id, account_id)], &[id]);
    let (waiting, confirmed) = (Some(RegistrationStatus::Waitlisted), Some(RegistrationStatus::Confirmed));
    [
        account::refresh_token::revoke_family(backend, TokenFamilyId::from(Uuid::from_u128(5)), now),
        account::refresh_token::purge(backend, now, 100),
        event::lock::lock(backend, &[event_id, EventId::from(Uuid::from_u128(6))]),
        event::lock::lock_with_people(backend, &[event_id], &people),
        event::repository::with_held_seats(backend, club, now, Some(event_id), 100),
        event::queries::by_id(backend, event_id, Some(account_id)),
        event::queries::list(backend, club, &filter, next),
        registration::repository::active_after(backend, club, event_id, Some(number), 100),
        registration::queries::by_id(backend, id, account_id),
        registration::queries::of_event(backend, club, event_id, waiting, PageRequest::default()),
        registration::queries::of_event(backend, club, event_id, confirmed, PageRequest::default()),
        registration::queries::of_event(backend, club, event_id, None, PageRequest::default()),
        registration::queries::of_account(backend, account_id, When::Upcoming(now), PageRequest::default()),
        waitlist::repository::head(backend, club, event_id, Some(number), 100),
        waitlist::queries::entries(backend, club, event_id, PageRequest::default()),
        idempotency::purge(backend, now, 100),
        idempotency::claim(backend, &slots, now),
        wearable::queries::records(backend, account_id, None, PageRequest::default()),
        wearable::repository::purge(backend, now, 100),
        progress::dashboard::dashboard(backend, account_id, &a_day),
    ]
    .into_iter()
    .chain(requests.iter().filter_map(|request| registration::standing::standing(backend, request)))
    .chain(workout::explain::queries(backend))
    .chain(outbox::queries(backend, now))
    .chain(progress::summary::rebuild(backend, account_id, &BTreeSet::from([Day::default()])).ok())
    .map(NamedQuery::from)
    .collect()
}

/// What the desk asks of the registrations of these people, of these registrations, and of the queues of the
/// events of these people: each alone, and all of it.
fn standing_requests(
    people: &[(ClubId, EventId, AccountId)],
    named: &[RegistrationId],
) -> [StandingRequest; 4] {
    let none = || StandingRequest { most_entries: 1_000, ..StandingRequest::default() };
    let queues: BTreeSet<_> = people.iter().map(|(club, event, _)| (*club, *event)).collect();
    let queues: Vec<_> =
        queues.into_iter().map(|(club, event)| QueueRequest { club, event, seats: 3 }).collect();
    let all = StandingRequest { people: people.to_vec(), named: named.to_vec(), queues, ..none() };
    [
        StandingRequest { people: all.people.clone(), ..none() },
        StandingRequest { named: all.named.clone(), ..none() },
        StandingRequest { queues: all.queues.clone(), ..none() },
        all,
    ]
}

/// What the desk asks before it decides, of these people and registrations.
#[must_use]
pub fn desk_queries(
    backend: Backend,
    people: &[(ClubId, EventId, AccountId)],
    named: &[RegistrationId],
) -> Vec<NamedQuery> {
    let events: BTreeSet<EventId> = people.iter().map(|(_, event, _)| *event).collect();
    let events: Vec<EventId> = events.into_iter().collect();
    let always: Vec<AccountId> = people.iter().map(|(_, _, account)| *account).collect();
    let asked = PeopleRequest { always: always.clone(), if_hidden: always };
    standing_requests(people, named)
        .iter()
        .filter_map(|request| registration::standing::standing(backend, request))
        .chain([event::lock::lock_with_people(backend, &events, &asked)])
        .map(NamedQuery::from)
        .collect()
}

/// What is asked before workout sessions of several people are logged at once: of these people, exercises and
/// templates. None of it may look at what is anybody else's.
#[must_use]
pub fn logging_queries(
    backend: Backend,
    people: &[AccountId],
    exercises: &[ExerciseId],
    templates: &[(AccountId, TemplateId)],
) -> Vec<NamedQuery> {
    let all: BTreeSet<AccountId> = people.iter().copied().collect();
    let each = |person: &AccountId| exercises.iter().map(|exercise| (*person, *exercise)).collect::<Vec<_>>();
    let pairs: BTreeSet<(AccountId, ExerciseId)> = people.iter().flat_map(each).collect();
    [
        account::repository::lock_athletes(backend, people),
        workout::exercise::personal::select(backend, &all),
        workout::template::head::existing(backend, &templates.iter().copied().collect()),
        progress::record::of_exercises(backend, &pairs),
    ]
    .into_iter()
    .map(NamedQuery::from)
    .collect()
}

/// What is asked about the workouts of one person, of an exercise, a workout session and a template of theirs,
/// and of some days. None of it may look at what is somebody else's.
#[must_use]
pub fn person_queries(
    backend: Backend,
    account: AccountId,
    exercise: ExerciseId,
    (session, template): (WorkoutSessionId, TemplateId),
    window: &Window,
) -> Vec<NamedQuery> {
    let from = window.from.begin(&TimeZone::UTC);
    let to = window.today.plus(1).begin(&TimeZone::UTC);
    let within = SessionFilter { from: Some(from), to: Some(to), exercise: None };
    let days = (window.from, window.today);
    let key = RecordKey { exercise, kind: RecordKind::MostReps, load: Load::External, weight: Weight::ZERO };
    let next = PageRequest { after: Some(key), ..PageRequest::default() };
    let summaries = |period, days| {
        let page = PageRequest::default();
        progress::summary::stretches(backend, account, period, window.week_start, days, page)
    };
    let sessions =
        |filter| workout::session::queries::list(backend, account, account, filter, PageRequest::default());
    let history =
        |since| workout::template::history::history(backend, account, template, &[exercise], since, 12);
    [
        progress::dashboard::dashboard(backend, account, window),
        summaries(Period::Day, days),
        summaries(Period::Week, (Day::default(), Day::LAST)),
        summaries(Period::Month, (Day::default(), Day::LAST)),
        progress::record::page(backend, account, None, PageRequest::default()),
        progress::record::page(backend, account, None, next),
        progress::record::page(backend, account, Some(exercise), next),
        progress::trend::trend(backend, account, exercise, window.week_start, days),
        sessions(SessionFilter::default()),
        sessions(within),
        sessions(SessionFilter { exercise: Some(exercise), ..SessionFilter::default() }),
        workout::session::queries::seen(backend, account, session),
        workout::session::block::named_of_sessions(backend, account, [session].into_iter()),
        workout::template::head::owned(backend, account, template),
        history(window.from),
        workout::exercise::personal::maker(backend, account, exercise),
        wearable::queries::standing(backend, account, from, to),
    ]
    .into_iter()
    .map(NamedQuery::from)
    .collect()
}
