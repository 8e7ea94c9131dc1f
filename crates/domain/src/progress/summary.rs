//! Daily summaries, and how they follow from workout sessions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Day, DerivedSession};
use crate::workout::Volume;

/// The sums of one day, or of any other stretch of days that begins on one. Warm-ups count for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The day, or the first one of the stretch.
    pub day: Day,
    /// How many workout sessions began.
    pub sessions: u32,
    /// How many working sets they had.
    pub sets: u32,
    /// How many repetitions.
    pub reps: u64,
    /// Weight times repetitions.
    pub volume: Volume,
    /// How many seconds they lasted.
    pub seconds: u64,
    /// How far they went, in centimetres.
    pub distance: u64,
}

impl Summary {
    /// Nothing yet, of the stretch that begins on that day.
    #[must_use]
    pub fn empty(day: Day) -> Self {
        Self { day, ..Self::default() }
    }

    /// Adds the sums of another stretch.
    pub fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.sets += other.sets;
        self.reps += other.reps;
        self.volume += other.volume;
        self.seconds += other.seconds;
        self.distance += other.distance;
    }

    /// The summary of one workout session alone.
    #[must_use]
    pub fn of(derived: &DerivedSession) -> Self {
        Self {
            day: derived.day,
            sessions: 1,
            sets: derived.totals.sets,
            reps: derived.totals.reps.into(),
            volume: derived.totals.volume,
            seconds: derived.session.span.seconds().into(),
            distance: derived.totals.distance,
        }
    }

    /// The summaries of each day of workout sessions, by day.
    #[must_use]
    pub fn by_day<'a>(sessions: impl IntoIterator<Item = &'a DerivedSession>) -> Vec<Self> {
        let mut days: BTreeMap<Day, Self> = BTreeMap::new();
        for derived in sessions {
            days.entry(derived.day).or_insert_with(|| Self::empty(derived.day)).add(&Self::of(derived));
        }
        days.into_values().collect()
    }
}
