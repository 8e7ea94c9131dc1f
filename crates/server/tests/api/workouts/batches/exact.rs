//! Orders of one batch see each other where they are one person's, and do not hurt each other

use spotter_application::workout::{ExerciseRef, LoggedSession};
use spotter_application::{Error, Spotter};
use spotter_domain::id::AccountId;
use spotter_domain::page::PageRequest;
use spotter_domain::progress::RecordKind;
use spotter_domain::workout::SessionFilter;
use uuid::Uuid;

use super::{BENCH, account, at_once, context, desk, five, largest_batch, named, session};
use crate::support::TestApp;
use crate::workouts::sessions::on_every_store;

/// How heavy the heaviest record is that was broken, and how heavy the one before, in kilograms.
fn heaviest(logged: &Result<LoggedSession, Error>) -> Option<(i64, Option<i64>)> {
    let broken = logged.as_ref().unwrap().records.iter().map(|(broken, _)| broken);
    let mut heaviest = broken.filter(|broken| broken.record.key.kind == RecordKind::Heaviest);
    heaviest.next().map(|broken| (broken.record.value / 100, broken.previous.map(|value| value / 100)))
}

async fn count(spotter: &Spotter, account: AccountId) -> usize {
    let (filter, page) = (SessionFilter::default(), PageRequest::default());
    spotter.workout_sessions(context(account).caller, None, filter, page).await.unwrap().items.len()
}

async fn a_record_is_broken_by_one_after_the_other(app: TestApp) {
    let (desk, ada, bob) = (desk(&app, 64), account(&app).await, account(&app).await);
    let lifts = [(ada, 100.0), (bob, 60.0), (ada, 110.0), (ada, 105.0), (bob, 60.0), (ada, 120.0)];
    let order = |(hours, (account, kilograms))| {
        (context(account), session(hours, vec![five(named(BENCH), kilograms)]))
    };
    let logged = at_once(&desk, (0..).zip(lifts).map(order)).await;
    assert_eq!(largest_batch(&desk), 6);
    let told: Vec<_> = logged.iter().map(heaviest).collect();
    let expected =
        [Some((100, None)), Some((60, None)), Some((110, Some(100))), None, None, Some((120, Some(110)))];
    assert_eq!(told, expected);
}

async fn an_exercise_that_one_makes_is_found_by_the_next(app: TestApp) {
    let (desk, ada, bob) = (desk(&app, 64), account(&app).await, account(&app).await);
    let order = |account, name| (context(account), session(0, vec![five(named(name), 50.0)]));
    let orders = [
        order(ada, "Ada's Own Carry"),
        order(bob, "Ada's Own Carry"),
        order(ada, "carry ADA'S own"),
        order(ada, "Ada's Own Crawl"),
    ];
    let logged = at_once(&desk, orders).await;
    assert_eq!(largest_batch(&desk), 4);
    let exercises: Vec<_> =
        logged.iter().map(|logged| logged.as_ref().unwrap().session.blocks[0].exercise).collect();
    assert_eq!(exercises[0], exercises[2]);
    assert_ne!(exercises[0], exercises[1], "everybody has their own");
    assert_eq!(logged[2].as_ref().unwrap().session.blocks[0].exercise_name, "Ada's Own Carry");
    // They are there for what comes later, and for other nodes.
    for spotter in [&desk, &app.spotter] {
        let again = spotter.log_session(&context(ada), order(ada, "Ada's Own Crawl").1).await.unwrap();
        assert_eq!(again.session.blocks[0].exercise, exercises[3]);
        let own = spotter.ports().exercises.personal(ada).await.unwrap().exercises;
        assert_eq!(own.len(), 2, "{own:?}");
    }
}

async fn what_is_refused_leaves_nothing_and_hurts_nobody(app: TestApp) {
    let (desk, ada, bob) = (desk(&app, 64), account(&app).await, account(&app).await);
    let nowhere = ExerciseRef::Id(Uuid::from_u128(7).into());
    let good = || session(-1, vec![five(named(BENCH), 100.0)]);
    let orders = [
        (context(ada), good()),
        // What it would make is not made.
        (context(bob), session(-1, vec![five(named("Bob's Own Carry"), 1.0), five(nowhere, 2.0)])),
        (context(ada), session(72, vec![five(named("Ada's Own Carry"), 1.0)])),
        (context(Uuid::from_u128(9).into()), good()),
        (context(bob), good()),
    ];
    let logged = at_once(&desk, orders).await;
    assert_eq!(largest_batch(&desk), 5);
    let pointer = |answer: &Result<LoggedSession, Error>| match answer {
        Err(Error::Invalid(fields)) => fields[0].pointer.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(pointer(&logged[1]), "/exercises/1/exercise_id");
    assert_eq!(pointer(&logged[2]), "/started_at");
    assert!(matches!(&logged[3], Err(Error::Unauthenticated(refusal)) if refusal.code == "account_gone"));
    assert_eq!((heaviest(&logged[0]), heaviest(&logged[4])), (Some((100, None)), Some((100, None))));
    for person in [ada, bob] {
        assert_eq!(count(&desk, person).await, 1);
        assert_eq!(desk.ports().exercises.personal(person).await.unwrap().exercises, []);
    }
    let numbers = desk.desk_numbers();
    let workout = numbers.iter().find(|numbers| numbers.name == "workout").unwrap();
    assert_eq!((workout.batch_size.count, workout.singled_out, workout.tried_again), (1, 0, 0));
}

on_every_store!(
    a_record_is_broken_by_one_after_the_other,
    an_exercise_that_one_makes_is_found_by_the_next,
    what_is_refused_leaves_nothing_and_hurts_nobody,
);
