//! Behaviours of `WorkoutQueries`: workout sessions.

use spotter_domain::id::ExerciseId;
use spotter_domain::text::Notes;
use spotter_domain::workout::{Block, SessionFilter, SetKind, WorkoutSession};

use super::workout_sessions::people;
use super::{Subject, walk};
use crate::fixtures::{account, after, block, catalogue_entry, custom_exercise, workout_session};

fn lift() -> ExerciseId {
    catalogue_entry(1).id
}

/// The numbers of what a filter finds, in the order of the list.
async fn found(subject: &Subject, filter: SessionFilter) -> Vec<WorkoutSession> {
    let person = account(1).id;
    let all = walk(200, async |page| subject.workouts.sessions(person, filter, page).await).await;
    for limit in [1, 2, 3] {
        let paged = walk(limit, async |page| subject.workouts.sessions(person, filter, page).await).await;
        assert_eq!(paged, all, "{limit} a page");
    }
    all
}

/// Whoever's it is: that is decided elsewhere.
pub async fn a_workout_session_is_read_by_its_id_alone(subject: &Subject) {
    let noted = Block {
        superset: Some(0),
        notes: Some(Notes::parse("\"slow\"\n— ü").unwrap()),
        ..block(lift(), "w20x10 d100x5 f-20x3 x9")
    };
    let mine = workout_session(1, account(1).id, 0, vec![noted, block(lift(), "")]);
    let yours = workout_session(2, account(2).id, 0, vec![block(lift(), "1x1")]);
    subject.save(people(vec![mine.clone(), yours.clone()])).await;
    for session in [mine, yours] {
        assert_eq!(subject.workouts.session(session.id).await.unwrap(), Some(session));
    }
    let absent = workout_session(3, account(1).id, 0, vec![]).id;
    assert_eq!(subject.workouts.session(absent).await.unwrap(), None);
}

/// Those that began at once are in descending order of their ids, and a page may end between them.
pub async fn workout_sessions_are_listed_latest_first_without_gap_or_duplicate(subject: &Subject) {
    let at = |number, starts_after| {
        let blocks = vec![block(lift(), "100x5 100x5"), block(custom_exercise(1, account(1).id).id, "x5")];
        workout_session(number, account(1).id, starts_after, blocks)
    };
    let sessions = vec![at(5, 100), at(1, 300), at(4, 200), at(3, 200), at(2, 200), at(6, -400_000_000)];
    let others = workout_session(7, account(2).id, 150, vec![block(lift(), "1x1")]);
    subject.save(people(sessions.into_iter().chain([others]).collect())).await;

    let expected = [at(1, 300), at(4, 200), at(3, 200), at(2, 200), at(5, 100), at(6, -400_000_000)];
    assert_eq!(found(subject, SessionFilter::default()).await, expected);
}

/// `from` keeps what began then or later, `to` what began before.
pub async fn a_list_begins_at_one_instant_and_ends_before_another(subject: &Subject) {
    let at = |number: i64| workout_session(number.try_into().unwrap(), account(1).id, number, vec![]);
    subject.save(people((1..=4).map(at).collect())).await;
    for (from, to, expected) in [
        (None, None, vec![4, 3, 2, 1]),
        (Some(2), None, vec![4, 3, 2]),
        (None, Some(2), vec![1]),
        (Some(2), Some(4), vec![3, 2]),
        (Some(2), Some(2), vec![]),
        (Some(5), None, vec![]),
        (Some(3), Some(1), vec![]),
    ] {
        let filter = SessionFilter { from: from.map(after), to: to.map(after), exercise: None };
        let expected: Vec<_> = expected.into_iter().map(at).collect();
        assert_eq!(found(subject, filter).await, expected, "from {from:?} to {to:?}");
    }
}

/// Those that have an exercise, each once and with all of its blocks, however often it comes.
pub async fn a_list_is_of_the_workout_sessions_that_have_an_exercise(subject: &Subject) {
    let (wanted, other) = (lift(), catalogue_entry(2).id);
    let at = |number: i64, exercises: &[ExerciseId]| {
        let blocks = exercises.iter().map(|exercise| block(*exercise, "100x5")).collect();
        workout_session(number.try_into().unwrap(), account(1).id, number, blocks)
    };
    let sessions = [
        at(1, &[wanted]),
        at(2, &[other]),
        at(3, &[other, wanted, other, wanted]),
        at(4, &[]),
        at(5, &[wanted, other]),
        at(6, &[other, wanted]),
    ];
    let others = workout_session(7, account(2).id, 0, vec![block(wanted, "1x1")]);
    subject.save(people(sessions.iter().cloned().chain([others]).collect())).await;

    let filter = SessionFilter { exercise: Some(wanted), ..SessionFilter::default() };
    let expected = [5, 4, 2, 0].map(|index: usize| sessions[index].clone());
    assert_eq!(found(subject, filter).await, expected);
    let between = SessionFilter { from: Some(after(2)), to: Some(after(6)), ..filter };
    assert_eq!(found(subject, between).await, expected[1..3]);
    let nobodys = SessionFilter { exercise: Some(custom_exercise(9, account(1).id).id), ..filter };
    assert_eq!(found(subject, nobodys).await, []);
}

/// A page of two hundred has all of its blocks, each in its order.
pub async fn a_full_page_has_every_block_in_its_order(subject: &Subject) {
    let sessions: Vec<_> = (1..=203)
        .map(|number: u64| {
            let blocks = (1..=number % 7)
                .map(|reps| Block {
                    superset: (reps == 3).then_some(0),
                    ..block(catalogue_entry(1 + reps % 2).id, &format!("100x{number} w5x{reps}"))
                })
                .collect();
            workout_session(number, account(1).id, -i64::try_from(number).unwrap(), blocks)
        })
        .collect();
    subject.save(people(sessions.clone())).await;
    let person = account(1).id;
    let filter = SessionFilter::default();
    let listed = walk(200, async |page| subject.workouts.sessions(person, filter, page).await).await;
    assert_eq!(listed, sessions);
    let sets = listed.iter().flat_map(|session| session.blocks.as_slice()).flat_map(|block| &block.sets);
    assert!(sets.clone().any(|set| set.kind == SetKind::Warmup) && sets.count() > 1_000);
}
