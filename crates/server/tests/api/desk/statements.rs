//! A batch takes as many statements whatever its size: eight at most

use std::sync::Arc;

use futures_util::future::{BoxFuture, join_all};
use futures_util::{FutureExt, join};
use spotter_application::Error;
use spotter_application::registration::{Cancel, RecordAttendance, Register};
use spotter_application::statements::{Tally, tallied};
use spotter_domain::event::Event;
use spotter_domain::id::RegistrationId;
use spotter_domain::registration::{Attendance, PartySize, Registration};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting};
use spotter_testkit::fixtures::{self, Seed};
use spotter_testkit::ids::numbered;

use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, Told, context, keyed};
use crate::support::faults::At;

/// The most statements of one batch.
const MOST: u64 = 8;

/// How many different things are wanted in a batch.
const KINDS: usize = 10;

/// A class that has begun, with that many seats taken.
async fn begun(counter: &Counter, seats: u32) -> Vec<RegistrationId> {
    let club = fixtures::club(1);
    let event = fixtures::event(2, &club, seats);
    let roster = Roster::restore(
        event.roster.capacity(),
        seats,
        Waiting::default(),
        QueueNumber::new(u64::from(seats) + 1),
    );
    let schedule = fixtures::schedule(-60);
    let event = Event { roster: roster.unwrap(), schedule, ..event };
    let registrations = counter.people.iter().zip(1..=u64::from(seats)).map(|(person, number)| {
        Registration { account: *person, ..fixtures::registration(number, &event, &fixtures::account(1)) }
    });
    let seed =
        Seed { registrations: registrations.collect(), events: vec![event.clone()], ..Seed::default() };
    seed.save(counter.spotter().ports().store.as_ref()).await;
    seed.registrations.iter().map(|registration| registration.id).collect()
}

/// So many of each kind in one batch; answers with how many statements that took.
async fn mixed(over: Over, of_each: usize) -> u64 {
    let seats = u32::try_from(of_each).unwrap();
    let counter = Counter::open(over, ONE_SHARD, of_each as u64 * 9, seats).await;
    let came = begun(&counter, seats).await;
    // As many wait as have a seat, and others are answered under their keys already.
    let seated = counter.register_all(0..of_each).await;
    let waiting = counter.register_all(of_each..of_each * 2).await;
    let answered = (of_each * 2..of_each * 3).map(|who| counter.register_keyed(who, "before", "a seat"));
    join_all(answered).await;

    // Somebody is at work, so that all the others have to wait and go together.
    let nowhere = Register { event: numbered(200, 1).into(), ..counter.seat() };
    let coach = context(counter.coach);
    let mut held = counter.faults.hold(At::Begin);
    let mut blocker = Box::pin(counter.spotter().register(&coach, nowhere));
    assert!((&mut blocker).now_or_never().is_none());
    held.reached().await;
    let before = counter.numbers().batch_size.count;
    let orders = (0..of_each * KINDS).map(|number| {
        let tally = Arc::new(Tally::default());
        let (kind, place) = (number % KINDS, number / KINDS);
        let registered = if kind == 7 { waiting[place].as_ref() } else { seated[place].as_ref() };
        let order = order(&counter, kind, place, registered.unwrap().id, came[place]);
        async move { (kind, tallied(Arc::clone(&tally), order).await, tally) }
    });
    let orders = join_all(orders.collect::<Vec<_>>());
    let together = async {
        counter.until_waiting((of_each * KINDS) as u64).await;
        held.open();
    };
    let (told, (), _) = join!(orders, together, blocker);
    let desk = counter.numbers();
    assert_eq!((desk.batch_size.count - before, desk.singled_out), (2, 0));

    let mut statements = None;
    for (kind, told, tally) in told {
        check(kind, &told);
        // Where a registration is that somebody names has to be asked before.
        let of_batch = tally.statements() - u64::from(matches!(kind, 6..=8));
        assert_eq!(*statements.get_or_insert(of_batch), of_batch, "{kind}: {told:?}");
    }
    statements.unwrap()
}

fn order(
    counter: &Counter,
    kind: usize,
    place: usize,
    registered: RegistrationId,
    came: RegistrationId,
) -> BoxFuture<'_, Told> {
    let spotter = counter.spotter();
    let person = move |row: usize| counter.people[counter.people.len() / 9 * row + place];
    let seat = counter.seat();
    let register =
        move |context, register: Register| async move { spotter.register(&context, register).await };
    match kind {
        0 => register(context(person(3)), seat).boxed(),
        1 => {
            let pair = Register { party_size: PartySize::new(2).unwrap(), ..seat };
            register(context(person(4)), pair).boxed()
        }
        2 => register(keyed(person(5), "k", "a seat"), seat).boxed(),
        3 => register(keyed(person(2), "before", "a seat"), seat).boxed(),
        4 => register(context(counter.coach), Register { person: Some(person(6)), ..seat }).boxed(),
        5 => register(context(person(2)), seat).boxed(),
        // Of those with a seat, so that somebody is promoted; and of those who wait.
        6 => async move { spotter.cancel(&context(person(0)), Cancel { registration: registered }).await }
            .boxed(),
        7 => {
            let cancel = Cancel { registration: registered };
            async move { spotter.cancel(&context(counter.coach), cancel).await }.boxed()
        }
        8 => {
            let record = RecordAttendance { registration: came, attendance: Attendance::Attended };
            async move { spotter.record_attendance(&context(counter.coach), record).await }.boxed()
        }
        _ => {
            let nowhere = Register { event: numbered(200, place as u64).into(), ..seat };
            register(context(person(7)), nowhere).boxed()
        }
    }
}

fn check(kind: usize, told: &Told) {
    match (kind, told) {
        (5, Err(Error::Refused(refusal))) => assert_eq!(refusal.code, "already_registered"),
        (0..=4 | 6..=8, Ok(_)) | (9, Err(Error::NotFound("event"))) => {}
        _ => panic!("{kind}: {told:?}"),
    }
}

async fn a_batch_of_hundreds_takes_no_more_statements_than_a_small_one(over: Over) {
    let (small, large) = (mixed(over, 3).await, mixed(over, 30).await);
    println!("a batch of 30: {small} statements, one of 300: {large}");
    assert_eq!(small, large);
    assert!(large <= MOST, "{large} statements");
}

async fn registrations_alone_take_no_more_than_a_mixture(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 302, 100).await;
    let alone = async |who: usize| {
        let tally = Arc::new(Tally::default());
        tallied(Arc::clone(&tally), counter.register(who)).await.unwrap();
        tally.statements()
    };
    let (first, second) = (alone(0).await, alone(1).await);
    let many = join_all((2..302).map(alone)).await;
    println!("registering: {first} statements, 300 of it {}", many[0]);
    assert!(many.iter().all(|of_each| *of_each == many[0]));
    assert_eq!((first, second), (many[0], many[0]));
    assert!(first <= MOST - 2, "{first} statements");
    assert_eq!(counter.numbers().batch_size.count, 3);
}

macro_rules! on_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $test() { super::$test(crate::support::app::Over::Sqlite).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $test() { super::$test(crate::support::app::Over::Postgres).await; })+
        }
    };
}

on_databases!(
    a_batch_of_hundreds_takes_no_more_statements_than_a_small_one,
    registrations_alone_take_no_more_than_a_mixture,
);
