//! Chance that is the same every time.

/// Numbers that follow from a seed: the same seed, the same history.
#[derive(Clone, Debug)]
pub(crate) struct Chance(fastrand::Rng);

impl Chance {
    /// The chance of one person: no two share their numbers, and none depends on how many others there are.
    pub(crate) fn of(seed: u64, person: u64) -> Self {
        // Seeds and persons are small numbers in a row; this spreads them (the golden ratio, as in SplitMix64).
        Self(fastrand::Rng::with_seed(seed ^ person.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// A number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.i32(low..=high.max(low))
    }

    /// A number below `bound`; zero if there is none.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.0.usize(..bound) }
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: u32) -> bool {
        self.0.u32(..times.max(1)) == 0
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// Puts them in any order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}
