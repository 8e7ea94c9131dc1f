//! Templates: planned workout sessions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::limits::{MOST_BLOCKS, MOST_SETS};
use super::{Reps, Weight};
use crate::account::{DefaultRest, ProgressionType};
use crate::id::{AccountId, ExerciseId, TemplateId};
use crate::text::{Notes, Title};
use crate::{Invalid, Timestamp};

/// How many repetitions are planned: a number, or a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Reps, Reps)", into = "(Reps, Reps)")]
pub struct RepRange {
    least: Reps,
    most: Reps,
}

impl TryFrom<(Reps, Reps)> for RepRange {
    type Error = Invalid;

    fn try_from((least, most): (Reps, Reps)) -> Result<Self, Invalid> {
        Self::new(least, most)
    }
}

impl From<RepRange> for (Reps, Reps) {
    fn from(range: RepRange) -> Self {
        (range.least, range.most)
    }
}

impl RepRange {
    /// Checks a range; its ends may be the same.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is empty, or begins at zero.
    pub fn new(least: Reps, most: Reps) -> Result<Self, Invalid> {
        if least.get() > 0 && least <= most {
            Ok(Self { least, most })
        } else {
            Err(Invalid::new("must be a range of repetitions from 1 on, the smaller number first"))
        }
    }

    /// The least that is planned.
    #[must_use]
    pub const fn least(self) -> Reps {
        self.least
    }

    /// The most that is planned.
    #[must_use]
    pub const fn most(self) -> Reps {
        self.most
    }
}

/// A percentage of a weight: 1 to 150.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Percentage(u8);

impl TryFrom<u16> for Percentage {
    type Error = Invalid;

    fn try_from(percent: u16) -> Result<Self, Invalid> {
        Self::new(percent)
    }
}

impl From<Percentage> for u16 {
    fn from(percentage: Percentage) -> Self {
        percentage.0.into()
    }
}

impl Percentage {
    /// Checks a percentage.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is 0 or over 150.
    pub fn new(percent: u16) -> Result<Self, Invalid> {
        match u8::try_from(percent) {
            Ok(percent) if (1..=150).contains(&percent) => Ok(Self(percent)),
            _ => Err(Invalid::new("must be 1 to 150 percent")),
        }
    }

    /// In percent.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// So much of a weight.
    #[must_use]
    pub fn of(self, weight: Weight) -> Weight {
        let steps = (i64::from(weight.steps()) * i64::from(self.0)).div_euclid(100);
        let most = i64::from(Weight::MOST_STEPS);
        i32::try_from(steps.clamp(-most, most))
            .ok()
            .and_then(|steps| Weight::from_steps(steps).ok())
            .unwrap_or(weight)
    }
}

/// The load that is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetLoad {
    /// Whatever seems right that day.
    Open,
    /// This much to begin with.
    Weight(Weight),
    /// So much of the estimated one-rep max.
    OfOneRepMax(Percentage),
}

/// What is planned of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// How many working sets.
    pub sets: u8,
    /// How many repetitions each.
    pub reps: RepRange,
    /// With how much.
    pub load: TargetLoad,
}

/// What happens after repeated failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u8, Percentage)", into = "(u8, Percentage)")]
pub struct Deload {
    after_failures: u8,
    by: Percentage,
}

impl TryFrom<(u8, Percentage)> for Deload {
    type Error = Invalid;

    fn try_from((after_failures, by): (u8, Percentage)) -> Result<Self, Invalid> {
        Self::new(after_failures, by)
    }
}

impl From<Deload> for (u8, Percentage) {
    fn from(deload: Deload) -> Self {
        (deload.after_failures, deload.by)
    }
}

impl Deload {
    /// Checks a deload: after so many failures in a row, by so many percent.
    ///
    /// # Errors
    ///
    /// [`Invalid`] unless it is 1 to 10 failures and less than all of the weight.
    pub fn new(after_failures: u8, by: Percentage) -> Result<Self, Invalid> {
        if (1..=10).contains(&after_failures) && by.get() < 100 {
            Ok(Self { after_failures, by })
        } else {
            Err(Invalid::new("must be after 1 to 10 failures, and by less than 100 percent"))
        }
    }

    /// How many failures in a row.
    #[must_use]
    pub const fn after_failures(self) -> u8 {
        self.after_failures
    }

    /// By how much of the weight.
    #[must_use]
    pub const fn by(self) -> Percentage {
        self.by
    }
}

impl Default for Deload {
    /// After three failures, by ten percent.
    fn default() -> Self {
        Self { after_failures: 3, by: Percentage(10) }
    }
}

/// How the next loads follow from what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Progression {
    /// The loads stay.
    None,
    /// When every set reached the least repetitions, the weight grows by the increment.
    Linear {
        /// By how much.
        increment: Weight,
        /// What happens after repeated failure.
        deload: Deload,
    },
    /// Repetitions grow to the end of the range; when every set has reached it, the weight grows by the
    /// increment and the repetitions begin anew.
    Double {
        /// By how much.
        increment: Weight,
        /// What happens after repeated failure.
        deload: Deload,
    },
    /// Each time the next percentage of the load; after the last one the load grows by the increment.
    Wave {
        /// 1 to 12 percentages.
        percentages: Vec<Percentage>,
        /// By how much.
        increment: Weight,
        /// What happens after repeated failure.
        deload: Deload,
    },
}

impl Progression {
    /// The increment of a progression of which nothing else was said: 2.5 kg.
    const INCREMENT: Weight = Weight::of_steps(250);

    /// The progression of a type of which nothing else was said. A wave goes through 70, 80 and 90 percent.
    #[must_use]
    pub fn preferred(progression: ProgressionType) -> Self {
        let (increment, deload) = (Self::INCREMENT, Deload::default());
        match progression {
            ProgressionType::Linear => Self::Linear { increment, deload },
            ProgressionType::Double => Self::Double { increment, deload },
            ProgressionType::Wave => {
                Self::Wave { percentages: [70, 80, 90].map(Percentage).to_vec(), increment, deload }
            }
        }
    }
}

/// One exercise of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedBlock {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Blocks of one number are done in turn. Zero is a number.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// What is planned.
    pub target: Target,
    /// How long to rest; as the person prefers without it.
    pub rest: Option<DefaultRest>,
    /// How the next loads follow.
    pub progression: Progression,
}

/// The exercises of a template: at most 100, with at most 1,000 sets together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedBlocks(Vec<PlannedBlock>);

impl PlannedBlocks {
    /// Checks how many they are, and their sets, increments and percentages.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when there are too many, a block has no set, an increment is no weight to add, or a wave has
    /// no percentage or more than twelve.
    pub fn new(blocks: Vec<PlannedBlock>) -> Result<Self, Invalid> {
        if blocks.len() > MOST_BLOCKS {
            return Err(Invalid::new(format!("must have at most {MOST_BLOCKS} exercises")));
        }
        if blocks.iter().any(|block| block.target.sets == 0) {
            return Err(Invalid::new("must have at least one set of each exercise"));
        }
        if blocks.iter().map(|block| usize::from(block.target.sets)).sum::<usize>() > MOST_SETS {
            return Err(Invalid::new(format!("must have at most {MOST_SETS} sets in all")));
        }
        for block in &blocks {
            match &block.progression {
                Progression::Linear { increment, .. }
                | Progression::Double { increment, .. }
                | Progression::Wave { increment, .. }
                    if increment.steps() < 0 =>
                {
                    return Err(Invalid::new("must have increments of 0 kg or more"));
                }
                Progression::Wave { percentages, .. } if !(1..=12).contains(&percentages.len()) => {
                    return Err(Invalid::new("must have 1 to 12 percentages in a wave"));
                }
                Progression::None
                | Progression::Linear { .. }
                | Progression::Double { .. }
                | Progression::Wave { .. } => {}
            }
        }
        Ok(Self(blocks))
    }

    /// The blocks in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[PlannedBlock] {
        &self.0
    }

    /// The exercises, each once.
    #[must_use]
    pub fn exercises(&self) -> BTreeSet<ExerciseId> {
        self.0.iter().map(|block| block.exercise).collect()
    }
}

/// A planned workout session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Names the template.
    pub id: TemplateId,
    /// Whose it is.
    pub account: AccountId,
    /// What they call it.
    pub title: Title,
    /// What they wrote about it.
    pub notes: Option<Notes>,
    /// What is planned.
    pub blocks: PlannedBlocks,
    /// Grows with every edit.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}
