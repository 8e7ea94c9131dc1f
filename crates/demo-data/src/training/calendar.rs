//! On which days somebody trains.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use spotter_domain::Invalid;

use crate::chance::Chance;

/// A day on which somebody trained, and how many days after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TrainingDay {
    pub(crate) date: Date,
    pub(crate) rested: i32,
}

/// The days of the week on which people mean to train, Monday being 1.
const HABITS: [&[i8]; 5] = [&[1, 2, 4, 5], &[1, 3, 5, 6], &[2, 4, 6, 7], &[1, 2, 4, 6], &[2, 3, 5, 7]];

/// Exactly `wanted` days from the day after `after` to `until`, in their order: those that somebody's habits
/// name, without holidays, illness and what came in between.
///
/// # Errors
///
/// [`Invalid`] when there are not as many days, or the calendar does not have them.
pub(crate) fn training_days(
    chance: &mut Chance,
    after: Date,
    until: Date,
    wanted: usize,
) -> Result<Vec<TrainingDay>, Invalid> {
    let all = days(after, until)?;
    let away = away(chance, &all);
    let mut habit: &[i8] = &[];
    let (mut meant, mut spare) = (Vec::new(), Vec::new());
    for (number, date) in all.iter().enumerate() {
        if number % 300 == 0 {
            habit = chance.pick(&HABITS).copied().unwrap_or_default();
        }
        if habit.contains(&date.weekday().to_monday_one_offset()) && !away.contains(date) {
            meant.push(*date);
        } else {
            spare.push(*date);
        }
    }
    // Some days come in between; if there are too few, others make up for them.
    chance.shuffle(&mut meant);
    chance.shuffle(&mut spare);
    spare.sort_by_key(|date| away.contains(date));
    meant.extend(spare);
    if meant.len() < wanted {
        return Err(Invalid::new("must not have more workout sessions than days"));
    }
    meant.truncate(wanted);
    meant.sort_unstable();
    let mut before = after;
    let days = meant.into_iter().map(|date| {
        let rested = date.duration_since(before).as_hours() / 24;
        before = date;
        TrainingDay { date, rested: i32::try_from(rested).unwrap_or(i32::MAX) }
    });
    Ok(days.collect())
}

fn days(after: Date, until: Date) -> Result<Vec<Date>, Invalid> {
    let beyond = |_| Invalid::new("must end in the years of the calendar");
    let mut all = Vec::new();
    let mut date = after;
    while date < until {
        date = date.checked_add(1.day()).map_err(beyond)?;
        all.push(date);
    }
    Ok(all)
}

/// The days without training: Christmas, two or three weeks of summer, a week or two of whatever happens, and
/// every few years something that takes longer to heal.
fn away(chance: &mut Chance, all: &[Date]) -> BTreeSet<Date> {
    let mut away: BTreeSet<Date> =
        all.iter().copied().filter(|date| date.month() == 12 && date.day() >= 24).collect();
    for year in all.chunks(365) {
        let summer = year.iter().position(|date| date.month() == 7);
        let lengths = [chance.between(14, 21), chance.between(3, 8), chance.between(4, 9)];
        let starts = [
            summer.map(|july| july + chance.below(40)),
            Some(chance.below(year.len())),
            Some(chance.below(year.len())),
        ];
        let injury = chance.one_in(4).then(|| (chance.below(year.len()), chance.between(35, 55)));
        let stretches = starts.into_iter().zip(lengths).filter_map(|(start, length)| Some((start?, length)));
        for (start, length) in stretches.chain(injury) {
            let length = usize::try_from(length).unwrap_or_default();
            away.extend(year.iter().skip(start).take(length));
        }
    }
    away
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn there_are_exactly_as_many_days_as_wanted() {
        for wanted in [0, 1, 150, 300, 365] {
            let mut chance = Chance::of(1, 1);
            let days = training_days(&mut chance, date(2024, 12, 31), date(2025, 12, 31), wanted).unwrap();
            assert_eq!(days.len(), wanted);
            assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date));
            assert!(days.iter().all(|day| day.rested > 0));
        }
        let mut chance = Chance::of(1, 1);
        assert!(training_days(&mut chance, date(2024, 12, 31), date(2025, 12, 31), 366).is_err());
    }

    #[test]
    fn there_are_holidays() {
        let mut chance = Chance::of(2, 1);
        let days = training_days(&mut chance, date(2015, 12, 31), date(2025, 12, 31), 1_500).unwrap();
        assert!(days.iter().filter(|day| day.rested > 10).count() >= 8);
        assert!(days.iter().all(|day| day.date.month() != 12 || day.date.day() < 24));
    }
}
