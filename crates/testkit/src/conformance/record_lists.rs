//! Behaviours of `ProgressQueries::records`.

use spotter_domain::account::{Account, Preferences};
use spotter_domain::id::AccountId;
use spotter_domain::progress::{Record, Records, ShownRecord};
use spotter_domain::workout::{OneRepMaxFormula, WorkoutSession};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, block, catalogue_entry, custom_exercise, workout_session};

fn me() -> AccountId {
    account(1).id
}

/// Workout sessions that make records of every kind but the longest and the farthest.
fn sessions(person: AccountId) -> Vec<WorkoutSession> {
    let (first, second) = (catalogue_entry(1).id, catalogue_entry(2).id);
    let number = if person == me() { 0 } else { 100 };
    vec![
        workout_session(
            number + 1,
            person,
            0,
            vec![block(first, "100x5 100x8 w300x1 102.5x3"), block(second, "x12 -20x8 -15x6 10x3")],
        ),
        workout_session(
            number + 2,
            person,
            9_000,
            vec![
                block(first, "100x8 110x1"),
                block(second, "x15 -20x9"),
                block(custom_exercise(1, me()).id, "1x1"),
            ],
        ),
    ]
}

async fn save(subject: &Subject, formula: OneRepMaxFormula) -> Vec<Record> {
    let preferences = Preferences { one_rep_max: formula, ..Preferences::default() };
    let seed = Seed {
        accounts: vec![Account { preferences, ..account(1) }, account(2)],
        catalogue: vec![catalogue_entry(1), catalogue_entry(2), catalogue_entry(3)],
        exercises: vec![custom_exercise(1, me())],
        workout_sessions: [sessions(me()), sessions(account(2).id)].concat(),
        ..Seed::default()
    };
    subject.save(seed).await;
    Records::of(&sessions(me()), formula).iter().copied().collect()
}

fn plain(shown: Vec<ShownRecord>) -> Vec<Record> {
    shown.into_iter().map(|shown| shown.record).collect()
}

/// Read page by page, all records of a person are there once, in the order of their keys.
pub async fn records_are_listed_by_key_without_gap_or_duplicate(subject: &Subject) {
    let expected = save(subject, OneRepMaxFormula::Mayhew).await;
    assert!(expected.len() > 12 && expected.is_sorted_by_key(|record| record.key));
    for limit in [1, 2, 5, 50] {
        let listed = walk(limit, async |page| subject.progress.records(me(), None, page).await).await;
        assert_eq!(plain(listed), expected, "{limit} a page");
    }
    let nobodys = walk(5, async |page| subject.progress.records(account(3).id, None, page).await).await;
    assert_eq!(nobodys, []);
}

/// The records of one exercise alone.
pub async fn records_are_listed_by_exercise(subject: &Subject) {
    let all = save(subject, OneRepMaxFormula::default()).await;
    let exercises =
        [catalogue_entry(1).id, catalogue_entry(2).id, catalogue_entry(3).id, custom_exercise(1, me()).id];
    for exercise in exercises {
        let expected: Vec<_> = all.iter().copied().filter(|record| record.key.exercise == exercise).collect();
        for limit in [1, 3, 50] {
            let listed =
                walk(limit, async |page| subject.progress.records(me(), Some(exercise), page).await).await;
            assert_eq!(plain(listed), expected, "{limit} a page");
        }
    }
}
