//! Behaviours of `ProgressRepository`.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Day, NO_WEIGHT, Record, RecordKey, RecordKind, Summary};
use spotter_domain::workout::{Load, Volume, Weight, WorkoutSession};

use super::Subject;
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, custom_exercise, day, derived, of_person, workout_session,
};

const A_DAY: i64 = 86_400;

fn me() -> AccountId {
    account(1).id
}

fn you() -> AccountId {
    account(2).id
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

async fn with_people(subject: &Subject) {
    let catalogue = (1..=3).map(catalogue_entry).collect();
    subject.save(Seed { accounts: vec![account(1), account(2)], catalogue, ..Seed::default() }).await;
}

/// Sums in which no two numbers are the same.
fn summary(date: &str, times: u32) -> Summary {
    Summary {
        day: day(date),
        sessions: times,
        sets: 20 * times,
        reps: 300 * u64::from(times),
        volume: Volume::from_steps(4_000_000_000_000 * i64::from(times)),
        seconds: 50_000_000_000 * u64::from(times),
        distance: 600_000_000_000 * u64::from(times),
    }
}

async fn days(subject: &Subject, person: AccountId) -> Vec<Summary> {
    subject.begin().await.progress().days(person, None, 500).await.unwrap()
}

async fn add(subject: &Subject, person: AccountId, summaries: &[Summary]) {
    let mut work = subject.begin().await;
    work.progress().add_to_days(&of_person(person, summaries)).await.unwrap();
    work.commit().await.unwrap();
}

/// What is added to a day with sums is added up, what is added to one without begins it.
pub async fn sums_are_added_to_the_days_of_a_person(subject: &Subject) {
    with_people(subject).await;
    add(subject, me(), &[summary("2027-01-05", 1), summary("2027-01-04", 2)]).await;
    add(subject, you(), &[summary("2027-01-04", 7)]).await;
    add(subject, me(), &[summary("2027-01-06", 3), summary("2027-01-05", 4)]).await;
    add(subject, me(), &[]).await;

    let expected = [summary("2027-01-04", 2), summary("2027-01-05", 5), summary("2027-01-06", 3)];
    assert_eq!(days(subject, me()).await, expected);
    assert_eq!(days(subject, you()).await, [summary("2027-01-04", 7)]);
}

/// A file of years is added at once and read again in portions, by day, from the first day there is to the
/// last.
pub async fn days_are_read_in_portions(subject: &Subject) {
    with_people(subject).await;
    let numbers = [0, 1, Day::LAST.number()].into_iter().chain(20_000..20_400);
    let mut all: Vec<_> = numbers
        .map(|number| Summary { day: Day::from_number(number).unwrap(), ..summary("2027-01-04", 1) })
        .collect();
    add(subject, me(), &all).await;
    all.sort_by_key(|summary| summary.day);

    let mut work = subject.begin().await;
    for limit in [100, 500] {
        let mut found: Vec<Summary> = Vec::new();
        loop {
            let last = found.last().map(|summary| summary.day);
            let portion = work.progress().days(me(), last, limit).await.unwrap();
            assert!(portion.len() <= usize::from(limit));
            if portion.is_empty() {
                break;
            }
            found.extend(portion);
        }
        assert_eq!(found, all, "{limit} at once");
    }
}

/// The days that are named are what their workout sessions add up to, whatever was there before; the others
/// stay as they are.
pub async fn days_are_summed_up_from_what_is_stored(subject: &Subject) {
    let sessions = [
        workout_session(1, me(), 0, vec![block(lift(1), "100x5 w50x9"), block(lift(2), "x12 -20x3")]),
        workout_session(2, me(), 60, vec![block(lift(1), "90x5")]),
        workout_session(3, me(), A_DAY, vec![]),
        workout_session(4, me(), 2 * A_DAY, vec![block(lift(3), "1x1")]),
        workout_session(5, you(), 0, vec![block(lift(3), "300x1")]),
    ];
    let catalogue = (1..=3).map(catalogue_entry).collect();
    let accounts = vec![account(1), account(2)];
    let workout_sessions = sessions.to_vec();
    subject.save(Seed { accounts, catalogue, workout_sessions, ..Seed::default() }).await;
    let wrong = ["2027-01-03", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07"];
    add(subject, me(), &wrong.map(|date| summary(date, 1))).await;

    let mut work = subject.begin().await;
    let named = ["2027-01-03", "2027-01-04", "2027-01-05"].map(day);
    work.progress().rebuild_days(me(), &named).await.unwrap();
    work.progress().rebuild_days(me(), &[]).await.unwrap();
    work.commit().await.unwrap();

    let of = |sessions: &[WorkoutSession]| {
        let derived: Vec<_> = sessions.iter().cloned().map(derived).collect();
        Summary::by_day(&derived)
    };
    let mut expected = of(&sessions[..4]);
    expected[2].add(&summary("2027-01-06", 1));
    expected.push(summary("2027-01-07", 1));
    assert_eq!(days(subject, me()).await, expected);
    assert_eq!(days(subject, you()).await, of(&sessions[4..]));
}

/// A day whose last workout session goes has no summary, within the same unit of work already.
pub async fn a_day_without_a_workout_session_has_no_summary(subject: &Subject) {
    with_people(subject).await;
    let only = workout_session(1, me(), 0, vec![block(lift(1), "100x5")]);
    subject.save(Seed { workout_sessions: vec![only.clone()], ..Seed::default() }).await;
    assert_eq!(days(subject, me()).await.len(), 1);
    let mut work = subject.begin().await;
    work.workout_sessions().delete_many(me(), &[only.id]).await.unwrap();
    work.progress().rebuild_days(me(), &[day("2027-01-04")]).await.unwrap();
    assert_eq!(work.progress().days(me(), None, 9).await.unwrap(), []);
}

fn record(exercise: u64, kind: RecordKind, load: Load, steps: i32, value: i64) -> Record {
    let weight = Weight::from_steps(steps).unwrap();
    Record {
        key: RecordKey { exercise: lift(exercise), kind, load, weight },
        value,
        session: workout_session(u64::try_from(value.abs()).unwrap() % 1_000, me(), 0, vec![]).id,
        achieved_at: after(value % 1_000),
    }
}

/// Records of two exercises with every kind and every load, and weights on both sides of zero.
fn every_record() -> Vec<Record> {
    let mut records = Vec::new();
    for exercise in [2, 1] {
        for (number, kind) in (10..).zip(RecordKind::ALL) {
            records.extend(Load::ALL.map(|load| record(exercise, kind, load, 0, number)));
        }
        for steps in [-Weight::MOST_STEPS, -2_000, -999, 1, 1_000, 999, 20_000, Weight::MOST_STEPS] {
            records.push(record(exercise, RecordKind::MostReps, Load::External, steps, 5));
        }
        records.push(record(exercise, RecordKind::Heaviest, Load::External, 7, -2_000));
        records.push(record(exercise, RecordKind::MostVolume, Load::External, 7, i64::MAX / 2));
    }
    records
}

fn by_key(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|record| record.key);
    records
}

async fn save(subject: &Subject, person: AccountId, records: &[Record]) {
    let mut work = subject.begin().await;
    work.progress().save_records(&of_person(person, records)).await.unwrap();
    work.commit().await.unwrap();
}

async fn records(subject: &Subject, person: AccountId) -> Vec<Record> {
    subject.begin().await.progress().all_records(person, None, 1_000).await.unwrap()
}

/// Every field survives, and records come in the order of their keys.
pub async fn records_come_back_as_they_were_written(subject: &Subject) {
    with_people(subject).await;
    save(subject, me(), &every_record()).await;
    save(subject, me(), &[]).await;
    let others = record(1, RecordKind::Heaviest, Load::External, 0, 99);
    save(subject, you(), &[others]).await;

    let all = by_key(every_record());
    assert_eq!(records(subject, me()).await, all);
    assert_eq!(records(subject, you()).await, [others]);
    let mut work = subject.begin().await;
    for limit in [1, 7, 100] {
        let mut found: Vec<Record> = Vec::new();
        loop {
            let last = found.last().map(|record| record.key);
            let portion = work.progress().all_records(me(), last, limit).await.unwrap();
            assert!(portion.len() <= usize::from(limit));
            if portion.is_empty() {
                break;
            }
            found.extend(portion);
        }
        assert_eq!(found, all, "{limit} at once");
    }
}

/// Of the exercises that are named, by key; an exercise without records has none.
pub async fn records_are_read_by_exercise(subject: &Subject) {
    with_people(subject).await;
    save(subject, me(), &every_record()).await;
    let mut work = subject.begin().await;
    for numbers in [vec![1], vec![2, 3], vec![2, 1, 2], vec![3], vec![]] {
        let exercises: Vec<_> = numbers.iter().map(|number| lift(*number)).collect();
        let mut expected = by_key(every_record());
        expected.retain(|record| exercises.contains(&record.key.exercise));
        let found = work.progress().records(&of_person(me(), &exercises)).await.unwrap();
        assert_eq!(found, of_person(me(), &expected), "{numbers:?}");
    }
    assert_eq!(work.progress().records(&[(you(), lift(1))]).await.unwrap(), []);
}

/// Records are written over those of the same keys, whatever they were.
pub async fn a_record_takes_the_place_of_the_one_of_its_key(subject: &Subject) {
    with_people(subject).await;
    let old = record(1, RecordKind::MostReps, Load::External, 1_000, 12);
    let stays = record(1, RecordKind::MostReps, Load::External, 1_001, 12);
    save(subject, me(), &[old, stays]).await;
    let new = Record { key: old.key, ..record(1, RecordKind::MostReps, Load::External, 0, 3) };
    let first = record(1, RecordKind::OneRepMax, Load::External, 0, 12_345);
    save(subject, me(), &[first, new]).await;
    assert_eq!(records(subject, me()).await, [new, stays, first]);
}

/// A record is of an exercise that is there.
pub async fn a_record_of_an_unknown_exercise_is_refused(subject: &Subject) {
    with_people(subject).await;
    let nowhere = RecordKey {
        exercise: custom_exercise(9, me()).id,
        kind: RecordKind::Heaviest,
        load: Load::External,
        weight: NO_WEIGHT,
    };
    let nowhere = Record { key: nowhere, ..record(1, RecordKind::Heaviest, Load::External, 0, 1) };
    let refused = subject.begin().await.progress().save_records(&[(me(), nowhere)]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

/// The records of some exercises go, the others and other people's stay.
pub async fn records_are_deleted_by_exercise(subject: &Subject) {
    with_people(subject).await;
    save(subject, me(), &every_record()).await;
    save(subject, you(), &every_record()).await;
    let mut work = subject.begin().await;
    work.progress().delete_records(me(), &[lift(2), lift(3)]).await.unwrap();
    work.progress().delete_records(me(), &[]).await.unwrap();
    work.commit().await.unwrap();
    let mut left = by_key(every_record());
    left.retain(|record| record.key.exercise == lift(1));
    assert_eq!(records(subject, me()).await, left);
    assert_eq!(records(subject, you()).await, by_key(every_record()));
}

/// Everything that is derived goes, of one person.
pub async fn all_progress_of_a_person_is_cleared(subject: &Subject) {
    with_people(subject).await;
    for person in [me(), you()] {
        add(subject, person, &[summary("2027-01-04", 1), summary("2027-01-09", 1)]).await;
        save(subject, person, &every_record()).await;
    }
    let mut work = subject.begin().await;
    work.progress().clear(me()).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!((days(subject, me()).await, records(subject, me()).await), (vec![], vec![]));
    assert_eq!(days(subject, you()).await.len(), 2);
    assert_eq!(records(subject, you()).await, by_key(every_record()));
}
