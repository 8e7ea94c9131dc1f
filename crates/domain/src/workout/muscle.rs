//! Muscles, and sets of them.

use serde::{Deserialize, Serialize};

use crate::Invalid;

macro_rules! muscles {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// A muscle, or a group of muscles that works as one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Muscle {
            $($(#[$doc])* $name),+
        }

        impl Muscle {
            /// Every muscle.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$name),+];

            /// The word that is sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }
        }
    };
}

// Their order is their bit in the database: new ones go to the end.
muscles! {
    /// The straight muscles of the belly.
    Abdominals = "abdominals",
    /// The outer hip.
    Abductors = "abductors",
    /// The inner thigh.
    Adductors = "adductors",
    /// The front of the upper arm.
    Biceps = "biceps",
    /// The back of the lower leg.
    Calves = "calves",
    /// The pectorals.
    Chest = "chest",
    /// The lower arm and the grip.
    Forearms = "forearms",
    /// The buttocks.
    Glutes = "glutes",
    /// The back of the thigh.
    Hamstrings = "hamstrings",
    /// What lifts the thigh.
    HipFlexors = "hip_flexors",
    /// The broad muscle of the back.
    Lats = "lats",
    /// The erectors of the lower spine.
    LowerBack = "lower_back",
    /// The neck.
    Neck = "neck",
    /// The sides of the belly.
    Obliques = "obliques",
    /// The front of the thigh.
    Quadriceps = "quadriceps",
    /// The deltoids.
    Shoulders = "shoulders",
    /// The trapezius.
    Traps = "traps",
    /// The back of the upper arm.
    Triceps = "triceps",
    /// The rhomboids and what is around them.
    UpperBack = "upper_back",
}

impl Muscle {
    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for a word that names no muscle; it lists those that do.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|muscle| muscle.as_str() == word)
            .ok_or_else(|| Invalid::new(format!("must be one of {}", Self::ALL.map(Self::as_str).join(", "))))
    }

    const fn bit(self) -> i32 {
        1 << self as u8
    }
}

/// Some muscles. Kept as one number with a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Muscles(i32);

impl Muscles {
    /// Muscles that were stored.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when a bit is set that no muscle has.
    pub fn from_bits(bits: i32) -> Result<Self, Invalid> {
        let known = Muscle::ALL.into_iter().fold(0, |bits, muscle| bits | muscle.bit());
        if bits & !known == 0 { Ok(Self(bits)) } else { Err(Invalid::new("has a bit that no muscle has")) }
    }

    /// A bit for each.
    #[must_use]
    pub const fn bits(self) -> i32 {
        self.0
    }

    /// Whether a muscle is among them.
    #[must_use]
    pub const fn contains(self, muscle: Muscle) -> bool {
        self.0 & muscle.bit() != 0
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are not among `others`.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Muscle> {
        Muscle::ALL.into_iter().filter(move |muscle| self.contains(*muscle))
    }
}

impl FromIterator<Muscle> for Muscles {
    fn from_iter<I: IntoIterator<Item = Muscle>>(muscles: I) -> Self {
        Self(muscles.into_iter().fold(0, |bits, muscle| bits | muscle.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muscles_come_back_from_their_words_and_bits() {
        for muscle in Muscle::ALL {
            assert_eq!(Muscle::parse(muscle.as_str()), Ok(muscle));
            let alone: Muscles = [muscle].into_iter().collect();
            assert_eq!(Muscles::from_bits(alone.bits()), Ok(alone));
            assert_eq!(alone.iter().collect::<Vec<_>>(), [muscle]);
        }
        assert!(Muscle::parse("wings").is_err());
        assert!(Muscles::from_bits(1 << 30).is_err() && Muscles::from_bits(-1).is_err());
    }
}
