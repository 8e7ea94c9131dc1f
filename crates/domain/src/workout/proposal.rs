//! What is proposed of a planned block, and why.

use serde::{Deserialize, Serialize};

use super::{Reps, SetKind, Weight};

/// Why a load is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing was done yet: this is where the plan begins.
    First,
    /// The plan leaves the load open.
    Open,
    /// The load is a part of a one-rep max that nothing lets estimate yet.
    NoEstimate,
    /// The load stays as planned.
    AsPlanned,
    /// The last time went well: more weight.
    MoreWeight,
    /// The last time went well: more repetitions.
    MoreReps,
    /// The same again: the last time did not go well, or there is nothing to add to it or to take from it.
    Again,
    /// It went wrong too often: less weight.
    Deload,
    /// The next percentage of the wave.
    NextOfWave,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::First,
        Self::Open,
        Self::NoEstimate,
        Self::AsPlanned,
        Self::MoreWeight,
        Self::MoreReps,
        Self::Again,
        Self::Deload,
        Self::NextOfWave,
    ];

    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Open => "open",
            Self::NoEstimate => "no_estimate",
            Self::AsPlanned => "as_planned",
            Self::MoreWeight => "more_weight",
            Self::MoreReps => "more_reps",
            Self::Again => "again",
            Self::Deload => "deload",
            Self::NextOfWave => "next_of_wave",
        }
    }
}

/// A set that is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedSet {
    /// A warm-up or a working set.
    pub kind: SetKind,
    /// With how much, unless that is open.
    pub weight: Option<Weight>,
    /// How often.
    pub reps: Reps,
}

/// What is proposed of a planned block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Warm-ups, then working sets.
    pub sets: Vec<ProposedSet>,
    /// Why so.
    pub reason: Reason,
}
