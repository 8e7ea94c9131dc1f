//! Estimating the weight that could be lifted once (rule W2).

use serde::{Deserialize, Serialize};

use super::{Reps, Weight};
use crate::Invalid;

/// A formula for the one-rep max from a weight `w` and repetitions `r`.
///
/// Sources: D. A. `LeSuer` et al., "The Accuracy of Prediction Equations for Estimating 1-RM Performance in the
/// Bench Press, Squat, and Deadlift", Journal of Strength and Conditioning Research 11(4), 1997, which gives
/// all seven with their own sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OneRepMaxFormula {
    /// Epley (1985): `w (1 + r / 30)`.
    #[default]
    Epley,
    /// Brzycki (1993): `w · 36 / (37 - r)`.
    Brzycki,
    /// Lombardi (1989): `w · r^0.10`.
    Lombardi,
    /// Mayhew et al. (1992): `100 w / (52.2 + 41.9 e^(-0.055 r))`.
    Mayhew,
    /// O'Conner et al. (1989): `w (1 + r / 40)`.
    Oconner,
    /// Wathan (1994): `100 w / (48.8 + 53.8 e^(-0.075 r))`.
    Wathan,
    /// Lander (1985): `100 w / (101.3 - 2.67123 r)`.
    Lander,
}

impl OneRepMaxFormula {
    /// Every formula.
    pub const ALL: [Self; 7] =
        [Self::Epley, Self::Brzycki, Self::Lombardi, Self::Mayhew, Self::Oconner, Self::Wathan, Self::Lander];

    /// The most repetitions that anything is estimated from.
    pub const MOST_REPS: u16 = 12;

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Epley => "epley",
            Self::Brzycki => "brzycki",
            Self::Lombardi => "lombardi",
            Self::Mayhew => "mayhew",
            Self::Oconner => "oconner",
            Self::Wathan => "wathan",
            Self::Lander => "lander",
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
            .find(|formula| formula.as_str() == word)
            .ok_or_else(|| Invalid::new(format!("must be one of {}", Self::ALL.map(Self::as_str).join(", "))))
    }

    /// The estimate, to the nearest 10 g. One repetition is the weight itself; from none, from more than
    /// [`Self::MOST_REPS`] and from no weight nothing is estimated.
    #[must_use]
    pub fn estimate(self, weight: Weight, reps: Reps) -> Option<Weight> {
        let lifted = weight.kilograms();
        if lifted <= 0.0 {
            return None;
        }
        let r = match reps.get() {
            1 => return Some(weight),
            reps @ 2..=Self::MOST_REPS => f64::from(reps),
            _ => return None,
        };
        let estimated = match self {
            Self::Epley => lifted * (1.0 + r / 30.0),
            Self::Brzycki => lifted * 36.0 / (37.0 - r),
            Self::Lombardi => lifted * r.powf(0.10),
            Self::Mayhew => 100.0 * lifted / (52.2 + 41.9 * (-0.055 * r).exp()),
            Self::Oconner => lifted * (1.0 + r / 40.0),
            Self::Wathan => 100.0 * lifted / (48.8 + 53.8 * (-0.075 * r).exp()),
            Self::Lander => 100.0 * lifted / (101.3 - 2.671_23 * r),
        };
        // More than anybody lifts is as good as no estimate.
        Weight::from_kilograms(estimated).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn estimate(formula: OneRepMaxFormula, kilograms: f64, reps: i64) -> Option<f64> {
        let weight = Weight::from_kilograms(kilograms).unwrap();
        formula.estimate(weight, Reps::new(reps).unwrap()).map(Weight::kilograms)
    }

    /// The worked example of every table of these formulas: 100 kg, five times.
    #[test]
    fn w2_each_formula_gives_its_known_value() {
        let known = [116.67, 112.5, 117.46, 119.01, 112.5, 116.58, 113.71];
        for (formula, expected) in OneRepMaxFormula::ALL.into_iter().zip(known) {
            assert_eq!(estimate(formula, 100.0, 5), Some(expected), "{formula:?}");
        }
    }

    proptest! {
        #[test]
        fn w2_one_rep_is_the_weight_itself_in_every_formula(steps in 1_i32..100_000) {
            let weight = Weight::from_steps(steps).unwrap();
            for formula in OneRepMaxFormula::ALL {
                prop_assert_eq!(formula.estimate(weight, Reps::new(1).unwrap()), Some(weight));
            }
        }

        #[test]
        fn w2_over_twelve_reps_there_is_no_estimate(steps in 1_i32..100_000, reps in 13_i64..=10_000) {
            let weight = Weight::from_steps(steps).unwrap();
            for formula in OneRepMaxFormula::ALL {
                prop_assert_eq!(formula.estimate(weight, Reps::new(reps).unwrap()), None);
            }
        }

        #[test]
        fn more_of_either_is_never_less(steps in 1_000_i32..50_000, reps in 2_i64..12) {
            for formula in OneRepMaxFormula::ALL {
                let of = |steps, reps| {
                    formula.estimate(Weight::from_steps(steps).unwrap(), Reps::new(reps).unwrap())
                };
                prop_assert!(of(steps, reps) <= of(steps + 1, reps), "{:?}", formula);
                prop_assert!(of(steps, reps) <= of(steps, reps + 1), "{:?}", formula);
            }
        }
    }

    #[test]
    fn nothing_comes_from_nothing() {
        assert_eq!(estimate(OneRepMaxFormula::Epley, 100.0, 0), None);
        assert_eq!(estimate(OneRepMaxFormula::Epley, 0.0, 5), None);
        assert_eq!(estimate(OneRepMaxFormula::Epley, -20.0, 5), None);
        assert_eq!(estimate(OneRepMaxFormula::Epley, 2_000.0, 5), None);
    }
}
