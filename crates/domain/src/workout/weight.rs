//! Weights, in steps of ten grams (rule W4).

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// How many steps make a kilogram.
const STEPS_PER_KILOGRAM: f64 = 100.0;

/// The international avoirdupois pound in kilograms, exactly (NIST SP 811, appendix B.8).
const KILOGRAMS_PER_POUND: f64 = 0.453_592_37;

/// A load in whole steps of 10 g, up to 2,000 kg. A negative one is assistance (rule W3).
///
/// A hundredth of a pound is less than half a step away from the next, so that any weight that was typed in
/// pounds with one decimal comes back as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Weight(i32);

impl TryFrom<i32> for Weight {
    type Error = Invalid;

    fn try_from(steps: i32) -> Result<Self, Invalid> {
        Self::from_steps(steps)
    }
}

impl From<Weight> for i32 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

impl Weight {
    /// No weight.
    pub const ZERO: Self = Self(0);
    /// The largest weight, and the largest assistance, in steps.
    pub const MOST_STEPS: i32 = 200_000;

    /// The nearest weight to so many kilograms.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is no number, or over 2,000 kg either way.
    pub fn from_kilograms(kilograms: f64) -> Result<Self, Invalid> {
        let steps = (kilograms * STEPS_PER_KILOGRAM).round();
        if steps.is_finite() && steps.abs() <= f64::from(Self::MOST_STEPS) {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and within bounds")]
            Ok(Self(steps as i32))
        } else {
            Err(Invalid::new("must be a weight from -2000 to 2000 kg"))
        }
    }

    /// The nearest weight to so many pounds.
    ///
    /// # Errors
    ///
    /// As [`Weight::from_kilograms`].
    pub fn from_pounds(pounds: f64) -> Result<Self, Invalid> {
        Self::from_kilograms(pounds * KILOGRAMS_PER_POUND)
    }

    /// A weight that was stored.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it is out of bounds.
    pub fn from_steps(steps: i32) -> Result<Self, Invalid> {
        if (-Self::MOST_STEPS..=Self::MOST_STEPS).contains(&steps) {
            Ok(Self(steps))
        } else {
            Err(Invalid::new("must be a weight from -2000 to 2000 kg"))
        }
    }

    /// A weight that is known to be within bounds.
    pub(crate) const fn of_steps(steps: i32) -> Self {
        Self(steps)
    }

    /// As much assistance: a negative load, whichever way it was written.
    #[must_use]
    pub const fn as_assistance(self) -> Self {
        Self(-self.0.abs())
    }

    /// In steps of 10 g.
    #[must_use]
    pub const fn steps(self) -> i32 {
        self.0
    }

    /// In kilograms.
    #[must_use]
    pub fn kilograms(self) -> f64 {
        f64::from(self.0) / STEPS_PER_KILOGRAM
    }

    /// In pounds, to a tenth of a pound.
    #[must_use]
    pub fn pounds(self) -> f64 {
        (self.kilograms() / KILOGRAMS_PER_POUND * 10.0).round() / 10.0
    }
}

/// A sum of weight times repetitions, in the steps of [`Weight`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Volume(i64);

impl Volume {
    /// A volume that was stored.
    #[must_use]
    pub const fn from_steps(steps: i64) -> Self {
        Self(steps)
    }

    /// In steps of 10 g.
    #[must_use]
    pub const fn steps(self) -> i64 {
        self.0
    }

    /// In kilograms.
    #[must_use]
    pub fn kilograms(self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a volume of 2^53 steps would take a million lifetimes"
        )]
        let steps = self.0 as f64;
        steps / STEPS_PER_KILOGRAM
    }
}

impl std::ops::AddAssign for Volume {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl std::iter::Sum for Volume {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::default(), |mut sum, volume| {
            sum += volume;
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Rule W4, for every plate there is.
        #[test]
        fn w4_pounds_come_back_as_they_were_typed(tenths in 0_i32..40_000) {
            let pounds = f64::from(tenths) / 10.0;
            prop_assert_eq!(Weight::from_pounds(pounds).unwrap().pounds(), pounds);
        }

        #[test]
        fn w4_kilograms_come_back_as_they_were_typed(steps in -200_000_i32..=200_000) {
            let weight = Weight::from_steps(steps).unwrap();
            prop_assert_eq!(Weight::from_kilograms(weight.kilograms()).unwrap(), weight);
        }
    }

    #[test]
    fn what_nobody_can_lift_is_refused() {
        for kilograms in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e9, -1e9, 2_000.01, f64::MAX] {
            assert!(Weight::from_kilograms(kilograms).is_err(), "{kilograms}");
        }
        assert_eq!(Weight::from_kilograms(2_000.0).unwrap().steps(), 200_000);
        assert!(Weight::from_steps(200_001).is_err() && Weight::from_steps(i32::MIN).is_err());
    }
}
