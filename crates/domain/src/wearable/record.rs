//! What a wearable recorded, and what it means.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, WearableRecordId};
use crate::{Invalid, Timestamp};

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WearableKind {
    /// How the night has restored the person.
    Recovery,
    /// A sleep, or a nap.
    Sleep,
    /// A physiological day.
    Cycle,
}

impl WearableKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Recovery, Self::Sleep, Self::Cycle];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recovery => "recovery",
            Self::Sleep => "sleep",
            Self::Cycle => "cycle",
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
            .ok_or_else(|| Invalid::new("must be recovery, sleep or cycle"))
    }
}

/// What a score is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Tier {
    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// Of a recovery score in percent: from 67 on high, from 34 on medium, as WHOOP colours them.
    #[must_use]
    pub const fn of_recovery(percent: u8) -> Self {
        match percent {
            67.. => Self::High,
            34..=66 => Self::Medium,
            _ => Self::Low,
        }
    }

    /// Of a sleep performance in percent: from 85 on high, from 70 on medium, as WHOOP names them.
    #[must_use]
    pub const fn of_sleep(percent: u8) -> Self {
        match percent {
            85.. => Self::High,
            70..=84 => Self::Medium,
            _ => Self::Low,
        }
    }
}

/// What of a record is asked for: which figures it has depends on its kind and on whether it has been scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The recovery score in percent.
    pub recovery: Option<u8>,
    /// The resting heart rate in beats a minute.
    pub resting_heart_rate: Option<u16>,
    /// The heart rate variability (RMSSD) in microseconds.
    pub hrv_micros: Option<u32>,
    /// The sleep performance in percent.
    pub sleep_performance: Option<u8>,
    /// The strain in hundredths, up to 2,100.
    pub strain_hundredths: Option<u16>,
    /// Whether a sleep is a nap, scored or not; nothing for other kinds.
    pub nap: Option<bool>,
}

impl Figures {
    /// Whether these, of a record of that kind, tell how ready the body is: once they have a score, unless it is
    /// that of a nap, which does not stand for the night.
    #[must_use]
    pub fn tell_readiness(&self, kind: WearableKind) -> bool {
        match kind {
            WearableKind::Recovery => self.recovery.is_some(),
            WearableKind::Sleep => self.sleep_performance.is_some() && self.nap != Some(true),
            WearableKind::Cycle => self.strain_hundredths.is_some(),
        }
    }
}

/// One record of a wearable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WearableRecord {
    /// Names the record.
    pub id: WearableRecordId,
    /// Whose it is.
    pub account: AccountId,
    /// What it is about.
    pub kind: WearableKind,
    /// What the wearable's maker calls it, unique for the person and kind: 1 to 64 characters.
    pub external_id: String,
    /// When what it tells of began: a sleep's or a cycle's start, or when a recovery was made.
    pub recorded_at: Timestamp,
    /// When its maker wrote it: a later one replaces an earlier one, never the other way round.
    pub updated_at: Timestamp,
    /// What is asked for.
    pub figures: Figures,
    /// The JSON as it came, up to 64 KiB.
    pub raw: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_begin_where_their_maker_says() {
        let recovery = [0, 33, 34, 66, 67, 100].map(Tier::of_recovery);
        assert_eq!(recovery, [Tier::Low, Tier::Low, Tier::Medium, Tier::Medium, Tier::High, Tier::High]);
        let sleep = [0, 69, 70, 84, 85, 100].map(Tier::of_sleep);
        assert_eq!(sleep, [Tier::Low, Tier::Low, Tier::Medium, Tier::Medium, Tier::High, Tier::High]);
    }
}
