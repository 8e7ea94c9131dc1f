//! One set of an exercise.

use serde::{Deserialize, Serialize};

use super::{Distance, Reps, Rpe, SetDuration, Volume, Weight};
use crate::Invalid;

/// What a set is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetKind {
    /// A working set.
    #[default]
    Normal,
    /// Counts neither for volume nor for records (rule W3).
    Warmup,
    /// A working set with less weight, right after another.
    Drop,
    /// A working set to failure.
    Failure,
}

impl SetKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Warmup, Self::Drop, Self::Failure];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Warmup => "warmup",
            Self::Drop => "drop",
            Self::Failure => "failure",
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
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| Invalid::new("must be normal, warmup, drop or failure"))
    }

    /// Whether it counts.
    #[must_use]
    pub const fn is_working(self) -> bool {
        !matches!(self, Self::Warmup)
    }
}

/// What a set was done against. Records are compared only within one (rule W3). Sorts as its words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// One's own body with assistance: a negative weight.
    Assisted,
    /// One's own body alone.
    Bodyweight,
    /// A weight.
    External,
}

impl Load {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Assisted, Self::Bodyweight, Self::External];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Bodyweight => "bodyweight",
            Self::Assisted => "assisted",
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
            .find(|load| load.as_str() == word)
            .ok_or_else(|| Invalid::new("must be assisted, bodyweight or external"))
    }
}

/// One set. What does not apply is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// What it is for.
    pub kind: SetKind,
    /// With which weight.
    pub weight: Option<Weight>,
    /// How often.
    pub reps: Option<Reps>,
    /// How hard.
    pub rpe: Option<Rpe>,
    /// How far.
    pub distance: Option<Distance>,
    /// How long.
    pub duration: Option<SetDuration>,
}

impl Set {
    /// What it was done against: no weight, and a weight of zero, is one's own body.
    #[must_use]
    pub fn load(&self) -> Load {
        match self.weight.map_or(0, Weight::steps) {
            0 => Load::Bodyweight,
            steps if steps < 0 => Load::Assisted,
            _ => Load::External,
        }
    }

    /// The repetitions that were done; none of a set that counts time or distance alone.
    #[must_use]
    pub fn repetitions(&self) -> u16 {
        self.reps.map_or(0, Reps::get)
    }

    /// Weight times repetitions, of a working set with a weight; assistance adds nothing (rule W3).
    #[must_use]
    pub fn volume(&self) -> Volume {
        let steps = self.weight.map_or(0, Weight::steps).max(0);
        if self.kind.is_working() {
            Volume::from_steps(i64::from(steps) * i64::from(self.repetitions()))
        } else {
            Volume::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(kind: SetKind, kilograms: f64, reps: i64) -> Set {
        Set {
            kind,
            weight: Some(Weight::from_kilograms(kilograms).unwrap()),
            reps: Some(Reps::new(reps).unwrap()),
            ..Set::default()
        }
    }

    #[test]
    fn w3_warm_ups_and_assistance_have_no_volume() {
        assert_eq!(set(SetKind::Normal, 100.0, 5).volume().kilograms(), 500.0);
        assert_eq!(set(SetKind::Drop, 80.0, 5).volume().kilograms(), 400.0);
        assert_eq!(set(SetKind::Failure, 80.0, 5).volume().kilograms(), 400.0);
        assert_eq!(set(SetKind::Warmup, 60.0, 5).volume(), Volume::default());
        assert_eq!(set(SetKind::Normal, -20.0, 5).volume(), Volume::default());
    }

    #[test]
    fn the_sign_of_the_weight_tells_the_load() {
        assert_eq!(set(SetKind::Normal, 20.0, 5).load(), Load::External);
        assert_eq!(set(SetKind::Normal, 0.0, 5).load(), Load::Bodyweight);
        assert_eq!(set(SetKind::Normal, -20.0, 5).load(), Load::Assisted);
        assert_eq!(Set::default().load(), Load::Bodyweight);
    }
}
