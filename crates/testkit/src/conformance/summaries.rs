//! Behaviours of `ProgressQueries::summaries`.

use std::collections::BTreeMap;

use fastrand::Rng;
use spotter_domain::account::WeekStart;
use spotter_domain::id::AccountId;
use spotter_domain::page::{Limit, PageRequest};
use spotter_domain::progress::{Day, Period, Summary};
use spotter_domain::workout::Volume;

use super::{Subject, walk};
use crate::fixtures::{Seed, account, day, of_person};

const WEEK_STARTS: [WeekStart; 3] = [WeekStart::Monday, WeekStart::Sunday, WeekStart::Saturday];

fn me() -> AccountId {
    account(1).id
}

/// The daily summaries of somebody who trains irregularly, by day.
fn daily(rng: &mut Rng, between: (Day, Day)) -> Vec<Summary> {
    let mut days = Vec::new();
    let mut next = between.0;
    while next <= between.1 {
        let sessions = rng.u32(1..4);
        days.push(Summary {
            day: next,
            sessions,
            sets: sessions * rng.u32(0..30),
            reps: rng.u64(0..500),
            volume: Volume::from_steps(rng.i64(0..3_000_000_000)),
            seconds: rng.u64(0..20_000),
            distance: rng.u64(0..5_000_000_000),
        });
        next = next.plus(rng.i32(1..25));
    }
    days
}

async fn save(subject: &Subject, mine: &[Summary]) {
    subject.save(Seed { accounts: vec![account(1), account(2)], ..Seed::default() }).await;
    let mut work = subject.begin().await;
    work.progress().add_to_days(&of_person(me(), mine)).await.unwrap();
    let theirs: Vec<_> = mine.iter().map(|mine| Summary { sessions: 1_000, ..*mine }).collect();
    work.progress().add_to_days(&of_person(account(2).id, &theirs)).await.unwrap();
    work.commit().await.unwrap();
}

/// The stretches of days between two, latest first.
fn expected(days: &[Summary], period: Period, week_start: WeekStart, between: (Day, Day)) -> Vec<Summary> {
    let mut stretches: BTreeMap<Day, Summary> = BTreeMap::new();
    for summary in days.iter().filter(|summary| (between.0..=between.1).contains(&summary.day)) {
        let begin = period.begin(summary.day, week_start);
        stretches.entry(begin).or_insert_with(|| Summary::empty(begin)).add(summary);
    }
    stretches.into_values().rev().collect()
}

/// Stretches of every length, with gaps between them, read page by page: all there once, latest first. At the
/// edges they have only the days within.
pub async fn stretches_are_listed_latest_first_without_gap_or_duplicate(subject: &Subject) {
    let mut rng = Rng::with_seed(0x5_0001);
    let days = daily(&mut rng, (day("2025-11-29"), day("2028-03-05")));
    save(subject, &days).await;
    for period in Period::ALL {
        for week_start in WEEK_STARTS {
            for between in [
                (day("2025-01-01"), day("2029-01-01")),
                (day("2026-12-30"), day("2027-03-03")),
                (days[3].day, days[20].day),
                (days[3].day.plus(1), days[20].day.plus(-1)),
                (days[7].day, days[7].day),
                (day("2027-02-01"), day("2027-01-01")),
            ] {
                let wanted = expected(&days, period, week_start, between);
                for limit in [1, 2, 7, 200] {
                    let listed = walk(limit, async |page| {
                        subject.progress.summaries(me(), period, week_start, between, page).await
                    })
                    .await;
                    assert_eq!(listed, wanted, "{period:?} {week_start:?} {between:?} {limit} a page");
                }
            }
        }
    }
}

/// The cursor is the first day of a stretch, also of one whose first day lies before the days asked for.
pub async fn a_page_begins_before_the_first_day_of_a_stretch(subject: &Subject) {
    let date = |date: &str| Summary { sessions: 1, ..Summary::empty(day(date)) };
    save(subject, &["2026-12-30", "2027-01-03", "2027-01-06", "2027-01-12"].map(date)).await;
    let between = (day("2026-12-31"), day("2027-01-31"));
    let page = async |after: Option<&str>| {
        let page = PageRequest { limit: Limit::clamped(1), after: after.map(day) };
        subject.progress.summaries(me(), Period::Week, WeekStart::Monday, between, page).await.unwrap()
    };
    let week = |date: &str| Summary { sessions: 1, ..Summary::empty(day(date)) };
    let first = page(None).await;
    assert_eq!((first.items, first.next), (vec![week("2027-01-11")], Some(day("2027-01-11"))));
    let second = page(Some("2027-01-11")).await;
    assert_eq!((second.items, second.next), (vec![week("2027-01-04")], Some(day("2027-01-04"))));
    let last = page(Some("2027-01-04")).await;
    assert_eq!((last.items, last.next), (vec![week("2026-12-28")], None));
    assert_eq!(page(Some("2026-12-28")).await.items, []);
}

/// The week of the first day of all begins on it, as the domain says.
pub async fn the_first_week_of_all_begins_with_the_first_day(subject: &Subject) {
    let days: Vec<_> = (0..12)
        .map(|number| Summary { sessions: 1, ..Summary::empty(Day::from_number(number).unwrap()) })
        .collect();
    save(subject, &days).await;
    let between = (Day::default(), Day::LAST);
    for week_start in WEEK_STARTS {
        for limit in [1, 5] {
            let listed = walk(limit, async |page| {
                subject.progress.summaries(me(), Period::Week, week_start, between, page).await
            })
            .await;
            assert_eq!(listed, expected(&days, Period::Week, week_start, between), "{week_start:?}");
        }
    }
}
