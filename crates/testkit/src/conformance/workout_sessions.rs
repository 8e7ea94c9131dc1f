//! Behaviours of `WorkoutSessionRepository`: writing workout sessions.

use spotter_domain::StoreError;
use spotter_domain::id::{ExerciseId, WorkoutSessionId};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{
    Block, Blocks, Distance, NewSession, Reps, Rpe, Set, SetDuration, SetKind, TimeSpan, Weight,
    WorkoutSession,
};

use super::Subject;
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, custom_exercise, derived, import, new_session, source_key,
    template, workout_session,
};

fn lift() -> ExerciseId {
    catalogue_entry(1).id
}

/// Two people with an exercise, a template and an import each, and these workout sessions.
pub(super) fn people(workout_sessions: Vec<WorkoutSession>) -> Seed {
    let (me, you) = (account(1).id, account(2).id);
    Seed {
        accounts: vec![account(1), account(2)],
        catalogue: vec![catalogue_entry(1), catalogue_entry(2)],
        exercises: vec![custom_exercise(1, me), custom_exercise(2, you)],
        templates: vec![template(1, me, vec![]), template(2, you, vec![])],
        imports: vec![import(1, me), import(2, you), import(3, me)],
        workout_sessions,
        ..Seed::default()
    }
}

fn notes(text: &str) -> Notes {
    Notes::parse(text).unwrap()
}

/// Sets in which everything is there, nothing is, and every number is at either end.
fn every_set() -> Vec<Set> {
    let mut sets: Vec<Set> = SetKind::ALL.map(|kind| Set { kind, ..Set::default() }).into();
    for (steps, reps, halves, centimetres, seconds) in [
        (-Weight::MOST_STEPS, 0, 2, 0, 0),
        (-1, 1, 3, 1, 1),
        (0, 2, 10, 99, 59),
        (1, 12, 17, 12_345, 3_600),
        (
            Weight::MOST_STEPS,
            Reps::MAX.into(),
            20,
            Distance::MOST_CENTIMETRES,
            SetDuration::MOST_SECONDS.into(),
        ),
    ] {
        let weight = Some(Weight::from_steps(steps).unwrap());
        let reps = Some(Reps::new(reps).unwrap());
        let rpe = Some(Rpe::from_halves(halves).unwrap());
        let distance = Some(Distance::from_centimetres(centimetres).unwrap());
        let duration = Some(SetDuration::from_seconds(seconds).unwrap());
        let full = Set { kind: SetKind::Drop, weight, reps, rpe, distance, duration };
        sets.push(full);
        for alone in [
            Set { weight, ..Set::default() },
            Set { reps, ..Set::default() },
            Set { rpe, ..Set::default() },
            Set { distance, ..Set::default() },
            Set { duration, ..Set::default() },
            Set { rpe: None, distance: None, ..full },
        ] {
            sets.push(alone);
        }
    }
    sets
}

/// A workout session in which nothing is empty that may be, and everything is unusual.
fn full(number: u64) -> WorkoutSession {
    let person = account(1).id;
    let blocks = vec![
        Block {
            exercise: custom_exercise(1, person).id,
            superset: Some(0),
            notes: Some(notes("It's \"heavy\":\n\\ % _ ; -- \u{1F3CB}\r\n\tÜ")),
            sets: every_set(),
        },
        Block { superset: Some(u16::MAX), notes: Some(notes("{\"json\": [null]}")), ..block(lift(), "") },
        block(custom_exercise(1, person).id, "w60x10 100x5 d80x8 f80x6 -20x8 x12 0x3"),
        Block { superset: Some(0), ..block(lift(), "102.5x3") },
    ];
    let started_at = "2027-03-28T00:59:59Z".parse().unwrap();
    let span = TimeSpan::new(started_at, Some("2027-04-04T00:59:59Z".parse().unwrap())).unwrap();
    WorkoutSession {
        title: Some(Title::parse("Früh-Training — \"A\" \u{1F3CB}").unwrap()),
        notes: Some(notes(&format!("line 1\nline 2\n\n{}", "ü".repeat(9_000)))),
        span,
        template: Some(template(1, person, vec![]).id),
        import: Some(import(1, person).id),
        version: 9,
        created_at: "2027-04-05T00:00:00.000001Z".parse().unwrap(),
        ..workout_session(number, person, 0, blocks)
    }
}

/// A workout session in which everything is empty that may be.
fn bare(number: u64) -> WorkoutSession {
    let span = TimeSpan::new("1970-01-02T00:00:00Z".parse().unwrap(), None).unwrap();
    WorkoutSession { title: None, span, ..workout_session(number, account(1).id, 0, vec![]) }
}

async fn stored(subject: &Subject, session: &WorkoutSession) -> Option<WorkoutSession> {
    let mut work = subject.begin().await;
    work.workout_sessions().by_id(session.account, session.id).await.unwrap()
}

/// Every field of a workout session, of its blocks and of their sets survives, empty or not.
pub async fn workout_sessions_come_back_as_they_were_written(subject: &Subject) {
    let at_an_instant = WorkoutSession {
        span: TimeSpan::new(after(0), Some(after(0))).unwrap(),
        ..workout_session(3, account(1).id, 0, vec![block(lift(), "100x5")])
    };
    let others =
        workout_session(4, account(2).id, 0, vec![block(custom_exercise(2, account(2).id).id, "1x1")]);
    let sessions = [full(1), bare(2), at_an_instant, others];
    subject.save(people(sessions.clone().into())).await;
    for session in sessions {
        assert_eq!(stored(subject, &session).await, Some(session));
    }
}

/// What is not there is absent, and so is what somebody else did.
pub async fn a_workout_session_belongs_to_one_person(subject: &Subject) {
    let (me, you) = (account(1).id, account(2).id);
    let mine = workout_session(1, me, 0, vec![block(lift(), "100x5")]);
    subject.save(people(vec![mine.clone()])).await;
    let mut work = subject.begin().await;
    assert_eq!(work.workout_sessions().by_id(you, mine.id).await.unwrap(), None);
    assert_eq!(work.workout_sessions().by_id(me, bare(2).id).await.unwrap(), None);
    assert_eq!(work.workout_sessions().page(you, None, 10).await.unwrap(), []);
    assert_eq!(work.workout_sessions().delete_many(you, &[mine.id]).await.unwrap(), 0);
    assert_eq!(work.workout_sessions().by_id(me, mine.id).await.unwrap(), Some(mine));
}

/// The most that one workout session can hold: a thousand sets in one block, or in a hundred.
pub async fn a_thousand_sets_come_back_in_their_order(subject: &Subject) {
    let set = |number: u32| Set {
        kind: SetKind::ALL[number as usize % 4],
        weight: Some(Weight::from_steps(i32::try_from(number).unwrap()).unwrap()),
        reps: Some(Reps::new((number % 30).into()).unwrap()),
        ..Set::default()
    };
    let all: Vec<_> = (0..1_000).map(set).collect();
    let one = Block { sets: all.clone(), ..block(lift(), "") };
    let hundred = all.chunks(10).map(|sets| Block { sets: sets.to_vec(), ..block(lift(), "") }).collect();
    let sessions = [vec![one], hundred].map(|blocks| Blocks::new(blocks).unwrap());
    let sessions: Vec<_> =
        (1..).zip(sessions).map(|(number, blocks)| WorkoutSession { blocks, ..bare(number) }).collect();
    subject.save(people(sessions.clone())).await;
    for session in sessions {
        assert_eq!(stored(subject, &session).await, Some(session));
    }
}

/// Hundreds are written at once and read again in portions, by id; an empty batch is no error.
pub async fn a_batch_of_hundreds_is_written_and_read_in_portions(subject: &Subject) {
    let person = account(1).id;
    let sessions: Vec<_> = (1..=420)
        .map(|number| {
            let blocks = vec![block(lift(), "100x5 100x5"), block(catalogue_entry(2).id, "x12")];
            workout_session(number, person, -i64::try_from(number).unwrap() * 3_600, blocks)
        })
        .collect();
    let others = workout_session(1_000, account(2).id, 0, vec![]);
    subject.save(people(sessions.iter().rev().cloned().chain([others]).collect())).await;

    let mut work = subject.begin().await;
    work.workout_sessions().insert_many(&[]).await.unwrap();
    for limit in [100, 420, 500] {
        let mut found: Vec<WorkoutSession> = Vec::new();
        loop {
            let last: Option<WorkoutSessionId> = found.last().map(|session| session.id);
            let portion = work.workout_sessions().page(person, last, limit).await.unwrap();
            assert!(portion.len() <= usize::from(limit));
            if portion.is_empty() {
                break;
            }
            found.extend(portion);
        }
        assert_eq!(found, sessions, "{limit} at once");
    }
}

/// Of a batch that can't be written as a whole nothing is written.
pub async fn a_batch_is_written_as_a_whole_or_not_at_all(subject: &Subject) {
    let person = account(1).id;
    let first = workout_session(1, person, 0, vec![block(lift(), "100x5")]);
    subject.save(people(vec![first.clone()])).await;

    let good = new_session(workout_session(2, person, 0, vec![block(lift(), "100x5")]));
    let taken = new_session(WorkoutSession { title: None, ..first.clone() });
    let unknown = custom_exercise(99, person).id;
    let nowhere = new_session(workout_session(3, person, 0, vec![block(lift(), ""), block(unknown, "1x1")]));
    let mut work = subject.begin().await;
    let refused = work.workout_sessions().insert_many(&[good.clone(), taken]).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert!(work.commit().await.is_err());
    let mut work = subject.begin().await;
    let refused = work.workout_sessions().insert_many(&[good, nowhere]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(work.commit().await.is_err());

    let mut work = subject.begin().await;
    assert_eq!(work.workout_sessions().page(person, None, 10).await.unwrap(), [first]);
}

/// Somebody who is not there can't have done anything.
pub async fn a_workout_session_is_of_somebody(subject: &Subject) {
    subject.save(people(vec![])).await;
    let nobodys = new_session(workout_session(1, account(3).id, 0, vec![]));
    let refused = subject.begin().await.workout_sessions().insert_many(&[nobodys]).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

/// What is there is written and what is not is emptied; other workout sessions stay.
pub async fn a_workout_session_is_replaced_in_whole(subject: &Subject) {
    let before = [full(1), bare(2), full(3)];
    subject.save(people(before.clone().into())).await;

    let emptied = WorkoutSession { version: 10, created_at: before[0].created_at, ..bare(1) };
    let filled = WorkoutSession { version: 2, created_at: before[1].created_at, ..full(2) };
    let mut work = subject.begin().await;
    work.workout_sessions().replace(&derived(emptied.clone())).await.unwrap();
    work.workout_sessions().replace(&derived(filled.clone())).await.unwrap();
    assert_eq!(work.workout_sessions().by_id(filled.account, filled.id).await.unwrap(), Some(filled.clone()));
    work.commit().await.unwrap();
    for session in [emptied, filled, full(3)] {
        assert_eq!(stored(subject, &session).await, Some(session));
    }
}

/// Blocks that are fewer, more, and in another order than before.
pub async fn blocks_are_replaced_by_others(subject: &Subject) {
    let (one, two) = (lift(), catalogue_entry(2).id);
    let mut session = workout_session(1, account(1).id, 0, vec![block(one, "100x5"), block(two, "20x20")]);
    subject.save(people(vec![session.clone()])).await;
    for blocks in [
        vec![block(two, "20x20"), block(one, "100x5")],
        vec![block(two, "20x21")],
        vec![block(one, "1x1"), block(one, "1x1"), block(two, "")],
        vec![],
        vec![block(two, "5x5")],
    ] {
        session.blocks = Blocks::new(blocks).unwrap();
        session.version += 1;
        let mut work = subject.begin().await;
        work.workout_sessions().replace(&derived(session.clone())).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(stored(subject, &session).await, Some(session.clone()));
    }
}

/// Whoever replaces an older or a newer version than the one before, or what is not theirs, is refused, and
/// nothing of it can be committed.
pub async fn replacing_another_version_conflicts(subject: &Subject) {
    let before =
        WorkoutSession { version: 3, ..workout_session(1, account(1).id, 0, vec![block(lift(), "100x5")]) };
    subject.save(people(vec![before.clone()])).await;
    let stale = WorkoutSession { title: None, blocks: Blocks::default(), ..before.clone() };
    for stale in [
        WorkoutSession { version: 3, ..stale.clone() },
        WorkoutSession { version: 5, ..stale.clone() },
        WorkoutSession { version: 4, account: account(2).id, ..stale.clone() },
        WorkoutSession { version: 4, id: bare(2).id, ..stale },
    ] {
        let mut work = subject.begin().await;
        let refused = work.workout_sessions().replace(&derived(stale)).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        let _ = work.commit().await;
        assert_eq!(stored(subject, &before).await, Some(before.clone()));
    }
}

/// Of a workout session that can't be replaced as a whole nothing is replaced.
pub async fn an_unknown_exercise_cannot_come_in_later(subject: &Subject) {
    let before = workout_session(1, account(1).id, 0, vec![block(lift(), "100x5")]);
    subject.save(people(vec![before.clone()])).await;
    let blocks = vec![block(custom_exercise(99, before.account).id, "100x5")];
    let nowhere = WorkoutSession { version: 2, blocks: Blocks::new(blocks).unwrap(), ..before.clone() };
    let mut work = subject.begin().await;
    let refused = work.workout_sessions().replace(&derived(nowhere)).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert!(work.commit().await.is_err());
    assert_eq!(stored(subject, &before).await, Some(before));
}

/// Those that are there are counted and gone, blocks and all; the others stay.
pub async fn deleted_workout_sessions_are_counted_and_gone(subject: &Subject) {
    let sessions: Vec<_> = (1..=5)
        .map(|number| workout_session(number, account(1).id, 0, vec![block(lift(), "100x5")]))
        .collect();
    let others = workout_session(6, account(2).id, 0, vec![]);
    let ids: Vec<_> = sessions.iter().chain([&others]).map(|session| session.id).collect();
    subject.save(people(sessions.iter().cloned().chain([others.clone()]).collect())).await;

    let person = account(1).id;
    let mut work = subject.begin().await;
    let gone = [ids[0], ids[5], ids[3], bare(9).id];
    assert_eq!(work.workout_sessions().delete_many(person, &gone).await.unwrap(), 2);
    assert_eq!(work.workout_sessions().delete_many(person, &gone).await.unwrap(), 0);
    assert_eq!(work.workout_sessions().delete_many(person, &[]).await.unwrap(), 0);
    // The key is free again, and no block of the old one is in the way.
    let again = NewSession { source: Some(source_key(1)), ..new_session(full(1)) };
    work.workout_sessions().insert_many(&[again]).await.unwrap();
    work.commit().await.unwrap();

    let mut work = subject.begin().await;
    let left = [full(1), sessions[1].clone(), sessions[2].clone(), sessions[4].clone()];
    assert_eq!(work.workout_sessions().page(person, None, 10).await.unwrap(), left);
    assert_eq!(work.workout_sessions().page(others.account, None, 10).await.unwrap(), [others]);
}
