//! When a delivery that failed is tried again.

use std::time::Duration;

use uuid::Uuid;

use crate::id::MessageId;

/// Waits twice as long after each attempt, up to a longest wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Default for Backoff {
    /// From two seconds to an hour: the twenty attempts of a message take between five hours and nine.
    fn default() -> Self {
        Self::new(Duration::from_secs(2), Duration::from_hours(1))
    }
}

impl Backoff {
    /// Waits `first` after the first attempt, and never more than `longest`.
    #[must_use]
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// How long to wait after so many attempts at `message`: the doubled time, or up to a half less, so that
    /// messages that failed together don't all come back together. The spread follows from the message and
    /// the attempt.
    #[must_use]
    pub fn after(self, attempts: u32, message: MessageId) -> Duration {
        let doubled = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let most = self.first.saturating_mul(doubled).min(self.longest);
        most.mul_f64(1.0 - spread(message.uuid(), attempts) / 2.0)
    }
}

/// A number from 0 up to 1 that looks random: the splitmix64 finaliser (Steele, Lea and Flood, 2014) over the
/// random part of the id.
fn spread(id: Uuid, attempts: u32) -> f64 {
    let mut bits = id.as_u64_pair().1 ^ u64::from(attempts).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u128) -> MessageId {
        MessageId::from(Uuid::from_u128(number))
    }

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_the_longest() {
        let backoff = Backoff::new(Duration::from_secs(2), Duration::from_mins(1));
        for (attempts, most) in [(1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (7, 60), (40, 60), (u32::MAX, 60)]
        {
            for number in 0..100 {
                let wait = backoff.after(attempts, message(number)).as_secs_f64();
                let most = f64::from(most);
                assert!((most / 2.0..=most).contains(&wait), "attempt {attempts} of {number}: {wait}");
            }
        }
    }

    #[test]
    fn what_failed_together_comes_back_apart() {
        let backoff = Backoff::new(Duration::from_secs(1_000), Duration::from_secs(1_000));
        let mut waits: Vec<_> = (0..100).map(|number| backoff.after(1, message(number))).collect();
        waits.sort_unstable();
        assert!(waits.last().unwrap().abs_diff(waits[0]) > Duration::from_secs(450), "{waits:?}");
        let widest = waits.windows(2).map(|pair| pair[1].abs_diff(pair[0])).max().unwrap();
        assert!(widest < Duration::from_secs(50), "{waits:?}");
        assert_ne!(backoff.after(1, message(7)), backoff.after(2, message(7)));
    }

    #[test]
    fn twenty_attempts_take_some_hours() {
        let total: Duration = (1..20).map(|attempts| Backoff::default().after(attempts, message(1))).sum();
        assert!((Duration::from_hours(4)..Duration::from_hours(10)).contains(&total), "{total:?}");
    }
}
