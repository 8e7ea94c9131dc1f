//! From measurements to figures.

use std::time::Duration;

use anyhow::Context;
use hdrhistogram::Histogram;
use serde::Serialize;

/// The middle of several rounds, and how far they lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    /// Of at least one figure.
    pub(crate) fn of(figures: &[f64]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
        let (half, odd) = (sorted.len() / 2, sorted.len() % 2 == 1);
        let median = if odd { at(half) } else { f64::midpoint(at(half.wrapping_sub(1)), at(half)) };
        Self { median, least: at(0), most: at(sorted.len().wrapping_sub(1)) }
    }
}

/// How one series relates to the other, round by round: what disturbed a round disturbed both halves of it.
pub(crate) fn ratios(work: &[f64], yardstick: &[f64]) -> Vec<f64> {
    work.iter().zip(yardstick).map(|(work, yardstick)| work / yardstick).collect()
}

/// A time in milliseconds.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// How long many things took: to a microsecond up to a minute, with three digits.
#[derive(Clone, Debug)]
pub(crate) struct Latencies(Histogram<u64>);

impl Latencies {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self(Histogram::new_with_bounds(1, 60_000_000, 3).context("a histogram")?))
    }

    pub(crate) fn note(&mut self, took: Duration) {
        self.0.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    pub(crate) fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.0.add(&other.0).context("two histograms")
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.len()
    }

    /// The time in milliseconds that so many percent of them did not exceed.
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        milliseconds(Duration::from_micros(self.0.value_at_percentile(percent)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let spread = Spread::of(&[3.0, 1.0, 2.0]);
        assert_eq!(spread, Spread { median: 2.0, least: 1.0, most: 3.0 });
        assert_eq!(Spread::of(&[4.0, 1.0]), Spread { median: 2.5, least: 1.0, most: 4.0 });
    }

    #[test]
    fn rounds_are_compared_with_their_own_yardstick() {
        assert_eq!(ratios(&[2.0, 9.0], &[1.0, 3.0]), [2.0, 3.0]);
    }

    #[test]
    fn percentiles_are_told_in_milliseconds() {
        let mut latencies = Latencies::new().unwrap();
        (1..=100).for_each(|micros| latencies.note(Duration::from_micros(micros * 1_000)));
        assert!((latencies.percentile(50.0) - 50.0).abs() < 0.1);
        assert!((latencies.percentile(99.0) - 99.0).abs() < 0.1);
        let mut both = latencies.clone();
        both.add(&latencies).unwrap();
        assert_eq!(both.count(), 200);
    }
}
