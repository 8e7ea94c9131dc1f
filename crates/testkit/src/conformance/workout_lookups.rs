//! Behaviours of `WorkoutSessionRepository`: finding workout sessions and what is derived from them.

use spotter_domain::account::Preferences;
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::{ExerciseId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, DerivedSession};
use spotter_domain::text::Title;
use spotter_domain::workout::{
    Block, Blocks, KnownSession, NewSession, OneRepMaxFormula, PerformedBlock, TimeSpan, WorkoutSession,
};

use super::Subject;
use super::workout_sessions::people;
use crate::fixtures::{
    account, after, block, catalogue_entry, custom_exercise, derived, import, new_session, source_key,
    workout_session,
};

fn lift() -> ExerciseId {
    catalogue_entry(1).id
}

fn plain(number: u64, starts_after: i64) -> WorkoutSession {
    workout_session(number, account(1).id, starts_after, vec![block(lift(), "100x5")])
}

async fn insert(subject: &Subject, sessions: &[NewSession]) {
    let mut work = subject.begin().await;
    work.workout_sessions().insert_many(sessions).await.unwrap();
    work.commit().await.unwrap();
}

/// Those that began then or have that key, each once, whichever way it is recognised.
pub async fn workout_sessions_are_known_by_start_or_source(subject: &Subject) {
    subject.save(people(vec![])).await;
    let with = |number: u64, starts_after, source: Option<u64>| NewSession {
        source: source.map(source_key),
        ..new_session(plain(number, starts_after))
    };
    let untitled = NewSession {
        source: Some(source_key(4)),
        ..new_session(WorkoutSession { title: None, ..plain(4, 400) })
    };
    let mine = [with(1, 100, None), with(2, 200, Some(2)), with(3, 200, Some(3)), untitled];
    insert(subject, &mine).await;
    let others = workout_session(9, account(2).id, 100, vec![]);
    insert(subject, &[NewSession { source: Some(source_key(2)), ..new_session(others) }]).await;

    let known = |number: u64, starts_after, source: Option<u64>| KnownSession {
        started_at: after(starts_after),
        title: (number != 4).then(|| Title::parse(&format!("Workout {number}")).unwrap()),
        source: source.map(source_key),
    };
    let [one, two, three, four] =
        [known(1, 100, None), known(2, 200, Some(2)), known(3, 200, Some(3)), known(4, 400, Some(4))];
    let mut work = subject.begin().await;
    for (starts, sources, expected) in [
        (vec![100], vec![], vec![&one]),
        (vec![200, 200], vec![], vec![&two, &three]),
        (vec![], vec![3, 3, 99], vec![&three]),
        (vec![200], vec![2], vec![&two, &three]),
        (vec![100, 201], vec![4, 2], vec![&one, &two, &four]),
        (vec![101], vec![1], vec![]),
        (vec![], vec![], vec![]),
    ] {
        let starts: Vec<_> = starts.into_iter().map(after).collect();
        let sources: Vec<_> = sources.into_iter().map(source_key).collect();
        let mut found = work.workout_sessions().known(account(1).id, &starts, &sources).await.unwrap();
        found.sort_by_key(|known| (known.started_at, known.source));
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{starts:?} {sources:?}");
    }
}

/// Editing a workout session does not make it come again with the file that it came from.
pub async fn what_recognises_a_workout_session_stays_when_it_is_replaced(subject: &Subject) {
    subject.save(people(vec![])).await;
    insert(subject, &[NewSession { source: Some(source_key(1)), ..new_session(plain(1, 0)) }]).await;
    let mut work = subject.begin().await;
    let edited = WorkoutSession { title: None, version: 2, ..plain(1, 7_200) };
    work.workout_sessions().replace(&derived(edited)).await.unwrap();
    let known = KnownSession { started_at: after(7_200), title: None, source: Some(source_key(1)) };
    let found = work.workout_sessions().known(account(1).id, &[], &[source_key(1)]).await.unwrap();
    assert_eq!(found, [known]);
}

/// Thousands of keys are asked for at once.
pub async fn a_file_of_thousands_is_looked_up_at_once(subject: &Subject) {
    subject.save(people(vec![])).await;
    let sessions: Vec<_> = (1..=300)
        .map(|number| NewSession {
            source: Some(source_key(u64::try_from(number).unwrap())),
            ..new_session(plain(u64::try_from(number).unwrap(), number))
        })
        .collect();
    insert(subject, &sessions).await;
    let starts: Vec<_> = (-5_000..150).map(after).collect();
    let sources: Vec<_> = (100..5_000).map(source_key).collect();
    let mut work = subject.begin().await;
    let found = work.workout_sessions().known(account(1).id, &starts, &sources).await.unwrap();
    assert_eq!(found.len(), 300);
}

/// The blocks of some exercises by workout session and position, in portions that may end within one.
pub async fn performed_blocks_are_read_in_portions(subject: &Subject) {
    let (mine, unwanted) = (custom_exercise(1, account(1).id).id, catalogue_entry(2).id);
    let noted = |exercise, superset| Block { superset, ..block(exercise, "w20x10 100x5") };
    let sessions = [
        workout_session(
            2,
            account(1).id,
            0,
            vec![noted(unwanted, None), noted(lift(), Some(0)), noted(mine, None), block(lift(), "")],
        ),
        workout_session(1, account(1).id, 50, vec![noted(mine, Some(3))]),
        workout_session(3, account(1).id, -50, vec![noted(unwanted, None)]),
        workout_session(4, account(1).id, 100, vec![]),
        workout_session(5, account(1).id, -100, vec![noted(lift(), None), noted(lift(), None)]),
    ];
    let others = workout_session(6, account(2).id, 0, vec![noted(lift(), None)]);
    subject.save(people(sessions.iter().cloned().chain([others]).collect())).await;

    let all = |wanted: &[ExerciseId]| {
        let mut by_id: Vec<_> = sessions.iter().collect();
        by_id.sort_by_key(|session| session.id);
        let performed = by_id.into_iter().flat_map(|session| {
            (0..).zip(session.blocks.as_slice()).map(move |(position, block)| PerformedBlock {
                session: session.id,
                started_at: session.span.started_at(),
                position,
                block: block.clone(),
            })
        });
        performed.filter(|performed| wanted.contains(&performed.block.exercise)).collect::<Vec<_>>()
    };
    let mut work = subject.begin().await;
    for wanted in [
        vec![lift(), mine],
        vec![mine],
        vec![lift(), lift()],
        vec![],
        vec![custom_exercise(9, account(1).id).id],
    ] {
        for limit in [1, 2, 3, 100] {
            let mut found: Vec<PerformedBlock> = Vec::new();
            loop {
                let after = found.last().map(|block| (block.session, block.position));
                let portion =
                    work.workout_sessions().performed(account(1).id, &wanted, after, limit).await.unwrap();
                assert!(portion.len() <= usize::from(limit));
                if portion.is_empty() {
                    break;
                }
                found.extend(portion);
            }
            assert_eq!(found, all(&wanted), "{limit} at once");
        }
    }
}

/// What came by one import, by id and in portions, whatever became of it since.
pub async fn workout_sessions_of_an_import_are_read_in_portions(subject: &Subject) {
    let person = account(1).id;
    let by = |number: u64, of: u64| WorkoutSession {
        import: Some(import(of, person).id),
        ..plain(number, -i64::try_from(number).unwrap())
    };
    let sessions = vec![by(5, 1), by(1, 1), by(3, 1), plain(2, 0), by(4, 3)];
    subject.save(people(sessions)).await;
    let edited = WorkoutSession { version: 2, title: None, ..by(3, 1) };
    let mut work = subject.begin().await;
    work.workout_sessions().replace(&derived(edited.clone())).await.unwrap();

    let expected = [by(1, 1), edited, by(5, 1)];
    let mut portion = async |after: Option<WorkoutSessionId>, limit| {
        work.workout_sessions().of_import(person, import(1, person).id, after, limit).await.unwrap()
    };
    assert_eq!(portion(None, 10).await, expected);
    assert_eq!(portion(None, 2).await, expected[..2]);
    assert_eq!(portion(Some(expected[1].id), 2).await, expected[2..]);
    assert_eq!(portion(Some(expected[2].id), 2).await, []);
    let id = import(1, person).id;
    assert_eq!(work.workout_sessions().of_import(account(2).id, id, None, 2).await.unwrap(), []);
}

/// What was derived comes back as it was derived, with every figure of every block, in portions.
pub async fn what_is_derived_comes_back_as_it_was_written(subject: &Subject) {
    subject.save(people(vec![])).await;
    let preferences = Preferences {
        time_zone: Some(TimeZoneName::parse("Pacific/Kiritimati").unwrap()),
        one_rep_max: OneRepMaxFormula::Brzycki,
        ..Preferences::default()
    };
    let most = format!("2000x{} ", 10_000).repeat(1_000);
    let sessions = [
        workout_session(
            1,
            account(1).id,
            0,
            vec![
                block(lift(), "w100x5 90x8 100x3 -20x9"),
                block(lift(), "w200x1"),
                block(lift(), ""),
                block(lift(), "x10 20x13"),
            ],
        ),
        WorkoutSession {
            span: TimeSpan::new(after(0), None).unwrap(),
            ..workout_session(2, account(1).id, 0, vec![])
        },
        workout_session(3, account(1).id, 0, vec![block(lift(), &most)]),
    ];
    let derived = sessions.map(|session| DerivedSession::of(session, &Arithmetic::of(&preferences)));
    let new = derived.clone().map(|derived| NewSession { derived, source: None });
    insert(subject, &new).await;

    let mut work = subject.begin().await;
    let mut portion = async |after: Option<WorkoutSessionId>, limit| {
        work.workout_sessions().stored_derived(account(1).id, after, limit).await.unwrap()
    };
    assert_eq!(portion(None, 10).await, derived);
    assert_eq!(portion(None, 2).await, derived[..2]);
    assert_eq!(portion(Some(derived[1].session.id), 2).await, derived[2..]);
    assert_eq!(work.workout_sessions().stored_derived(account(2).id, None, 10).await.unwrap(), []);
}

/// Another zone and another formula change what is derived and nothing else; not even the version.
pub async fn what_is_derived_is_saved_and_nothing_else(subject: &Subject) {
    let blocks = vec![block(lift(), "100x5 w60x3"), block(catalogue_entry(2).id, "-20x8 x5")];
    let sessions: Vec<_> = (1..=3)
        .map(|number| WorkoutSession {
            version: 4,
            ..workout_session(number, account(1).id, 0, blocks.clone())
        })
        .collect();
    subject.save(people(sessions.clone())).await;

    let arithmetic = Arithmetic::of(&Preferences {
        time_zone: Some(TimeZoneName::parse("Pacific/Auckland").unwrap()),
        one_rep_max: OneRepMaxFormula::Lombardi,
        ..Preferences::default()
    });
    let [anew, other] = [0, 2].map(|index: usize| DerivedSession::of(sessions[index].clone(), &arithmetic));
    let retold =
        WorkoutSession { title: None, span: TimeSpan::new(after(9), None).unwrap(), ..anew.session.clone() };
    let mut work = subject.begin().await;
    work.workout_sessions()
        .save_derived(&[DerivedSession { session: retold, ..anew.clone() }, other.clone()])
        .await
        .unwrap();
    work.workout_sessions().save_derived(&[]).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    let expected = [anew, derived(sessions[1].clone()), other];
    assert_ne!(expected[0].day, expected[1].day);
    assert_ne!(expected[0].blocks, expected[1].blocks);
    let found = work.workout_sessions().stored_derived(account(1).id, None, 10).await.unwrap();
    assert_eq!(found, expected);
}

/// What replaces a workout session replaces what was derived from it, too.
pub async fn a_replaced_workout_session_is_derived_anew(subject: &Subject) {
    let before = plain(1, 0);
    subject.save(people(vec![before.clone()])).await;
    let blocks = Blocks::new(vec![block(lift(), "120x3"), block(catalogue_entry(2).id, "x20")]).unwrap();
    let edited = derived(WorkoutSession { version: 2, blocks, ..plain(1, 90_000) });
    let mut work = subject.begin().await;
    work.workout_sessions().replace(&edited).await.unwrap();
    let found = work.workout_sessions().stored_derived(account(1).id, None, 10).await.unwrap();
    assert_eq!(found, [edited]);
}
