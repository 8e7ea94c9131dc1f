//! The sets that lead up to a working weight.

use super::loadable::round;
use super::{ProposedSet, Reps, SetKind, Weight};
use crate::account::{Units, WarmupPercentages};

/// Warm-ups before a working weight, each heavier than the one before and lighter than that weight. What
/// percentages of a light weight are rounded to the same is lifted once.
pub(super) fn warm_ups(
    weight: Weight,
    reps: Reps,
    warmup: &WarmupPercentages,
    units: Units,
) -> Vec<ProposedSet> {
    if weight.steps() <= 0 {
        return Vec::new();
    }
    let part = |percent: &u8| {
        let steps = i64::from(weight.steps()) * i64::from(*percent) / 100;
        let part = i32::try_from(steps).ok().and_then(|steps| Weight::from_steps(steps).ok());
        part.map(|part| round(part, units)).filter(|part| *part > Weight::ZERO && *part < weight)
    };
    let mut parts: Vec<Weight> = warmup.as_slice().iter().filter_map(part).collect();
    parts.dedup();
    parts.into_iter().map(|part| ProposedSet { kind: SetKind::Warmup, weight: Some(part), reps }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(kilograms: f64, percentages: &[u8], units: Units) -> Vec<f64> {
        let weight = Weight::from_kilograms(kilograms).unwrap();
        let warmup = WarmupPercentages::new(percentages.to_vec()).unwrap();
        let sets = warm_ups(weight, Reps::new(5).unwrap(), &warmup, units);
        sets.iter().map(|set| set.weight.unwrap().kilograms()).collect()
    }

    #[test]
    fn warm_ups_grow_up_to_the_working_weight_and_come_once() {
        assert_eq!(parts(100.0, &[40, 60, 80], Units::Metric), [40.0, 60.0, 80.0]);
        assert_eq!(parts(5.0, &[40, 60, 80], Units::Metric), [2.5], "2, 3 and 4 kg");
        assert_eq!(parts(10.0, &[30, 45, 60, 70, 80], Units::Metric), [2.5, 5.0, 7.5]);
        for kilograms in [0.0, 2.5, -20.0] {
            assert_eq!(parts(kilograms, &[40, 60, 99], Units::Metric), [0.0; 0], "{kilograms}");
        }
        for units in [Units::Metric, Units::Imperial] {
            for steps in 1..3_000 {
                let weight = f64::from(steps) / 100.0;
                let parts = parts(weight, &[20, 40, 60, 80, 99], units);
                assert!(
                    parts.is_sorted_by(|a, b| a < b) && parts.iter().all(|part| *part < weight),
                    "{weight}"
                );
            }
        }
    }
}
