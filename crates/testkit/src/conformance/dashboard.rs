//! Behaviours of `ProgressQueries::dashboard`.

use std::collections::BTreeMap;

use fastrand::Rng;
use spotter_domain::account::{Account, Preferences, WeekStart};
use spotter_domain::club::TimeZoneName;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{
    Arithmetic, DashboardFigures, Day, DerivedSession, ExerciseFigures, Summary, Window, streak_weeks,
};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{CatalogueEntry, Muscle, Muscles, Traits, WorkoutSession};

use super::Subject;
use crate::fixtures::{
    Seed, account, block, catalogue_entry, custom_exercise, day, span, window, workout_session,
};

const A_DAY: i64 = 86_400;

const WEEK_STARTS: [WeekStart; 3] = [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday];

fn me() -> AccountId {
    account(1).id
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

/// Three lifts, each by other muscles.
fn catalogue() -> Vec<CatalogueEntry> {
    let muscles = |all: &[Muscle]| all.iter().copied().collect::<Muscles>();
    let entry = |number, primary: &[Muscle], secondary: &[Muscle]| {
        let traits = Traits { primary: muscles(primary), secondary: muscles(secondary), ..Traits::default() };
        CatalogueEntry { traits, ..catalogue_entry(number) }
    };
    vec![
        entry(1, &[Muscle::Quadriceps, Muscle::Glutes], &[Muscle::UpperBack]),
        entry(2, &[], &[]),
        entry(3, &[Muscle::Abdominals], &Muscle::ALL[1..]),
    ]
}

async fn save(subject: &Subject, person: Account, workout_sessions: Vec<WorkoutSession>) {
    let exercises = vec![custom_exercise(1, me())];
    let accounts = vec![person, account(2)];
    subject
        .save(Seed { accounts, catalogue: catalogue(), exercises, workout_sessions, ..Seed::default() })
        .await;
}

fn in_zone(name: &str) -> Account {
    let time_zone = Some(TimeZoneName::parse(name).unwrap());
    Account { preferences: Preferences { time_zone, ..Preferences::default() }, ..account(1) }
}

fn described(exercise: ExerciseId) -> (ExerciseName, Traits) {
    let entry = catalogue().into_iter().find(|entry| entry.id == exercise);
    let own = custom_exercise(1, me());
    entry.map_or((own.name, own.traits), |entry| (entry.name, entry.traits))
}

/// The dashboard as it follows from everything that one person did.
fn expected(sessions: &[WorkoutSession], arithmetic: &Arithmetic, window: &Window) -> DashboardFigures {
    let derived: Vec<_> =
        sessions.iter().map(|session| DerivedSession::of(session.clone(), arithmetic)).collect();
    let mut days: Vec<Day> = derived.iter().map(|derived| derived.day).collect();
    days.sort_unstable_by(|one, other| other.cmp(one));
    let mut summary = Summary::empty(window.from);
    let mut by_exercise: BTreeMap<ExerciseId, ExerciseFigures> = BTreeMap::new();
    for derived in derived.iter().filter(|derived| (window.from..=window.today).contains(&derived.day)) {
        summary.add(&Summary::of(derived));
        for (block, figures) in derived.session.blocks.as_slice().iter().zip(&derived.blocks) {
            let (name, Traits { primary, secondary, .. }) = described(block.exercise);
            let sums = by_exercise.entry(block.exercise).or_insert(ExerciseFigures {
                exercise: block.exercise,
                name,
                primary,
                secondary,
                sets: 0,
                volume: spotter_domain::workout::Volume::default(),
                one_rep_max: None,
            });
            sums.sets += figures.totals.sets;
            sums.volume += figures.totals.volume;
            sums.one_rep_max = sums.one_rep_max.max(figures.one_rep_max);
        }
    }
    let streak_weeks = streak_weeks(days, window.today, window.week_start);
    DashboardFigures { summary, streak_weeks, by_exercise: by_exercise.into_values().collect() }
}

/// Whoever did nothing sees a dashboard of nothing.
pub async fn a_dashboard_of_nothing_is_empty(subject: &Subject) {
    let others = workout_session(1, account(2).id, 0, vec![block(lift(1), "100x5")]);
    save(subject, account(1), vec![others]).await;
    let window = window(day("2026-12-08"), day("2027-01-04"), WeekStart::Monday);
    let nothing = DashboardFigures { summary: Summary::empty(window.from), ..DashboardFigures::default() };
    assert_eq!(subject.progress.dashboard(me(), &window).await.unwrap(), nothing);
}

/// The sums of the days of the window, both ends included, in all and of each exercise; warm-ups count for
/// nothing.
pub async fn a_dashboard_sums_up_its_window(subject: &Subject) {
    let own = custom_exercise(1, me()).id;
    let sessions = vec![
        workout_session(1, me(), -28 * A_DAY, vec![block(lift(1), "300x1")]),
        workout_session(2, me(), -27 * A_DAY, vec![block(lift(1), "100x5 w500x1"), block(lift(3), "x30")]),
        workout_session(3, me(), -9 * A_DAY, vec![block(lift(2), "w20x10"), block(own, "-20x8 10x3")]),
        workout_session(
            4,
            me(),
            -9 * A_DAY + 60,
            vec![block(lift(1), "90x12 f90x13"), block(lift(1), "d50x5")],
        ),
        workout_session(5, me(), 0, vec![block(own, "12.5x3"), block(lift(3), "")]),
        workout_session(6, me(), 0, vec![]),
        workout_session(7, me(), A_DAY, vec![block(lift(1), "400x1")]),
    ];
    let others = workout_session(8, account(2).id, 0, vec![block(lift(1), "100x5")]);
    save(subject, account(1), sessions.iter().cloned().chain([others]).collect()).await;

    let arithmetic = Arithmetic::of(&Preferences::default());
    for (from, today) in [
        ("2026-12-08", "2027-01-04"),
        ("2026-12-07", "2027-01-05"),
        ("2026-12-26", "2026-12-26"),
        ("2026-12-27", "2027-01-03"),
    ] {
        let window = window(day(from), day(today), WeekStart::Monday);
        let found = subject.progress.dashboard(me(), &window).await.unwrap();
        assert_eq!(found, expected(&sessions, &arithmetic, &window), "{from} to {today}");
    }
}

/// A day is the person's own, also in the nights in which clocks are changed.
pub async fn the_days_of_a_dashboard_are_those_of_the_person(subject: &Subject) {
    let person = in_zone("Europe/Zurich");
    let arithmetic = Arithmetic::of(&person.preferences);
    let starts = [
        "2027-03-27T22:59:59Z",
        "2027-03-27T23:00:00Z",
        "2027-03-28T00:59:59Z",
        "2027-03-28T01:00:00Z",
        "2027-03-28T21:59:59Z",
        "2027-03-28T22:00:00Z",
        "2027-10-30T21:59:59Z",
        "2027-10-30T22:00:00Z",
        "2027-10-31T00:30:00Z",
        "2027-10-31T01:30:00Z",
        "2027-10-31T22:59:59Z",
        "2027-10-31T23:00:00Z",
    ];
    let sessions: Vec<_> = (1..)
        .zip(starts)
        .map(|(number, start)| {
            let starts_after = start.parse::<spotter_domain::Timestamp>().unwrap().as_second();
            let since = starts_after - crate::clock::START.as_second();
            WorkoutSession {
                span: span(since),
                ..workout_session(number, me(), 0, vec![block(lift(1), &format!("{number}x1"))])
            }
        })
        .collect();
    save(subject, person, sessions.clone()).await;

    for (date, count) in [
        ("2027-03-27", 1),
        ("2027-03-28", 4),
        ("2027-03-29", 1),
        ("2027-10-30", 1),
        ("2027-10-31", 4),
        ("2027-11-01", 1),
    ] {
        let window = window(day(date), day(date), WeekStart::Sunday);
        let found = subject.progress.dashboard(me(), &window).await.unwrap();
        assert_eq!(found.summary.sessions, count, "{date}");
        assert_eq!(found, expected(&sessions, &arithmetic, &window), "{date}");
    }
}

/// Whenever a person trained, on whichever day their weeks begin, the streak is the domain's.
pub async fn a_streak_is_counted_as_the_domain_counts_it(subject: &Subject) {
    const PEOPLE: u64 = 24;
    let mut rng = Rng::with_seed(0x57_12_EA_6B);
    let today = day("2027-01-04");
    let accounts: Vec<_> = (1..=PEOPLE).map(account).collect();
    let mut workout_sessions = Vec::new();
    let mut trained: Vec<Vec<Day>> = Vec::new();
    for person in &accounts {
        // From somebody who trains every other day to somebody who does every other month.
        let (every, begun) = (rng.i64(1..40), rng.i64(0..300));
        let mut days = Vec::new();
        for before in (-3..begun).filter(|_| rng.i64(0..every) == 0) {
            let number = workout_sessions.len() as u64 + 1;
            workout_sessions.push(workout_session(number, person.id, -before * A_DAY, vec![]));
            days.push(today.plus(i32::try_from(-before).unwrap()));
        }
        trained.push(days);
    }
    subject.save(Seed { accounts: accounts.clone(), workout_sessions, ..Seed::default() }).await;

    let mut longest = 0;
    for (person, days) in accounts.iter().zip(&trained) {
        for week_start in WEEK_STARTS {
            for later in [0, 1, 5, 6, 13] {
                let today = today.plus(later);
                let window = window(today.plus(-6), today, week_start);
                let found = subject.progress.dashboard(person.id, &window).await.unwrap().streak_weeks;
                let expected = streak_weeks(days.iter().copied(), today, week_start);
                assert_eq!(found, expected, "{week_start:?} on {} after {days:?}", today.date());
                longest = longest.max(found);
            }
        }
    }
    assert!(longest > 10, "the longest streak of all was only {longest}");
}

/// Whoever never missed a week for ten years has a streak of ten years; a missed one ends it.
pub async fn a_streak_of_years_is_counted_to_the_first_missed_week(subject: &Subject) {
    let weekly = |missed: Option<i64>, person: u64| {
        let weeks = (0..520).filter(move |week| Some(*week) != missed);
        weeks.map(move |week| {
            let number = person * 1_000 + u64::try_from(week).unwrap();
            workout_session(number, account(person).id, -week * 7 * A_DAY, vec![])
        })
    };
    save(subject, account(1), weekly(None, 1).chain(weekly(Some(260), 2)).collect()).await;
    for (person, weeks) in [(1, 520), (2, 260)] {
        let window = window(day("2027-01-01"), day("2027-01-04"), WeekStart::Monday);
        let found = subject.progress.dashboard(account(person).id, &window).await.unwrap();
        assert_eq!(found.streak_weeks, weeks);
    }
}
