//! Behaviours of `WorkoutQueries`: workout sessions.

use spotter_domain::club::Role;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::PageRequest;
use spotter_domain::text::Notes;
use spotter_domain::workout::{Block, CoachingConsent, SessionFilter, SetKind, ShownSession, WorkoutSession};

use super::workout_sessions::people;
use super::{Subject, walk};
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, club, consent, custom_exercise, membership, workout_session,
};

fn lift() -> ExerciseId {
    catalogue_entry(1).id
}

/// The numbers of what a filter finds, in the order of the list.
async fn found(subject: &Subject, filter: SessionFilter) -> Vec<WorkoutSession> {
    let person = account(1).id;
    let list = async |page| subject.workouts.sessions(person, person, filter, page).await;
    let all = walk(200, list).await;
    for limit in [1, 2, 3] {
        assert_eq!(walk(limit, list).await, all, "{limit} a page");
    }
    all.into_iter().map(|shown| shown.session).collect()
}

/// With all of its blocks, by whoever it is of.
pub async fn a_workout_session_is_read_by_its_id(subject: &Subject) {
    let noted = Block {
        superset: Some(0),
        notes: Some(Notes::parse("\"slow\"\n— ü").unwrap()),
        ..block(lift(), "w20x10 d100x5 f-20x3 x9")
    };
    let mine = workout_session(1, account(1).id, 0, vec![noted, block(lift(), "")]);
    let yours = workout_session(2, account(2).id, 0, vec![block(lift(), "1x1")]);
    subject.save(people(vec![mine.clone(), yours.clone()])).await;
    for session in [mine, yours] {
        assert_eq!(seen(subject, session.account, &session).await, Some(session));
    }
    let absent = workout_session(3, account(1).id, 0, vec![]);
    assert_eq!(seen(subject, account(1).id, &absent).await, None);
}

/// A workout session as it is shown to somebody.
async fn seen(subject: &Subject, viewer: AccountId, session: &WorkoutSession) -> Option<WorkoutSession> {
    subject.workouts.session(viewer, session.id).await.unwrap().map(|shown| shown.session)
}

/// Rule W1: what somebody did is there for them and for those who may coach them, in whole or not at all.
pub async fn w1_workout_sessions_are_shown_to_their_owner_and_coaches_alone(subject: &Subject) {
    let (athlete, others) = (account(1).id, account(2).id);
    let roles = [(1, Role::Member), (2, Role::Member), (3, Role::Coach), (4, Role::Owner), (5, Role::Member)];
    let mut memberships: Vec<_> =
        roles.iter().map(|(person, role)| membership(&club(1), &account(*person), *role)).collect();
    // A coach elsewhere, where the person is a member without consent.
    memberships.push(membership(&club(2), &account(1), Role::Member));
    memberships.push(membership(&club(2), &account(6), Role::Owner));
    let sessions = vec![
        workout_session(1, athlete, 0, vec![block(lift(), "100x5"), block(lift(), "x1")]),
        workout_session(2, athlete, 60, vec![]),
        workout_session(3, others, 30, vec![block(lift(), "50x5")]),
    ];
    let seed = Seed {
        accounts: (1..=6).map(account).collect(),
        clubs: vec![club(1), club(2)],
        memberships,
        consents: vec![consent(1, athlete)],
        ..people(sessions.clone())
    };
    subject.save(seed).await;

    let page = PageRequest::default();
    for of_exercise in [None, Some(lift())] {
        let filter = SessionFilter { exercise: of_exercise, ..SessionFilter::default() };
        let all = subject.workouts.sessions(athlete, athlete, filter, page).await.unwrap();
        assert_eq!(all.items.len(), if of_exercise.is_some() { 1 } else { 2 });
        for (viewer, may) in [(1, true), (3, true), (4, true), (2, false), (5, false), (6, false), (9, false)]
        {
            let viewer = account(viewer).id;
            let listed = subject.workouts.sessions(viewer, athlete, filter, page).await.unwrap();
            assert_eq!(listed.items, if may { all.items.clone() } else { vec![] }, "{viewer:?}");
            assert_eq!(seen(subject, viewer, &sessions[0]).await.is_some(), may, "{viewer:?}");
        }
    }
    assert_eq!(seen(subject, account(3).id, &sessions[2]).await, None, "nobody has consented for them");

    let CoachingConsent { club, account: who, .. } = consent(1, athlete);
    let mut work = subject.begin().await;
    work.consents().withdraw(club, who).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(seen(subject, account(3).id, &sessions[0]).await, None);
    let listed = subject.workouts.sessions(account(3).id, athlete, SessionFilter::default(), page).await;
    assert_eq!(listed.unwrap().items, []);
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
    let shown = walk(200, async |page| subject.workouts.sessions(person, person, filter, page).await).await;
    for ShownSession { session, exercise_names } in &shown {
        let of = |block: &Block| [1, 2].map(catalogue_entry).into_iter().find(|of| of.id == block.exercise);
        let names: Vec<_> = session.blocks.as_slice().iter().map(|block| of(block).unwrap().name).collect();
        assert_eq!(*exercise_names, names);
    }
    let listed: Vec<_> = shown.into_iter().map(|shown| shown.session).collect();
    assert_eq!(listed, sessions);
    let sets = listed.iter().flat_map(|session| session.blocks.as_slice()).flat_map(|block| &block.sets);
    assert!(sets.clone().any(|set| set.kind == SetKind::Warmup) && sets.count() > 1_000);
}
