//! Behaviours of `Store` and `UnitOfWork` with workouts: all or nothing.

use spotter_domain::UnitOfWork;
use spotter_domain::account::WeekStart;
use spotter_domain::page::PageRequest;
use spotter_domain::progress::{Period, Records, Summary};
use spotter_domain::store::Inserted;
use spotter_domain::wearable::{WearableKind, Written};
use spotter_domain::workout::{OneRepMaxFormula, SessionFilter, WorkoutSession};

use super::Subject;
use crate::fixtures::{
    Seed, account, block, catalogue_entry, club, consent, custom_exercise, day, derived, import, new_session,
    of_person, planned, template, wearable_record, workout_session,
};

fn the_workout_session() -> WorkoutSession {
    let person = account(1).id;
    workout_session(1, person, 0, vec![block(custom_exercise(1, person).id, "100x5")])
}

/// Writes something through every repository of workouts.
async fn write_everything(work: &mut dyn UnitOfWork) {
    let person = account(1).id;
    work.exercises().save_catalogue(&[catalogue_entry(1)], "digest").await.unwrap();
    work.exercises().insert_many(&[custom_exercise(1, person)]).await.unwrap();
    work.accounts().touch_exercises(&[person]).await.unwrap();
    work.templates().insert(&template(1, person, vec![planned(catalogue_entry(1).id)])).await.unwrap();
    work.imports().insert(&import(1, person)).await.unwrap();
    let session = the_workout_session();
    let days = Summary::by_day(&[derived(session.clone())]);
    let records: Vec<_> = Records::of([&session], OneRepMaxFormula::default()).iter().copied().collect();
    work.workout_sessions().insert_many(&[new_session(session)]).await.unwrap();
    work.progress().add_to_days(&of_person(person, &days)).await.unwrap();
    work.progress().save_records(&of_person(person, &records)).await.unwrap();
    assert_eq!(work.consents().grant(&consent(1, person)).await.unwrap(), Inserted::New);
    let slept = wearable_record(1, person, WearableKind::Sleep);
    assert_eq!(work.wearables().save(&slept).await.unwrap(), Written::New);
    assert_eq!(work.wearables().link(person, 7).await.unwrap(), Inserted::New);
}

/// What of workouts a unit of work sees, each repository in turn.
async fn seen_within(work: &mut dyn UnitOfWork) -> Vec<bool> {
    let person = account(1).id;
    let athlete = work.accounts().lock_athlete(person).await.unwrap();
    vec![
        athlete.is_some_and(|athlete| athlete.exercises_version == 2),
        work.exercises().catalogue_digest().await.unwrap().is_some(),
        work.exercises().personal(&[person]).await.unwrap()[0].exercises.len() == 1,
        work.templates().count_of(person).await.unwrap() == 1,
        work.imports().by_id(person, import(1, person).id).await.unwrap().is_some(),
        work.workout_sessions().page(person, None, 9).await.unwrap() == [the_workout_session()],
        work.progress().days(person, None, 9).await.unwrap().len() == 1,
        work.progress().all_records(person, None, 9).await.unwrap().len() == 4,
        work.wearables().linked(7).await.unwrap() == Some(person),
    ]
}

/// What of workouts the queries see.
async fn seen_outside(subject: &Subject) -> Vec<bool> {
    let person = account(1).id;
    let filter = SessionFilter::default();
    let days = (day("2027-01-04"), day("2027-01-04"));
    let athlete = subject.accounts.athlete(person).await.unwrap();
    let (workouts, progress, wearables) = (&subject.workouts, &subject.progress, &subject.wearables);
    let summaries =
        progress.summaries(person, Period::Day, WeekStart::Monday, days, PageRequest::default()).await;
    vec![
        athlete.is_some_and(|athlete| athlete.exercises_version == 2),
        !subject.exercises.personal(person).await.unwrap().exercises.is_empty(),
        !workouts.templates(person, PageRequest::default()).await.unwrap().items.is_empty(),
        !workouts.imports(person, PageRequest::default()).await.unwrap().items.is_empty(),
        !workouts.sessions(person, person, filter, PageRequest::default()).await.unwrap().items.is_empty(),
        !summaries.unwrap().items.is_empty(),
        !progress.records(person, None, PageRequest::default()).await.unwrap().items.is_empty(),
        workouts.consent(club(1).id, person).await.unwrap().is_some(),
        !wearables.records(person, None, PageRequest::default()).await.unwrap().items.is_empty(),
        wearables.linked_user(person).await.unwrap() == Some(7),
    ]
}

async fn with_a_person(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1)], clubs: vec![club(1)], ..Seed::default() }).await;
}

/// Without a commit nothing is left, through whichever repository it was written, and nothing is in the way of
/// the next.
pub async fn what_is_dropped_or_rolled_back_never_happened(subject: &Subject) {
    with_a_person(subject).await;
    for rolled_back in [true, false] {
        let mut work = subject.begin().await;
        write_everything(work.as_mut()).await;
        if rolled_back {
            work.rollback().await.unwrap();
        } else {
            drop(work);
        }
        assert_eq!(seen_outside(subject).await, [false; 10]);
        assert_eq!(seen_within(subject.begin().await.as_mut()).await, [false; 9]);
    }
}

/// Until the commit nobody else sees anything, after it everybody sees everything.
pub async fn what_is_committed_happened_as_a_whole(subject: &Subject) {
    with_a_person(subject).await;
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    assert_eq!(seen_within(work.as_mut()).await, [true; 9]);
    assert_eq!(seen_outside(subject).await, [false; 10]);
    work.commit().await.unwrap();

    assert_eq!(seen_outside(subject).await, [true; 10]);
    assert_eq!(seen_within(subject.begin().await.as_mut()).await, [true; 9]);
}

/// What a failed statement did by halves is not committed, even if the caller overlooks the error.
pub async fn what_failed_cannot_be_committed(subject: &Subject) {
    with_a_person(subject).await;
    let mut work = subject.begin().await;
    write_everything(work.as_mut()).await;
    let again = new_session(the_workout_session());
    assert!(work.workout_sessions().insert_many(&[again]).await.is_err());
    assert!(work.commit().await.is_err());
    assert_eq!(seen_outside(subject).await, [false; 10]);
}
