//! How strong somebody is, and what becomes of it.

use std::collections::BTreeMap;

use spotter_domain::Invalid;
use spotter_domain::workout::{Distance, Reps, Rpe, Set, SetDuration, SetKind, Weight};

use super::exercises::{Exercise, Way};
use crate::chance::Chance;

/// How somebody feels on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As always.
    Usual,
    /// A week of less weight, on purpose.
    Deload,
    /// After a break.
    Rusty,
}

/// Somebody's strength: it grows quickly at first and slowly later, stands still for weeks, and falls back.
#[derive(Debug)]
pub(crate) struct Lifter {
    /// In percent of what most begin with.
    talent: i32,
    progress: BTreeMap<&'static str, Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    /// Steps above the start; on a ladder those above the most assistance.
    gained: i32,
    times: u32,
    /// How many times nothing will change.
    plateau: u32,
}

/// What was done of an exercise. On a ladder its name depends on how far somebody has come.
#[derive(Debug)]
pub(crate) struct Performed {
    pub(crate) name: &'static str,
    pub(crate) sets: Vec<Set>,
}

/// Rungs of assistance, 5 kg each, and those with one's own body alone, before a weight is hung on.
const ASSISTED_RUNGS: i32 = 8;
const BODYWEIGHT_RUNGS: i32 = 14;

impl Lifter {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        Self { talent: chance.between(65, 125), progress: BTreeMap::new() }
    }

    /// Does so many sets of an exercise, some of them to warm up.
    pub(crate) fn perform(
        &mut self,
        chance: &mut Chance,
        exercise: &Exercise,
        count: usize,
        form: Form,
        rates: bool,
    ) -> Result<Performed, Invalid> {
        let gained = self.progress.get(exercise.name).map_or(0, |progress| progress.gained);
        let talent = self.talent;
        let lifted = |start: i32, step: i32| in_steps(start * talent / 100 + gained * step, step, form);
        let mut name = exercise.name;
        let mut sets = match exercise.way {
            Way::Main { start, step, reps } => {
                let warm_ups = match count {
                    ..4 => 0,
                    4..6 => 1,
                    6..8 => 2,
                    _ => 3,
                };
                lifts(chance, lifted(start, step), reps, (warm_ups, count), step)?
            }
            Way::Accessory { start, step, reps } => {
                lifts(chance, lifted(start, step), reps, (0, count), step)?
            }
            Way::Ladder { assisted, .. } if gained < ASSISTED_RUNGS => {
                name = assisted;
                lifts(chance, (gained - ASSISTED_RUNGS) * 500, (5, 10), (0, count), 500)?
            }
            Way::Ladder { .. } => {
                let alone = gained - ASSISTED_RUNGS;
                let hung = (alone - BODYWEIGHT_RUNGS).max(0) * 125;
                let most = 4 + alone.min(BODYWEIGHT_RUNGS) / 2;
                lifts(chance, hung, (most - 1, most + 1), (0, count), 125)?
            }
            Way::Body { reps: (low, high) } => {
                let most = (low + gained / 2).min(high);
                lifts(chance, 0, (most - 2, most), (0, count), 1)?
            }
            Way::Hold { seconds: (low, high) } => each(count, |_| {
                let seconds = chance.between(low, (low + 10 + gained * 5).min(high)) / 5 * 5;
                Ok(Set { duration: Some(SetDuration::from_seconds(seconds.into())?), ..Set::default() })
            })?,
            Way::Carry { start, step, metres: (low, high) } => {
                let weight = Some(Weight::from_steps(lifted(start, step))?);
                each(count, |_| {
                    let distance = Some(metres(chance.between(low / 10, high / 10) * 10)?);
                    Ok(Set { weight, distance, ..Set::default() })
                })?
            }
            Way::Cardio { minutes, metres_a_minute } => each(count, |_| {
                let minutes = chance.between(minutes.0, minutes.1);
                let far = minutes * chance.between(metres_a_minute.0, metres_a_minute.1) / 10 * 10;
                let duration = Some(SetDuration::from_seconds(i64::from(minutes) * 60)?);
                Ok(Set { distance: Some(metres(far)?), duration, ..Set::default() })
            })?,
        };
        if rates {
            rate(chance, &mut sets)?;
        }
        self.grow(chance, exercise.name, form);
        Ok(Performed { name, sets })
    }

    /// What one time of an exercise does to somebody: the more often they did it, the less.
    fn grow(&mut self, chance: &mut Chance, name: &'static str, form: Form) {
        let progress = self.progress.entry(name).or_default();
        progress.times += 1;
        if form != Form::Usual {
            return;
        }
        if progress.plateau > 0 {
            progress.plateau -= 1;
            if progress.plateau == 0 && chance.one_in(3) {
                progress.gained -= progress.gained / 12;
            }
        } else if chance.one_in(2 + progress.times / 12) {
            progress.gained += 1;
        } else if chance.one_in(30) {
            progress.plateau = 6 + progress.times.min(120) / 10;
        }
    }
}

fn metres(metres: i32) -> Result<Distance, Invalid> {
    Distance::from_centimetres(u32::try_from(metres * 100).unwrap_or_default())
}

/// A weight that can be loaded: a multiple of what the plates allow.
fn in_steps(weight: i32, step: i32, form: Form) -> i32 {
    let percent = match form {
        Form::Usual => 100,
        Form::Deload => 80,
        Form::Rusty => 90,
    };
    (weight * percent / 100 / step).max(1) * step
}

fn each(count: usize, set: impl FnMut(usize) -> Result<Set, Invalid>) -> Result<Vec<Set>, Invalid> {
    (0..count).map(set).collect()
}

/// Sets with a weight (none if it is zero): first the warm-ups, then the working sets, which get harder.
fn lifts(
    chance: &mut Chance,
    weight: i32,
    reps: (i32, i32),
    (warm_ups, count): (usize, usize),
    step: i32,
) -> Result<Vec<Set>, Invalid> {
    let of = |kind, weight: i32, reps: i32| -> Result<Set, Invalid> {
        let weight = (weight != 0).then(|| Weight::from_steps(weight)).transpose()?;
        Ok(Set { kind, weight, reps: Some(Reps::new(reps.into())?), ..Set::default() })
    };
    let mut sets = Vec::with_capacity(count);
    for number in 0..warm_ups.min(count) {
        let number = i32::try_from(number).unwrap_or_default();
        let light = (weight * (40 + 20 * number) / 100 / step).max(1) * step;
        sets.push(of(SetKind::Warmup, light, 10 - 3 * number)?);
    }
    let mut today = chance.between(reps.0, reps.1).max(1);
    while sets.len() < count {
        let last = sets.len() + 1 == count;
        sets.push(if last && weight > 2 * step && chance.one_in(14) {
            of(SetKind::Drop, (weight * 7 / 10 / step).max(1) * step, today + 4)?
        } else if last && chance.one_in(12) {
            // Once in a while nothing moves at all.
            let done = if weight > 0 && chance.one_in(20) { 0 } else { today };
            of(SetKind::Failure, weight, done)?
        } else {
            of(SetKind::Normal, weight, today)?
        });
        if chance.one_in(3) {
            today = (today - 1).max(1);
        }
    }
    Ok(sets)
}

/// Says how hard the working sets were: each a little harder than the one before.
fn rate(chance: &mut Chance, sets: &mut [Set]) -> Result<(), Invalid> {
    let mut halves = chance.between(13, 17);
    for set in sets.iter_mut().filter(|set| set.kind.is_working() && set.reps.is_some()) {
        let felt = if set.kind == SetKind::Failure { 20 } else { halves };
        set.rpe = Some(Rpe::from_halves(u8::try_from(felt).unwrap_or(20))?);
        halves = (halves + chance.between(0, 1)).min(20);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::exercises::{BENCH, PULL_UP, SQUAT};
    use super::*;

    #[test]
    fn strength_grows_and_slows_down() {
        let mut chance = Chance::of(3, 1);
        let mut lifter = Lifter::new(&mut chance);
        let mut heaviest = Vec::new();
        for _ in 0..400 {
            let done = lifter.perform(&mut chance, &BENCH, 5, Form::Usual, false).unwrap();
            heaviest.push(done.sets.iter().filter_map(|set| set.weight).max().unwrap().steps());
        }
        let (start, middle, end) = (heaviest[0], heaviest[200], heaviest[399]);
        assert!(start < middle && middle <= end + 1_500, "{start} {middle} {end}");
        assert!(middle - start > end - middle, "{start} {middle} {end}");
        assert!(end < 25_000, "nobody here is world class: {end}");
    }

    #[test]
    fn warm_ups_come_first_and_are_lighter() {
        let mut chance = Chance::of(4, 1);
        let mut lifter = Lifter::new(&mut chance);
        let done = lifter.perform(&mut chance, &SQUAT, 8, Form::Usual, true).unwrap();
        let kinds: Vec<_> = done.sets.iter().take(4).map(|set| set.kind).collect();
        assert_eq!(kinds[..3], [SetKind::Warmup; 3]);
        assert_ne!(kinds[3], SetKind::Warmup);
        assert!(done.sets[0].weight < done.sets[3].weight);
        assert!(done.sets[0].rpe.is_none() && done.sets[3].rpe.is_some());
    }

    #[test]
    fn the_ladder_leads_from_assistance_to_a_belt() {
        let mut chance = Chance::of(5, 1);
        let mut lifter = Lifter::new(&mut chance);
        let mut seen = Vec::new();
        for _ in 0..600 {
            let done = lifter.perform(&mut chance, &PULL_UP, 3, Form::Usual, false).unwrap();
            let weight = done.sets[0].weight.map_or(0, Weight::steps);
            assert_eq!(done.name == "Assisted Pull-Up", weight < 0, "{weight}");
            seen.push(weight.signum());
        }
        assert_eq!(seen[0], -1);
        assert!(seen.contains(&0) && seen.contains(&1));
    }
}
