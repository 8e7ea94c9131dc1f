//! Workout sessions under an `Idempotency-Key`: once, whoever else is in the batch

use spotter_application::workout::LogSession;
use spotter_application::{Error, IdempotentRequest, RequestContext};
use spotter_domain::id::AccountId;
use spotter_domain::idempotency::IdempotencyKey;
use spotter_domain::page::PageRequest;
use spotter_domain::workout::SessionFilter;

use super::{BENCH, account, at_once, context, desk, five, largest_batch, named, session};
use crate::support::TestApp;
use crate::workouts::sessions::on_every_store;

fn keyed(account: AccountId, key: &str, kilograms: f64) -> (RequestContext, LogSession) {
    let key = IdempotencyKey::parse(key).unwrap();
    let request = IdempotentRequest { key, content: format!("{kilograms}").into_bytes() };
    let context = RequestContext { idempotency: Some(request), ..context(account) };
    (context, session(-1, vec![five(named(BENCH), kilograms)]))
}

async fn a_key_is_good_for_one_workout_session(app: TestApp) {
    let (desk, ada, bob) = (desk(&app, 64), account(&app).await, account(&app).await);
    let first = at_once(
        &desk,
        [
            keyed(ada, "one", 100.0),
            keyed(ada, "one", 100.0),
            keyed(bob, "one", 50.0),
            keyed(ada, "two", 110.0),
        ],
    )
    .await;
    assert!(matches!(first[1], Err(Error::KeyInFlight)), "{:?}", first[1]);
    assert_eq!(largest_batch(&desk), 3);
    let [one, bobs, two] = [0, 2, 3].map(|place: usize| first[place].clone().unwrap());

    // All of them again, in a batch with one that is new and one that is another.
    let again = at_once(
        &desk,
        [
            keyed(ada, "two", 110.0),
            keyed(ada, "three", 120.0),
            keyed(bob, "one", 51.0),
            keyed(ada, "one", 100.0),
        ],
    )
    .await;
    assert_eq!(largest_batch(&desk), 4);
    assert_eq!(again[0].as_ref().unwrap(), &two);
    assert!(matches!(again[2], Err(Error::KeyReused)), "{:?}", again[2]);
    assert_eq!(again[3].as_ref().unwrap(), &one);
    let three = again[1].clone().unwrap();

    let (filter, page) = (SessionFilter::default(), PageRequest::default());
    for (account, mut expected) in [(ada, vec![one, two, three]), (bob, vec![bobs])] {
        let caller = context(account).caller;
        let mut kept = desk.workout_sessions(caller, None, filter, page).await.unwrap().items;
        kept.sort_by_key(|session| session.id);
        expected.sort_by_key(|logged| logged.session.id);
        assert_eq!(kept, expected.into_iter().map(|logged| logged.session).collect::<Vec<_>>());
    }
}

on_every_store!(a_key_is_good_for_one_workout_session);
