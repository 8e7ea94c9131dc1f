//! Adding to weights, taking from them, and rounding them to what can be loaded.

use super::{Deload, Weight};
use crate::account::Units;

/// The smallest weight that there is to load, where nobody said otherwise: 2.5 kg, or 5 lb.
pub(super) fn smallest_step(units: Units) -> Weight {
    match units {
        Units::Metric => Weight::of_steps(250),
        Units::Imperial => Weight::of_steps(227),
    }
}

/// So many steps more.
pub(super) fn plus(weight: Weight, steps: i32) -> Weight {
    let sum = weight.steps().saturating_add(steps);
    Weight::from_steps(sum.clamp(-Weight::MOST_STEPS, Weight::MOST_STEPS)).unwrap_or(weight)
}

/// A tenth less, say. Less of an assistance would be harder: there it is more.
pub(super) fn less(weight: Weight, deload: Deload) -> Weight {
    plus(weight, -deload.by().of(plus(Weight::ZERO, weight.steps().abs())).steps())
}

/// Rounds down to what can be loaded.
pub(super) fn round(weight: Weight, units: Units) -> Weight {
    match units {
        Units::Metric => plus(weight, -weight.steps().rem_euclid(250)),
        Units::Imperial => {
            // A hundredth of a pound makes up for what was lost in tens of grams.
            let pounds = ((weight.pounds() + 0.01) / 5.0).floor() * 5.0;
            Weight::from_pounds(pounds).unwrap_or(weight)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_rounded_down_to_plates() {
        let rounded =
            |kilograms: f64| round(Weight::from_kilograms(kilograms).unwrap(), Units::Metric).kilograms();
        assert_eq!([61.0, 62.5, 2.4, -16.0].map(rounded), [60.0, 62.5, 0.0, -17.5]);
        for pounds in 1..100 {
            let plates = Weight::from_pounds(f64::from(pounds) * 5.0).unwrap();
            assert_eq!(round(plates, Units::Imperial), plates, "{pounds} times 5 lb");
        }
        assert_eq!(smallest_step(Units::Imperial), Weight::from_pounds(5.0).unwrap());
    }
}
