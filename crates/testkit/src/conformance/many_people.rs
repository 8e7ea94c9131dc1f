//! Behaviours of what is written and read of the workouts of many people at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{NO_WEIGHT, Record, RecordKey, RecordKind, Summary};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{Load, NewSession, PersonalAlias, PersonalExercises};

use super::Subject;
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, custom_exercise, day, derived, new_session, template,
    workout_session,
};

fn person(number: u64) -> AccountId {
    account(number).id
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

async fn with_people(subject: &Subject, most: u64) {
    let accounts = (1..=most).map(account).collect();
    let catalogue = (1..=3).map(catalogue_entry).collect();
    subject.save(Seed { accounts, catalogue, ..Seed::default() }).await;
}

/// Whatever order they are asked for in, each comes once; who does not exist is left out.
pub async fn people_are_locked_in_the_order_of_their_ids(subject: &Subject) {
    with_people(subject, 4).await;
    let mut work = subject.begin().await;
    let asked = [4, 9, 1, 3, 1].map(person);
    let locked = work.accounts().lock_athletes(&asked).await.unwrap();
    let found: Vec<_> = locked.iter().map(|athlete| athlete.account).collect();
    let mut expected = [4, 1, 3].map(person);
    expected.sort_unstable();
    assert_eq!(found, expected);
    for athlete in locked {
        assert_eq!(subject.accounts.athlete(athlete.account).await.unwrap(), Some(athlete));
    }
    assert_eq!(work.accounts().lock_athletes(&[]).await.unwrap(), []);
}

/// Units of work that ask for the same people crosswise follow one another, and none fails.
pub async fn people_are_locked_crosswise_without_a_deadlock(subject: &Subject) {
    with_people(subject, 3).await;
    let writers: Vec<_> = [[1, 2, 3], [3, 2, 1], [2, 3, 1], [3, 1, 2]]
        .into_iter()
        .cycle()
        .take(12)
        .map(|order| {
            let store = Arc::clone(&subject.store);
            tokio::spawn(async move {
                let mut work = store.begin().await.unwrap();
                let asked = order.map(person);
                let locked = work.accounts().lock_athletes(&asked).await.unwrap();
                tokio::task::yield_now().await;
                work.accounts().touch_exercises(&asked).await.unwrap();
                work.commit().await.unwrap();
                let versions: BTreeSet<_> = locked.iter().map(|athlete| athlete.exercises_version).collect();
                assert_eq!(versions.len(), 1, "somebody came in between: {locked:?}");
                versions.into_iter().next().unwrap()
            })
        })
        .collect();
    let mut seen = Vec::new();
    for writer in writers {
        seen.push(writer.await.unwrap());
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=12).collect::<Vec<_>>());
}

/// The versions of those who are named are counted up, and of somebody who is not there that is an error.
pub async fn the_versions_of_the_exercises_are_counted_up(subject: &Subject) {
    with_people(subject, 3).await;
    let mut work = subject.begin().await;
    work.accounts().touch_exercises(&[person(3), person(1)]).await.unwrap();
    work.accounts().touch_exercises(&[]).await.unwrap();
    work.commit().await.unwrap();
    for (number, version) in [(1, 2), (2, 1), (3, 2)] {
        let athlete = subject.accounts.athlete(person(number)).await.unwrap().unwrap();
        assert_eq!(athlete.exercises_version, version, "{number}");
    }
    let mut work = subject.begin().await;
    let refused = work.accounts().touch_exercises(&[person(1), person(9)]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(work.commit().await.is_err());
}

/// Everybody's exercises and names come in the place in which they were asked for, also of those who have none.
pub async fn what_people_have_comes_in_the_order_in_which_they_are_named(subject: &Subject) {
    with_people(subject, 3).await;
    let (mine, also_mine) = (custom_exercise(1, person(1)), custom_exercise(2, person(1)));
    let theirs = custom_exercise(3, person(3));
    let alias = PersonalAlias { name: ExerciseName::parse("Push").unwrap(), exercise: lift(1) };
    let mut work = subject.begin().await;
    work.exercises().insert_many(&[theirs.clone(), mine.clone(), also_mine.clone()]).await.unwrap();
    work.exercises().save_alias(person(3), &alias).await.unwrap();

    let of_me = PersonalExercises { exercises: vec![mine, also_mine], aliases: vec![] };
    let of_them = PersonalExercises { exercises: vec![theirs], aliases: vec![alias] };
    let none = PersonalExercises::default();
    let found = work.exercises().personal(&[3, 2, 1, 9].map(person)).await.unwrap();
    assert_eq!(found, [of_them, none.clone(), of_me, none]);
    assert_eq!(work.exercises().personal(&[]).await.unwrap(), []);
}

/// A template is there only as its owner's.
pub async fn templates_exist_for_their_owners(subject: &Subject) {
    with_people(subject, 2).await;
    let plans =
        [template(1, person(1), vec![]), template(2, person(2), vec![]), template(3, person(1), vec![])];
    subject.save(Seed { templates: plans.to_vec(), ..Seed::default() }).await;
    let absent = template(9, person(1), vec![]).id;
    let asked = [
        (person(1), plans[0].id),
        (person(1), plans[1].id),
        (person(1), absent),
        (person(2), plans[1].id),
        (person(2), plans[1].id),
        (person(9), plans[2].id),
    ];
    let mut work = subject.begin().await;
    let found = work.templates().existing(&asked).await.unwrap();
    assert_eq!(found, BTreeSet::from([(person(1), plans[0].id), (person(2), plans[1].id)]));
    assert_eq!(work.templates().existing(&[]).await.unwrap(), BTreeSet::new());
}

/// What several people did is written at once, and is everybody's own.
pub async fn workout_sessions_of_many_are_written_at_once(subject: &Subject) {
    with_people(subject, 40).await;
    let session = |number: u64| {
        let blocks = vec![block(lift(1), "100x5"), block(lift(2), "x12 x10")];
        workout_session(number, person(number % 40 + 1), 0, blocks)
    };
    let new: Vec<NewSession> = (1..=120).rev().map(|number| new_session(session(number))).collect();
    let mut work = subject.begin().await;
    work.workout_sessions().insert_many(&new).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    for number in 1..=40 {
        let expected = [number, number + 40, number + 80].map(session);
        let found = work.workout_sessions().page(expected[0].account, None, 10).await.unwrap();
        assert_eq!(found, expected);
        let stored = work.workout_sessions().stored_derived(expected[0].account, None, 10).await.unwrap();
        assert_eq!(stored, expected.map(derived));
    }
    // One of somebody who is not there, and nobody's is written.
    let nobodys = new_session(workout_session(500, person(99), 0, vec![]));
    let good = new_session(workout_session(501, person(1), 0, vec![]));
    let refused = work.workout_sessions().insert_many(&[good, nobodys]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(work.commit().await.is_err());
    let mut work = subject.begin().await;
    assert_eq!(work.workout_sessions().page(person(1), None, 10).await.unwrap().len(), 3);
}

/// Sums go to the days of those whose they are; the same day twice is added up.
pub async fn sums_are_added_to_the_days_of_many(subject: &Subject) {
    with_people(subject, 3).await;
    let sums = |date: &str, sessions| Summary { sessions, sets: sessions * 9, ..Summary::empty(day(date)) };
    let (monday, tuesday) = ("2027-01-04", "2027-01-05");
    for _ in 0..2 {
        let mut work = subject.begin().await;
        let days = [
            (person(2), sums(tuesday, 10)),
            (person(1), sums(monday, 1)),
            (person(2), sums(monday, 20)),
            (person(1), sums(monday, 2)),
        ];
        work.progress().add_to_days(&days).await.unwrap();
        work.progress().add_to_days(&[]).await.unwrap();
        work.commit().await.unwrap();
    }
    let mut work = subject.begin().await;
    let mut days = async |number| work.progress().days(person(number), None, 10).await.unwrap();
    assert_eq!(days(1).await, [sums(monday, 6)]);
    assert_eq!(days(2).await, [sums(monday, 40), sums(tuesday, 20)]);
    assert_eq!(days(3).await, []);
}

/// Records are written and read by person and exercise; of one key the last one counts.
pub async fn records_of_many_are_kept_apart(subject: &Subject) {
    with_people(subject, 3).await;
    let record = |exercise, kind, value| Record {
        key: RecordKey { exercise: lift(exercise), kind, load: Load::External, weight: NO_WEIGHT },
        value,
        session: workout_session(1, person(1), 0, vec![]).id,
        achieved_at: after(0),
    };
    let (heaviest, longest) = (RecordKind::Heaviest, RecordKind::Longest);
    let written = [
        (person(2), record(1, longest, 1)),
        (person(2), record(1, heaviest, 2)),
        (person(1), record(1, heaviest, 3)),
        (person(1), record(2, heaviest, 4)),
        (person(2), record(1, heaviest, 5)),
        (person(3), record(3, heaviest, 6)),
    ];
    let mut work = subject.begin().await;
    work.progress().save_records(&written).await.unwrap();
    work.progress().save_records(&[]).await.unwrap();

    let asked = [(person(2), lift(1)), (person(1), lift(1)), (person(1), lift(3)), (person(9), lift(1))];
    let found = work.progress().records(&asked).await.unwrap();
    let mut expected = [
        (person(1), record(1, heaviest, 3)),
        (person(2), record(1, heaviest, 5)),
        (person(2), record(1, longest, 1)),
    ];
    expected.sort_unstable_by_key(|(account, record)| (*account, record.key));
    assert_eq!(found, expected);
    let found = work.progress().records(&[(person(1), lift(2)), (person(1), lift(2))]).await.unwrap();
    assert_eq!(found, [(person(1), record(2, heaviest, 4))]);
    assert_eq!(work.progress().records(&[]).await.unwrap(), []);
}
