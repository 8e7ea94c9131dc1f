//! How a person wants to see things.

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::club::TimeZoneName;
use crate::patch::Patch;

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

/// A person's preferences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Which units.
    pub units: Units,
    /// On which day the week begins.
    pub week_start: WeekStart,
    /// In which zone times are shown; the club's own without one.
    pub time_zone: Option<TimeZoneName>,
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
}

impl Preferences {
    /// Applies a change.
    pub fn change(&mut self, change: PreferencesChange) {
        change.units.apply(&mut self.units);
        change.week_start.apply(&mut self.week_start);
        change.time_zone.apply(&mut self.time_zone);
    }
}
