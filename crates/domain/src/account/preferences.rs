//! How a person wants to see things.

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::club::TimeZoneName;
use crate::patch::Patch;
use crate::workout::OneRepMaxFormula;

/// The units that a person reads and types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Units {
    /// Kilograms and metres.
    #[default]
    Metric,
    /// Pounds and miles.
    Imperial,
}

impl Units {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Imperial => "imperial",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "metric" => Ok(Self::Metric),
            "imperial" => Ok(Self::Imperial),
            _ => Err(Invalid::new("must be metric or imperial")),
        }
    }
}

/// The day on which a person's week begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// As in ISO 8601.
    #[default]
    Monday,
    /// As in much of the Americas.
    Sunday,
    /// As in much of the Middle East.
    Saturday,
}

impl WeekStart {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Sunday => "sunday",
            Self::Saturday => "saturday",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "monday" => Ok(Self::Monday),
            "sunday" => Ok(Self::Sunday),
            "saturday" => Ok(Self::Saturday),
            _ => Err(Invalid::new("must be monday, sunday or saturday")),
        }
    }
}

/// How long a person rests between sets unless a plan says otherwise: 0 to 3,600 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct DefaultRest(u16);

impl TryFrom<u16> for DefaultRest {
    type Error = Invalid;

    fn try_from(seconds: u16) -> Result<Self, Invalid> {
        Self::new(seconds)
    }
}

impl From<DefaultRest> for u16 {
    fn from(rest: DefaultRest) -> Self {
        rest.0
    }
}

impl DefaultRest {
    /// Checks a number of seconds.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is over an hour.
    pub fn new(seconds: u16) -> Result<Self, Invalid> {
        if seconds <= 3_600 { Ok(Self(seconds)) } else { Err(Invalid::new("must be 0 to 3600 seconds")) }
    }

    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> u16 {
        self.0
    }
}

impl Default for DefaultRest {
    /// Two minutes.
    fn default() -> Self {
        Self(120)
    }
}

/// How the next loads of a plan follow from the last ones, unless the plan says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressionType {
    /// More weight each time.
    #[default]
    Linear,
    /// More repetitions up to the end of a range, then more weight.
    Double,
    /// A wave of percentages.
    Wave,
}

impl ProgressionType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::Linear, Self::Double, Self::Wave];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Double => "double",
            Self::Wave => "wave",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == word)
            .ok_or_else(|| Invalid::new("must be linear, double or wave"))
    }
}

/// The warm-up sets before a working weight, in percent of it: up to five, each heavier than the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WarmupPercentages(Vec<u8>);

impl WarmupPercentages {
    /// The most warm-up sets.
    pub const MOST: usize = 5;

    /// Checks percentages.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when there are more than five, one is not 1 to 99, or they don't grow.
    pub fn new(percentages: Vec<u8>) -> Result<Self, Invalid> {
        let growing = percentages.windows(2).all(|pair| pair[0] < pair[1]);
        let within = percentages.iter().all(|percentage| (1..=99).contains(percentage));
        if growing && within && percentages.len() <= Self::MOST {
            Ok(Self(percentages))
        } else {
            Err(Invalid::new("must be up to 5 growing percentages from 1 to 99"))
        }
    }

    /// The percentages.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl Default for WarmupPercentages {
    /// 40, 60 and 80 percent.
    fn default() -> Self {
        Self(vec![40, 60, 80])
    }
}

/// A person's preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Which units.
    pub units: Units,
    /// On which day the week begins.
    pub week_start: WeekStart,
    /// In which zone times are shown and days begin; without one, a club's times are shown in its own zone and
    /// the days of workouts are those of UTC.
    pub time_zone: Option<TimeZoneName>,
    /// How a one-rep max is estimated (rule W2).
    pub one_rep_max: OneRepMaxFormula,
    /// How long to rest.
    pub default_rest: DefaultRest,
    /// How plans progress.
    pub progression: ProgressionType,
    /// How to warm up.
    pub warmup: WarmupPercentages,
}

/// A change to some preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreferencesChange {
    /// New units.
    pub units: Patch<Units>,
    /// A new first day.
    pub week_start: Patch<WeekStart>,
    /// A new zone, or none.
    pub time_zone: Patch<Option<TimeZoneName>>,
    /// A new formula.
    pub one_rep_max: Patch<OneRepMaxFormula>,
    /// A new rest.
    pub default_rest: Patch<DefaultRest>,
    /// A new type of progression.
    pub progression: Patch<ProgressionType>,
    /// New warm-ups.
    pub warmup: Patch<WarmupPercentages>,
}

impl Preferences {
    /// Applies a change.
    pub fn change(&mut self, change: PreferencesChange) {
        change.units.apply(&mut self.units);
        change.week_start.apply(&mut self.week_start);
        change.time_zone.apply(&mut self.time_zone);
        change.one_rep_max.apply(&mut self.one_rep_max);
        change.default_rest.apply(&mut self.default_rest);
        change.progression.apply(&mut self.progression);
        change.warmup.apply(&mut self.warmup);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_ups_grow() {
        assert!(WarmupPercentages::new(vec![]).is_ok());
        assert!(WarmupPercentages::new(vec![20, 40, 60, 80, 90]).is_ok());
        for bad in [vec![60, 40], vec![50, 50], vec![0], vec![100], vec![1, 2, 3, 4, 5, 6]] {
            assert!(WarmupPercentages::new(bad.clone()).is_err(), "{bad:?}");
        }
    }
}
