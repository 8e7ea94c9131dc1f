//! One bad order hurts nobody else

use futures_util::future::join_all;
use spotter_application::Error;
use spotter_application::registration::Register;
use spotter_domain::StoreError;
use spotter_domain::registration::{PartySize, RegistrationStatus};
use spotter_testkit::ids::numbered;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, context};
use crate::support::faults::Poison;

/// Who brings the bad one, of twenty.
const BAD: usize = 7;

async fn what_is_refused_is_answered_alone(over: Over) {
    let counter = Counter::open(over, ONE_SHARD, 6, 3).await;
    let seat = counter.seat();
    let party = |size| Register { party_size: PartySize::new(size).unwrap(), ..seat };
    let nowhere = Register { event: numbered(200, 1).into(), ..seat };
    let wanted = [(0, seat), (1, party(4)), (0, seat), (2, nowhere), (3, party(2)), (4, seat)];
    let told = join_all(wanted.map(async |(who, register)| {
        counter.spotter().register(&context(counter.people[who]), register).await
    }))
    .await;
    let refused = |place: usize, word: &str| {
        let Err(Error::Refused(refusal)) = &told[place] else { panic!("{:?}", told[place]) };
        assert_eq!(refusal.code, word);
    };
    refused(1, "party_too_large");
    refused(2, "already_registered");
    assert!(matches!(told[3], Err(Error::NotFound("event"))), "{:?}", told[3]);
    let numbers = [0, 4, 5].map(|place| told[place].as_ref().unwrap().queue_number.get());
    assert_eq!(numbers, [1, 2, 3]);
    let (seated, waiting) = (RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted);
    assert_eq!(counter.books().await, [(0, seated), (3, seated), (4, waiting)]);
    let desk = counter.numbers();
    assert_eq!((desk.batch_size.count, desk.batch_size.most, desk.singled_out), (1, 6, 0));
}

/// Twenty at once, of whom one can't be written.
async fn one_of_twenty(over: Over, poison: Poison) -> Error {
    let counter = Counter::open(over, ONE_SHARD, 20, 30).await;
    counter.faults.poison(counter.people[BAD], poison);
    let mut told = counter.register_all(0..20).await;
    let bad = told.remove(BAD).unwrap_err();
    let others: Vec<_> = (0..20).filter(|who| *who != BAD).collect();
    for ((told, who), number) in told.into_iter().zip(&others).zip(1..) {
        let told = told.unwrap();
        assert_eq!((told.account, told.queue_number.get()), (counter.people[*who], number));
    }
    let wanted: Vec<_> = others.iter().map(|who| (*who, RegistrationStatus::Confirmed)).collect();
    assert_eq!(counter.books().await, wanted);
    let desk = counter.numbers();
    assert_eq!((desk.singled_out, desk.late, desk.waiting), (20, 0, 0));
    assert_eq!((desk.batch_size.count, desk.batch_size.most), (19, 1));

    // Nothing of it is left in the way of the next ones.
    counter.faults.poison(counter.coach, poison);
    assert_eq!(counter.register(BAD).await.unwrap().queue_number.get(), 20);
    assert_eq!(counter.numbers().singled_out, 20);
    bad
}

async fn of_a_batch_with_a_row_that_can_not_be_written_the_others_are(over: Over) {
    let bad = one_of_twenty(over, Poison::Corrupt).await;
    assert!(matches!(bad, Error::Store(StoreError::Corrupt { .. })), "{bad:?}");
}

async fn of_a_batch_that_panics_only_the_culprit_gets_an_error(over: Over) {
    let bad = one_of_twenty(over, Poison::Panic).await;
    assert!(matches!(bad, Error::Internal(_)), "{bad:?}");
}

/// Whoever is behind the one that is tried again and again must not become late over it.
async fn of_a_batch_with_a_conflict_that_stays_the_others_do_not_wait_for_its_end(over: Over) {
    let bad = one_of_twenty(over, Poison::Conflict).await;
    assert!(matches!(bad, Error::Store(StoreError::Conflict(_))), "{bad:?}");
}

on_each!(
    what_is_refused_is_answered_alone,
    of_a_batch_with_a_row_that_can_not_be_written_the_others_are,
    of_a_batch_that_panics_only_the_culprit_gets_an_error,
    of_a_batch_with_a_conflict_that_stays_the_others_do_not_wait_for_its_end,
);
