//! Who may do what at the desk, also in a batch with others who may do more

use futures_util::future::{BoxFuture, join_all};
use futures_util::{FutureExt, join};
use spotter_application::Error;
use spotter_application::registration::{RecordAttendance, Register};
use spotter_domain::club::Role;
use spotter_domain::event::{Event, EventStatus};
use spotter_domain::id::{AccountId, EventId, RegistrationId};
use spotter_domain::registration::{Attendance, PartySize, RegistrationStatus};
use spotter_testkit::fixtures::{self, Seed};
use spotter_testkit::ids::numbered;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, Told, context};
use crate::support::faults::At;

/// What came of an order, in a few words.
fn word(told: &Told) -> String {
    match told {
        Ok(view) => format!("{} {}", view.status.as_str(), view.queue_number),
        Err(Error::Refused(refusal)) => format!("refused: {}", refusal.code),
        Err(Error::Forbidden(refusal)) => format!("forbidden: {}", refusal.code),
        Err(Error::NotFound(what)) => format!("no {what}"),
        Err(Error::Invalid(fields)) => format!("invalid: {}", fields[0].pointer),
        Err(other) => panic!("{other:?}"),
    }
}

/// The club of the counter with a draft and a class that was called off, and another club with its own coach.
struct Staffed {
    counter: Counter,
    draft: EventId,
    cancelled: EventId,
    coach: AccountId,
    member: AccountId,
    stranger: AccountId,
    /// The coach of the other club.
    other_coach: AccountId,
}

impl Staffed {
    async fn open(over: Over) -> Self {
        let counter = Counter::open(over, ONE_SHARD, 6, 20).await;
        let (club, other) = (fixtures::club(1), fixtures::club(2));
        let draft = Event { status: EventStatus::Draft, published_at: None, ..fixtures::event(2, &club, 5) };
        let cancelled = Event { status: EventStatus::Cancelled, ..fixtures::event(3, &club, 5) };
        let [member, other_coach] = [2, 3].map(fixtures::account);
        let memberships = vec![
            fixtures::membership(&club, &member, Role::Member),
            fixtures::membership(&other, &other_coach, Role::Coach),
        ];
        let events = vec![draft.clone(), cancelled.clone()];
        let seed = Seed { clubs: vec![other], memberships, events, ..Seed::default() };
        seed.save(counter.spotter().ports().store.as_ref()).await;
        Self {
            draft: draft.id,
            cancelled: cancelled.id,
            coach: counter.coach,
            member: member.id,
            stranger: counter.people[4],
            other_coach: other_coach.id,
            counter,
        }
    }

    fn register(&self, by: AccountId, event: EventId, person: Option<AccountId>) -> BoxFuture<'_, Told> {
        let register = Register { event, party_size: PartySize::default(), person };
        async move { self.counter.spotter().register(&context(by), register).await }.boxed()
    }

    fn cancel(&self, by: AccountId, registration: RegistrationId) -> BoxFuture<'_, Told> {
        self.counter.cancel(by, registration).boxed()
    }

    fn record(&self, by: AccountId, registration: RegistrationId) -> BoxFuture<'_, Told> {
        let record = RecordAttendance { registration, attendance: Attendance::Attended };
        async move { self.counter.spotter().record_attendance(&context(by), record).await }.boxed()
    }

    /// What comes of orders that are all decided in one batch.
    async fn in_one_batch(&self, orders: Vec<BoxFuture<'_, Told>>) -> Vec<String> {
        let mut held = self.counter.faults.hold(At::Begin);
        let mut blocker = self.register(self.coach, numbered(200, 9).into(), None);
        assert!((&mut blocker).now_or_never().is_none());
        held.reached().await;
        let (batches, number) = (self.counter.numbers().batch_size.count, orders.len() as u64);
        let together = async {
            self.counter.until_waiting(number).await;
            held.open();
        };
        let (told, (), _) = join!(join_all(orders), together, blocker);
        assert_eq!(self.counter.numbers().batch_size.count, batches + 2);
        told.iter().map(word).collect()
    }
}

async fn of_registrations_in_one_batch_each_is_allowed_what_its_caller_is(over: Over) {
    let club = Staffed::open(over).await;
    let (coach, member, stranger, other_coach) = (club.coach, club.member, club.stranger, club.other_coach);
    let [third, fourth] = [club.counter.people[2], club.counter.people[3]];
    let (open, unknown) = (club.counter.event.id, Some(numbered(200, 1).into()));
    let wanted = [
        (club.register(stranger, club.draft, None), "no event"),
        (club.register(member, club.draft, None), "no event"),
        (club.register(other_coach, club.draft, None), "no event"),
        (club.register(coach, club.draft, None), "refused: event_closed"),
        (club.register(coach, club.draft, Some(third)), "refused: event_closed"),
        (club.register(member, club.draft, Some(third)), "no event"),
        (club.register(stranger, club.cancelled, None), "refused: event_closed"),
        (club.register(coach, club.cancelled, Some(third)), "refused: event_closed"),
        (club.register(coach, open, Some(third)), "confirmed 1"),
        (club.register(member, open, Some(fourth)), "forbidden: role_required"),
        (club.register(stranger, open, Some(fourth)), "forbidden: role_required"),
        (club.register(other_coach, open, Some(fourth)), "forbidden: role_required"),
        (club.register(coach, open, unknown), "invalid: /user_id"),
        (club.register(member, open, unknown), "forbidden: role_required"),
        (club.register(member, open, Some(member)), "confirmed 2"),
        (club.register(stranger, open, None), "confirmed 3"),
        (club.register(third, open, None), "refused: already_registered"),
        (club.register(coach, open, Some(member)), "refused: already_registered"),
        (club.register(member, numbered(200, 2).into(), None), "no event"),
        (club.register(coach, open, None), "confirmed 4"),
    ];
    let (orders, words): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
    assert_eq!(club.in_one_batch(orders).await, words);
}

async fn what_is_somebody_elses_is_not_there_in_a_batch_either(over: Over) {
    let club = Staffed::open(over).await;
    let (coach, member, stranger, other_coach) = (club.coach, club.member, club.stranger, club.other_coach);
    let holders = [club.counter.people[2], club.counter.people[3]];
    let mut held = Vec::new();
    for holder in holders {
        held.push(club.register(holder, club.counter.event.id, None).await.unwrap().id);
    }
    let own = club.register(member, club.counter.event.id, None).await.unwrap().id;
    let wanted = vec![
        (club.cancel(member, held[0]), "no registration"),
        (club.cancel(stranger, held[0]), "no registration"),
        (club.cancel(other_coach, held[0]), "no registration"),
        (club.record(member, held[0]), "no registration"),
        (club.record(stranger, held[0]), "no registration"),
        (club.record(other_coach, held[0]), "no registration"),
        (club.record(holders[0], held[0]), "forbidden: role_required"),
        (club.record(member, own), "forbidden: role_required"),
        (club.record(coach, held[0]), "refused: event_not_started"),
        (club.cancel(holders[0], held[0]), "cancelled 1"),
        (club.cancel(coach, held[1]), "cancelled 2"),
        (club.cancel(coach, held[0]), "cancelled 1"),
        (club.record(coach, held[0]), "refused: event_not_started"),
    ];
    let (orders, words): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
    // Orders that name registrations come when it is known where those are: in an order of their own.
    let mut told = club.in_one_batch(orders).await;
    assert_eq!(told, words);

    club.counter.app.clock.advance(std::time::Duration::from_hours(1));
    let wanted = vec![
        (club.record(member, own), "forbidden: role_required"),
        (club.record(stranger, own), "no registration"),
        (club.record(coach, own), "attended 3"),
        (club.record(coach, held[0]), "refused: not_confirmed"),
        (club.register(stranger, club.counter.event.id, None), "refused: event_closed"),
    ];
    let (orders, words): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
    told = club.in_one_batch(orders).await;
    assert_eq!(told, words);
    let refused = club.cancel(member, own).await;
    assert_eq!(word(&refused), "refused: attendance_recorded");
    let statuses: Vec<_> = club.counter.books().await.into_iter().map(|(_, status)| status).collect();
    let (cancelled, attended) = (RegistrationStatus::Cancelled, RegistrationStatus::Attended);
    assert_eq!(statuses, [cancelled, cancelled, attended]);
}

on_each!(
    of_registrations_in_one_batch_each_is_allowed_what_its_caller_is,
    what_is_somebody_elses_is_not_there_in_a_batch_either,
);
