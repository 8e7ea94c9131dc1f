//! What was done of a planned block, as far as the next proposal follows from it.

use super::{Reps, Set, Weight};

/// What was done of a planned block in one workout session: its working sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Performance {
    /// Those that tell their repetitions.
    sets: Vec<(Option<Weight>, u16)>,
    /// The heaviest weight of those that do not: they tell a time or a distance, if anything.
    held: Option<Weight>,
}

impl Performance {
    /// The working sets among `sets`.
    pub fn of<'a>(sets: impl IntoIterator<Item = &'a Set>) -> Self {
        let mut done = Self::default();
        for set in sets.into_iter().filter(|set| set.kind.is_working()) {
            match set.reps {
                Some(reps) => done.sets.push((set.weight, reps.get())),
                None => done.held = done.held.max(set.weight),
            }
        }
        done
    }

    /// Whether a set tells its repetitions. A plan of repetitions has nothing to learn from any other block.
    pub(super) fn is_told(&self) -> bool {
        !self.sets.is_empty()
    }

    /// The heaviest weight of sets without repetitions, of a block that has no others.
    pub(super) fn held(&self) -> Option<Weight> {
        self.held.filter(|_| !self.is_told())
    }

    /// The heaviest weight; none where no set tells one.
    pub(super) fn weight(&self) -> Option<Weight> {
        self.sets.iter().any(|(weight, _)| weight.is_some()).then(|| self.load())
    }

    /// The heaviest weight; a set without any is one with zero.
    pub(super) fn load(&self) -> Weight {
        self.sets.iter().map(|(weight, _)| weight.unwrap_or(Weight::ZERO)).max().unwrap_or(Weight::ZERO)
    }

    /// Whether so many sets with the heaviest weight had so many repetitions.
    pub(super) fn reached(&self, sets: u8, reps: Reps) -> bool {
        self.heaviest().filter(|done| *done >= reps.get()).count() >= usize::from(sets)
    }

    /// The fewest repetitions of a set with the heaviest weight.
    pub(super) fn fewest_reps(&self) -> u16 {
        self.heaviest().min().unwrap_or(0)
    }

    /// The repetitions of the sets with the heaviest weight.
    fn heaviest(&self) -> impl Iterator<Item = u16> {
        let load = self.load();
        let with_it = self.sets.iter().filter(move |(weight, _)| weight.unwrap_or(Weight::ZERO) == load);
        with_it.map(|(_, reps)| *reps)
    }
}

#[cfg(test)]
mod tests {
    use super::super::SetKind;
    use super::*;

    fn set(kind: SetKind, kilograms: Option<f64>, reps: Option<i64>) -> Set {
        let weight = kilograms.map(|kilograms| Weight::from_kilograms(kilograms).unwrap());
        Set { kind, weight, reps: reps.map(|reps| Reps::new(reps).unwrap()), ..Set::default() }
    }

    #[test]
    fn only_working_sets_that_tell_their_repetitions_are_learned_from() {
        let warm_up = set(SetKind::Warmup, Some(100.0), Some(5));
        let held = set(SetKind::Normal, Some(20.0), None);
        assert!(!Performance::of(&[warm_up]).is_told() && !Performance::of(&[]).is_told());
        assert!(!Performance::of(&[held, set(SetKind::Normal, None, None)]).is_told());
        assert_eq!(Performance::of(&[held]).held(), held.weight);
        // To have tried and failed is to have done something.
        let failed = set(SetKind::Failure, Some(10.0), Some(0));
        let done = Performance::of(&[failed, held, warm_up]);
        assert_eq!((done.is_told(), done.held(), done.weight()), (true, None, failed.weight));
    }

    #[test]
    fn no_weight_is_a_weight_of_zero() {
        let assisted = set(SetKind::Normal, Some(-5.0), Some(8));
        let done = Performance::of(&[assisted, set(SetKind::Normal, None, Some(5))]);
        assert_eq!((done.weight(), done.fewest_reps()), (Some(Weight::ZERO), 5));
        assert_eq!(Performance::of(&[set(SetKind::Normal, None, Some(5))]).weight(), None);
    }
}
