//! One visit to the gym.

use jiff::civil::{DateTime, Time};
use spotter_domain::Invalid;
use spotter_domain::text::{Notes, Title};

use super::calendar::TrainingDay;
use super::exercises::{Exercise, Way};
use super::lifter::{Form, Lifter};
use super::remarks;
use super::splits::{CARDIO, PlannedDay, SPLITS};
use crate::chance::Chance;
use crate::history::{DemoBlock, DemoSession};

/// What somebody keeps to for a while.
#[derive(Debug)]
pub(crate) struct Habits {
    split: &'static [&'static PlannedDay],
    hour: i8,
    /// Which exercise of each slot; counts up every few weeks.
    rotation: usize,
    /// Whether they write down how hard it was.
    rates: bool,
    /// Workout sessions since these habits began.
    since: usize,
}

/// After so many workout sessions the exercises of the slots change places, and so may everything else.
const ROTATION: usize = 30;

/// Every so many workout sessions come some with less weight.
const DELOAD_EVERY: usize = 36;
const DELOAD_FOR: usize = 4;

/// A break of so many days costs some strength.
const RUSTY_AFTER: i32 = 13;

impl Habits {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        let split = SPLITS[chance.below(SPLITS.len())];
        Self { split, hour: hour(chance), rotation: chance.below(6), rates: false, since: 0 }
    }

    fn go_on(&mut self, chance: &mut Chance) {
        self.since += 1;
        if self.since.is_multiple_of(ROTATION) {
            self.rotation += 1;
            self.rates = chance.one_in(4);
            if chance.one_in(5) {
                *self = Self { rotation: self.rotation, since: self.since, ..Self::new(chance) };
            }
        }
    }
}

fn hour(chance: &mut Chance) -> i8 {
    *chance.pick(&[6, 7, 12, 16, 17, 18, 18, 19]).unwrap_or(&18)
}

/// Trains once: exactly so many sets of the day's exercises.
pub(crate) fn train(
    chance: &mut Chance,
    lifter: &mut Lifter,
    habits: &mut Habits,
    day: TrainingDay,
    sets: usize,
) -> Result<DemoSession, Invalid> {
    let planned = habits.split[habits.since % habits.split.len()];
    let form = if day.rested > RUSTY_AFTER {
        Form::Rusty
    } else if habits.since % DELOAD_EVERY >= DELOAD_EVERY - DELOAD_FOR {
        Form::Deload
    } else {
        Form::Usual
    };
    let exercises = exercises(chance, planned, habits.rotation);
    let counts = counts(chance, &exercises, sets);
    let mut blocks = Vec::with_capacity(exercises.len());
    for (exercise, count) in exercises.iter().zip(counts) {
        let done = lifter.perform(chance, exercise, count, form, habits.rates)?;
        let notes = note(chance, 16, &remarks::EXERCISES)?;
        blocks.push(DemoBlock { exercise: done.name, superset: None, notes, sets: done.sets });
    }
    combine(chance, &exercises, &mut blocks);
    let hour = if day.date.weekday().to_monday_one_offset() > 5 { 10 } else { habits.hour };
    let minute = i8::try_from(chance.between(0, 59)).unwrap_or_default();
    let session = DemoSession {
        title: Title::parse(planned.titles[habits.rotation % planned.titles.len()])?,
        notes: note(chance, 9, &remarks::SESSIONS)?,
        started: DateTime::from_parts(day.date, Time::constant(hour, minute, 0, 0)),
        minutes: u16::try_from(sets * 2).unwrap_or_default()
            + u16::try_from(chance.between(12, 38)).unwrap_or(0),
        blocks,
    };
    habits.go_on(chance);
    Ok(session)
}

/// The exercises of a day: one of each slot, without the last now and then, with something for the heart now
/// and then.
fn exercises(chance: &mut Chance, planned: &PlannedDay, rotation: usize) -> Vec<&'static Exercise> {
    let mut chosen: Vec<_> = planned.slots.iter().map(|slot| slot[rotation % slot.len()]).collect();
    if chance.one_in(6) {
        chosen.pop();
    }
    if chance.one_in(6) {
        chosen.extend(chance.pick(CARDIO));
    }
    chosen
}

/// How many sets of each, so many in all.
fn counts(chance: &mut Chance, exercises: &[&Exercise], sets: usize) -> Vec<usize> {
    let mut counts: Vec<_> = exercises
        .iter()
        .map(|exercise| match exercise.way {
            Way::Main { .. } => 6,
            Way::Cardio { .. } => 1,
            _ => 4,
        })
        .collect();
    let elastic: Vec<_> =
        (0..counts.len()).filter(|index| !matches!(exercises[*index].way, Way::Cardio { .. })).collect();
    loop {
        let now: usize = counts.iter().sum();
        let index = elastic[chance.below(elastic.len())];
        match now.cmp(&sets) {
            std::cmp::Ordering::Less => counts[index] += 1,
            std::cmp::Ordering::Greater => counts[index] = counts[index].saturating_sub(1).max(1),
            std::cmp::Ordering::Equal => return counts,
        }
    }
}

/// Makes a superset of the last two small exercises now and then.
fn combine(chance: &mut Chance, exercises: &[&Exercise], blocks: &mut [DemoBlock]) {
    if !chance.one_in(5) {
        return;
    }
    let small = |exercise: &&Exercise| matches!(exercise.way, Way::Accessory { .. } | Way::Body { .. });
    let pair =
        (1..exercises.len()).rev().find(|last| small(&exercises[*last]) && small(&exercises[last - 1]));
    if let Some(last) = pair {
        blocks[last - 1].superset = Some(0);
        blocks[last].superset = Some(0);
    }
}

fn note(chance: &mut Chance, times: u32, remarks: &[&str]) -> Result<Option<Notes>, Invalid> {
    if chance.one_in(times) {
        chance.pick(remarks).map(|text| Notes::parse(text)).transpose()
    } else {
        Ok(None)
    }
}
