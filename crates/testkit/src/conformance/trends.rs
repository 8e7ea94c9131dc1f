//! Behaviours of `ProgressQueries::trend`.

use std::collections::BTreeMap;

use fastrand::Rng;
use spotter_domain::account::{Account, Preferences, WeekStart};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Arithmetic, Day, DerivedSession, WeekFigures};
use spotter_domain::workout::{Block, OneRepMaxFormula, WorkoutSession};

use super::Subject;
use crate::fixtures::{Seed, account, block, catalogue_entry, day, workout_session};

const A_DAY: i64 = 86_400;

const WEEK_STARTS: [WeekStart; 3] = [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday];

fn me() -> AccountId {
    account(1).id
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

async fn save(subject: &Subject, person: Account, workout_sessions: Vec<WorkoutSession>) {
    let accounts = vec![person, account(2)];
    let catalogue = (1..=3).map(catalogue_entry).collect();
    subject.save(Seed { accounts, catalogue, workout_sessions, ..Seed::default() }).await;
}

/// The weeks of the first lift as they follow from everything that one person did.
fn expected(
    sessions: &[WorkoutSession],
    arithmetic: &Arithmetic,
    week_start: WeekStart,
    between: (Day, Day),
) -> Vec<WeekFigures> {
    let mut weeks: BTreeMap<Day, WeekFigures> = BTreeMap::new();
    for session in sessions {
        let derived = DerivedSession::of(session.clone(), arithmetic);
        for (block, figures) in derived.session.blocks.as_slice().iter().zip(&derived.blocks) {
            if block.exercise == lift(1) {
                let week = derived.day.week(week_start);
                let sums = weeks.entry(week).or_insert(WeekFigures {
                    week,
                    one_rep_max: None,
                    previous_one_rep_max: None,
                    volume: spotter_domain::workout::Volume::default(),
                    sets: 0,
                });
                sums.one_rep_max = sums.one_rep_max.max(figures.one_rep_max);
                sums.volume += figures.totals.volume;
                sums.sets += figures.totals.sets;
            }
        }
    }
    let mut last = None;
    for week in weeks.values_mut() {
        week.previous_one_rep_max = last;
        last = week.one_rep_max.or(last);
    }
    let wanted = between.0.week(week_start)..=between.1.week(week_start);
    weeks.into_values().filter(|week| wanted.contains(&week.week)).collect()
}

/// Weeks without the exercise are left out, weeks without an estimate are not, and each says what the last
/// estimate before was, however long ago.
pub async fn weeks_are_compared_with_the_last_estimate_before(subject: &Subject) {
    let at = |number, days: i64, blocks: Vec<Block>| workout_session(number, me(), days * A_DAY, blocks);
    let sessions = vec![
        at(1, -400, vec![block(lift(1), "80x5")]),
        at(2, -35, vec![block(lift(2), "500x1")]),
        at(3, -28, vec![block(lift(1), "x20 20x13")]),
        at(4, -21, vec![block(lift(1), "100x5 w300x1"), block(lift(2), "1x1"), block(lift(1), "90x8")]),
        at(5, -20, vec![block(lift(1), "101x5")]),
        at(6, -7, vec![block(lift(1), "w20x10")]),
        at(7, -1, vec![block(lift(1), "")]),
        at(8, 0, vec![block(lift(1), "95x5")]),
        at(9, 6, vec![block(lift(1), "94x5")]),
        at(10, 7, vec![block(lift(1), "300x1")]),
    ];
    let others = workout_session(11, account(2).id, 0, vec![block(lift(1), "400x1")]);
    save(subject, account(1), sessions.iter().cloned().chain([others]).collect()).await;

    let arithmetic = Arithmetic::of(&Preferences::default());
    for (from, to) in [
        ("2026-11-30", "2027-01-04"),
        ("2026-12-07", "2027-01-10"),
        ("2026-12-28", "2027-01-11"),
        ("2020-01-06", "2026-12-07"),
        ("2027-02-01", "2027-02-08"),
    ] {
        let between = (day(from), day(to));
        let monday = WeekStart::Monday;
        let found = subject.progress.trend(me(), lift(1), monday, between).await.unwrap();
        assert_eq!(found, expected(&sessions, &arithmetic, monday, between), "{from} to {to}");
    }
    let monday = (day("2026-12-28"), day("2027-01-04"));
    let found = subject.progress.trend(me(), lift(1), WeekStart::Monday, monday).await.unwrap();
    let previous: Vec<_> = found.iter().map(|week| week.previous_one_rep_max.is_some()).collect();
    assert_eq!(previous, [true, true]);
    assert_eq!(subject.progress.trend(me(), lift(3), WeekStart::Monday, monday).await.unwrap(), []);
}

/// Whenever somebody trained, in whichever zone and by whichever formula, and on whichever day their weeks
/// begin, the weeks are what their days add up to.
pub async fn weeks_are_summed_up_from_the_days_of_the_person(subject: &Subject) {
    let preferences = Preferences {
        time_zone: Some(TimeZoneName::parse("Europe/Zurich").unwrap()),
        one_rep_max: OneRepMaxFormula::Wathan,
        ..Preferences::default()
    };
    let arithmetic = Arithmetic::of(&preferences);
    let mut rng = Rng::with_seed(0x7_2E_7D);
    let notes = ["100x5", "w60x5", "110x3 100x8", "x12", "-20x5 20x5", "", "30x13", "d70x9 f60x12"];
    let sessions: Vec<_> = (1..=150)
        .map(|number| {
            // Two years, with two springs and two autumns, at any hour; nobody lifts while on holiday.
            let days = rng.i64(0..700);
            let days = if (100..190).contains(&days) { days + 90 } else { days };
            let blocks = (0..rng.usize(1..4))
                .map(|_| block(lift(rng.u64(1..3)), notes[rng.usize(..notes.len())]))
                .collect();
            workout_session(number, me(), days * A_DAY + rng.i64(0..A_DAY), blocks)
        })
        .collect();
    save(subject, Account { preferences, ..account(1) }, sessions.clone()).await;

    for week_start in WEEK_STARTS {
        for (from, to) in
            [("2027-01-01", "2029-01-01"), ("2027-03-20", "2027-11-07"), ("2027-07-01", "2027-07-01")]
        {
            let between = (day(from).week(week_start), day(to));
            let found = subject.progress.trend(me(), lift(1), week_start, between).await.unwrap();
            let wanted = expected(&sessions, &arithmetic, week_start, between);
            assert_eq!(found, wanted, "{week_start:?} {from} to {to}");
        }
    }
}
