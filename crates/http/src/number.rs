//! Numbers as they are sent.

use serde::{Serialize, Serializer};
use spotter_domain::workout::{Distance, Volume, Weight};

/// The largest number up to which every whole number is one of 64 bits with a fraction, too.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A number that may have a fraction, sent without one if it has none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number(pub(crate) f64);

impl Number {
    /// A whole number.
    pub(crate) fn whole(number: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "nobody repeats anything that often")]
        Self(number as f64)
    }

    /// Hundredths of something: the steps of weights, the centimetres of distances.
    pub(crate) fn of_hundredths(hundredths: i64) -> Self {
        Self(Volume::from_steps(hundredths).kilograms())
    }
}

impl From<Weight> for Number {
    /// In kilograms.
    fn from(weight: Weight) -> Self {
        Self(weight.kilograms())
    }
}

impl From<Volume> for Number {
    /// In kilograms.
    fn from(volume: Volume) -> Self {
        Self(volume.kilograms())
    }
}

impl From<Distance> for Number {
    /// In metres.
    fn from(distance: Distance) -> Self {
        Self(distance.metres())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < LARGEST_WHOLE {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and within bounds")]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction() {
        let sent = |number: f64| serde_json::to_string(&Number(number)).unwrap();
        assert_eq!(sent(60.0), "60");
        assert_eq!(sent(-0.0), "0");
        assert_eq!(sent(82.55), "82.55");
        assert_eq!(sent(-2.5), "-2.5");
        assert_eq!(sent(1e300).parse(), Ok(1e300));
        assert_eq!(serde_json::to_string(&Number::of_hundredths(8_250)).unwrap(), "82.5");
    }
}
