//! The units in which exports count weight and distance.

use spotter_domain::Invalid;
use spotter_domain::workout::{Distance, Weight, WeightUnit};

/// The international yard and foot in metres, exactly (NIST SP 811, appendix B.8).
const METRES_PER_YARD: f64 = 0.9144;
const METRES_PER_FOOT: f64 = 0.3048;

/// A unit of distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DistanceUnit {
    Metres,
    Kilometres,
    Miles,
    Yards,
    Feet,
}

/// The unit of weight that a word names.
pub(super) fn weight_unit(word: &str) -> Option<WeightUnit> {
    let is = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    if is(&["kg", "kgs", "kilogram", "kilograms"]) {
        Some(WeightUnit::Kg)
    } else if is(&["lb", "lbs", "pound", "pounds"]) {
        Some(WeightUnit::Lb)
    } else {
        None
    }
}

/// The weight of so many of a unit.
pub(super) fn weight(number: f64, unit: WeightUnit) -> Result<Weight, Invalid> {
    match unit {
        WeightUnit::Kg => Weight::from_kilograms(number),
        WeightUnit::Lb => Weight::from_pounds(number),
    }
}

impl DistanceUnit {
    /// The unit that a word names.
    pub(super) fn named(word: &str) -> Option<Self> {
        let is = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        if is(&["m", "meter", "meters", "metre", "metres"]) {
            Some(Self::Metres)
        } else if is(&["km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"]) {
            Some(Self::Kilometres)
        } else if is(&["mi", "mile", "miles"]) {
            Some(Self::Miles)
        } else if is(&["yd", "yds", "yard", "yards"]) {
            Some(Self::Yards)
        } else if is(&["ft", "foot", "feet"]) {
            Some(Self::Feet)
        } else {
            None
        }
    }

    /// What somebody who weighs in `weight` measures ways in.
    pub(super) const fn beside(weight: WeightUnit) -> Self {
        match weight {
            WeightUnit::Kg => Self::Kilometres,
            WeightUnit::Lb => Self::Miles,
        }
    }

    /// The distance of so many of this unit.
    pub(super) fn distance(self, number: f64) -> Result<Distance, Invalid> {
        match self {
            Self::Metres => Distance::from_metres(number),
            Self::Kilometres => Distance::from_metres(number * 1_000.0),
            Self::Miles => Distance::from_miles(number),
            Self::Yards => Distance::from_metres(number * METRES_PER_YARD),
            Self::Feet => Distance::from_metres(number * METRES_PER_FOOT),
        }
    }
}
