//! What is derived from one workout session alone.

use jiff::tz::TimeZone;

use super::Day;
use crate::account::Preferences;
use crate::workout::{Block, Distance, OneRepMaxFormula, Set, Volume, Weight, WorkoutSession};

/// The choices of a person that what is derived depends on.
#[derive(Clone, Debug)]
pub struct Arithmetic {
    /// In which zone their days begin.
    pub zone: TimeZone,
    /// How their one-rep max is estimated.
    pub formula: OneRepMaxFormula,
}

impl Arithmetic {
    /// The arithmetic of a person's preferences. Without a time zone days are those of UTC.
    #[must_use]
    pub fn of(preferences: &Preferences) -> Self {
        let zone = preferences.time_zone.as_ref().and_then(|name| TimeZone::get(name.as_str()).ok());
        Self { zone: zone.unwrap_or(TimeZone::UTC), formula: preferences.one_rep_max }
    }
}

/// Sums over working sets; warm-ups count for nothing (rule W3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many working sets.
    pub sets: u32,
    /// How many repetitions.
    pub reps: u32,
    /// Weight times repetitions.
    pub volume: Volume,
    /// How far, in centimetres.
    pub distance: u64,
}

impl Totals {
    fn add(&mut self, set: &Set) {
        if set.kind.is_working() {
            self.sets += 1;
            self.reps += u32::from(set.repetitions());
            self.volume += set.volume();
            self.distance += u64::from(set.distance.map_or(0, Distance::centimetres));
        }
    }
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.sets += other.sets;
        self.reps += other.reps;
        self.volume += other.volume;
        self.distance += other.distance;
    }
}

/// What is derived from one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockFigures {
    /// Its sums.
    pub totals: Totals,
    /// The best estimate of its working sets.
    pub one_rep_max: Option<Weight>,
}

impl BlockFigures {
    /// The figures of a block.
    #[must_use]
    pub fn of(block: &Block, formula: OneRepMaxFormula) -> Self {
        let mut figures = Self::default();
        for set in &block.sets {
            figures.totals.add(set);
            figures.one_rep_max = figures.one_rep_max.max(estimate(set, formula));
        }
        figures
    }
}

/// The one-rep max that a set lets estimate: a working set with a weight.
#[must_use]
pub fn estimate(set: &Set, formula: OneRepMaxFormula) -> Option<Weight> {
    let (weight, reps) = set.weight.zip(set.reps)?;
    if set.kind.is_working() { formula.estimate(weight, reps) } else { None }
}

/// A workout session with what is derived from it: this is what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedSession {
    /// The workout session.
    pub session: WorkoutSession,
    /// The day on which it began, in the person's zone.
    pub day: Day,
    /// Its sums.
    pub totals: Totals,
    /// The figures of its blocks, in their order.
    pub blocks: Vec<BlockFigures>,
}

impl DerivedSession {
    /// Derives what follows from a workout session.
    #[must_use]
    pub fn of(session: WorkoutSession, arithmetic: &Arithmetic) -> Self {
        let day = Day::of(session.span.started_at(), &arithmetic.zone);
        let figure = |block| BlockFigures::of(block, arithmetic.formula);
        let blocks: Vec<_> = session.blocks.as_slice().iter().map(figure).collect();
        let mut totals = Totals::default();
        for block in &blocks {
            totals += block.totals;
        }
        Self { session, day, totals, blocks }
    }
}
