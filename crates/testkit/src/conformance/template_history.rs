//! Behaviours of `WorkoutQueries::template_history`.

use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::Day;
use spotter_domain::workout::{
    Block, OneRepMaxFormula, PerformedBlock, Reps, TemplateHistory, Weight, WorkoutSession,
};

use super::Subject;
use crate::fixtures::{Seed, account, block, catalogue_entry, day, template, workout_session};

const A_DAY: i64 = 86_400;

fn me() -> AccountId {
    account(1).id
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

fn by(of: u64, session: WorkoutSession) -> WorkoutSession {
    WorkoutSession { template: Some(template(of, session.account, vec![]).id), ..session }
}

async fn save(subject: &Subject, workout_sessions: Vec<WorkoutSession>) {
    let seed = Seed {
        accounts: vec![account(1), account(2)],
        catalogue: (1..=4).map(catalogue_entry).collect(),
        templates: vec![template(1, me(), vec![]), template(2, me(), vec![])],
        workout_sessions,
        ..Seed::default()
    };
    subject.save(seed).await;
}

/// The history of the first template; the estimates by exercise.
async fn history(subject: &Subject, exercises: &[ExerciseId], since: Day, sessions: u16) -> TemplateHistory {
    let id = template(1, me(), vec![]).id;
    let mut found = subject.workouts.template_history(me(), id, exercises, since, sessions).await.unwrap();
    found.one_rep_max.sort_unstable();
    found
}

fn performed(session: &WorkoutSession, positions: &[u16]) -> Vec<PerformedBlock> {
    let of = |position: &u16| PerformedBlock {
        session: session.id,
        started_at: session.span.started_at(),
        position: *position,
        block: session.blocks.as_slice()[usize::from(*position)].clone(),
    };
    positions.iter().map(of).collect()
}

/// Of a template by which nothing was done there is no history.
pub async fn a_template_begins_without_a_history(subject: &Subject) {
    save(subject, vec![workout_session(1, me(), 0, vec![block(lift(1), "w100x5")])]).await;
    let found = history(subject, &[lift(1)], day("2020-01-01"), 10).await;
    assert_eq!(found, TemplateHistory::default());
}

/// The blocks of the latest workout sessions, whichever of the exercises they have; all of them are counted.
pub async fn the_latest_blocks_of_a_template_come_first(subject: &Subject) {
    let blocks = |weights: [&str; 3]| -> Vec<Block> {
        let [first, second, third] = weights;
        vec![block(lift(2), first), block(lift(1), second), block(lift(2), third)]
    };
    let sessions = [
        by(1, workout_session(5, me(), 100, blocks(["100x5", "50x5 w20x3", ""]))),
        by(1, workout_session(1, me(), 300, blocks(["110x5", "60x5", "x5"]))),
        by(1, workout_session(3, me(), 200, vec![block(lift(3), "1x1")])),
        by(1, workout_session(4, me(), 200, blocks(["120x5", "70x5", "-5x5"]))),
        by(2, workout_session(6, me(), 400, blocks(["130x5", "80x5", "5x5"]))),
        workout_session(7, me(), 500, blocks(["140x5", "90x5", "6x5"])),
    ];
    save(subject, sessions.to_vec()).await;

    let [first, latest, other, middle, ..] = &sessions;
    let never = day("2099-01-01");
    for (exercises, limit, expected) in [
        (vec![lift(1), lift(2)], 1, performed(latest, &[0, 1, 2])),
        (vec![lift(2)], 2, [performed(latest, &[0, 2]), performed(middle, &[0, 2])].concat()),
        // The third of the latest has none of them, and counts as one of the three.
        (vec![lift(1)], 3, [performed(latest, &[1]), performed(middle, &[1])].concat()),
        (
            vec![lift(3), lift(1), lift(1)],
            4,
            [
                performed(latest, &[1]),
                performed(middle, &[1]),
                performed(other, &[0]),
                performed(first, &[1]),
            ]
            .concat(),
        ),
        (vec![lift(4)], 4, vec![]),
        (vec![], 4, vec![]),
    ] {
        let found = history(subject, &exercises, never, limit).await;
        let expected = TemplateHistory { performed: 4, latest: expected, one_rep_max: vec![] };
        assert_eq!(found, expected, "{limit}");
    }
}

/// The best estimate of each exercise on that day or later, by whatever plan or none; warm-ups, assistance and
/// many repetitions let nothing estimate.
pub async fn estimates_are_the_best_since_a_day(subject: &Subject) {
    let sessions = vec![
        by(1, workout_session(1, me(), 0, vec![block(lift(1), "100x5 w200x1"), block(lift(2), "-20x5")])),
        workout_session(2, me(), A_DAY, vec![block(lift(1), "90x5"), block(lift(2), "x5 20x13")]),
        by(2, workout_session(3, me(), A_DAY, vec![block(lift(3), "30x12"), block(lift(1), "80x5")])),
        workout_session(4, me(), -A_DAY, vec![block(lift(1), "150x1"), block(lift(3), "140x1")]),
        workout_session(5, account(2).id, 0, vec![block(lift(1), "300x1")]),
    ];
    save(subject, sessions).await;

    let estimate = |kilograms, reps| {
        let weight = Weight::from_kilograms(kilograms).unwrap();
        OneRepMaxFormula::default().estimate(weight, Reps::new(reps).unwrap()).unwrap()
    };
    let all = [lift(3), lift(2), lift(1), lift(4)];
    for (since, expected) in [
        ("2027-01-03", vec![(lift(1), estimate(150.0, 1)), (lift(3), estimate(140.0, 1))]),
        ("2027-01-04", vec![(lift(1), estimate(100.0, 5)), (lift(3), estimate(30.0, 12))]),
        ("2027-01-05", vec![(lift(1), estimate(90.0, 5)), (lift(3), estimate(30.0, 12))]),
        ("2027-01-06", vec![]),
    ] {
        assert_eq!(history(subject, &all, day(since), 5).await.one_rep_max, expected, "since {since}");
    }
    let one = history(subject, &[lift(3)], day("2027-01-04"), 5).await;
    assert_eq!(one.one_rep_max, [(lift(3), estimate(30.0, 12))]);
    assert_eq!(history(subject, &[], day("2027-01-04"), 5).await.one_rep_max, []);
}

/// Another person's template has no history for me, even if I did something by it.
pub async fn the_history_is_one_persons(subject: &Subject) {
    let theirs = WorkoutSession {
        account: account(2).id,
        ..by(1, workout_session(1, me(), 0, vec![block(lift(1), "100x5")]))
    };
    save(subject, vec![theirs]).await;
    assert_eq!(history(subject, &[lift(1)], day("2020-01-01"), 5).await, TemplateHistory::default());
}
