//! Chance that is the same every time.

/// A small generator of numbers (`SplitMix64`, Steele and others 2014): the same seed, the same club.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % width).unwrap_or(0)
    }

    /// True once in `times`, on average.
    pub(super) fn one_in(&mut self, times: u32) -> bool {
        self.between(1, times) == 1
    }

    /// `count` different ones of `all`, in any order; all of them when there are fewer.
    pub(super) fn pick<T: Copy>(&mut self, all: &[T], count: u32) -> Vec<T> {
        let mut rest = all.to_vec();
        let mut picked = Vec::new();
        while picked.len() < count as usize && !rest.is_empty() {
            let last = u32::try_from(rest.len() - 1).unwrap_or(u32::MAX);
            picked.push(rest.swap_remove(self.between(0, last) as usize));
        }
        picked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_itself_and_stays_within_bounds() {
        let (mut a, mut b) = (Chance::new(7), Chance::new(7));
        for _ in 0..1_000 {
            let number = a.between(3, 9);
            assert!((3..=9).contains(&number));
            assert_eq!(number, b.between(3, 9));
        }
        let mut picked = a.pick(&[1, 2, 3, 4], 9);
        picked.sort_unstable();
        assert_eq!(picked, [1, 2, 3, 4]);
    }
}
