//! Behaviours of `RateLimiter`.

use std::sync::Arc;
use std::time::Duration;

use spotter_domain::rate_limit::{Allowed, RateLimiter, RatePolicy, RateVerdict};

use crate::clock::ManualClock;

/// A limiter and the clock that it reads.
pub struct RateLimiterSubject {
    /// The limiter, that has counted nothing yet.
    pub limiter: Arc<dyn RateLimiter>,
    /// Its clock.
    pub clock: ManualClock,
}

impl std::fmt::Debug for RateLimiterSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RateLimiterSubject").field("clock", &self.clock).finish_non_exhaustive()
    }
}

/// Three times in twelve seconds: one more every four.
const POLICY: RatePolicy = RatePolicy { name: "conformance", quota: 3, window: Duration::from_secs(12) };

async fn take(subject: &RateLimiterSubject, times: u32) -> RateVerdict {
    let mut verdict = subject.limiter.take(&POLICY, "key").await;
    for _ in 1..times {
        verdict = subject.limiter.take(&POLICY, "key").await;
    }
    verdict
}

/// As many attempts as the quota, at once, and no more.
pub async fn a_quota_is_used_up(subject: &RateLimiterSubject) {
    for (remaining, seconds) in [(2, 4), (1, 8), (0, 12)] {
        let expected =
            RateVerdict { allowed: Allowed::Yes, remaining, reset_after: Duration::from_secs(seconds) };
        assert_eq!(take(subject, 1).await, expected);
    }
    assert!(matches!(take(subject, 1).await.allowed, Allowed::RetryAfter(_)));
}

/// Until then it is refused, from then on it is allowed.
pub async fn the_verdict_says_how_long_to_wait(subject: &RateLimiterSubject) {
    let refused = take(subject, 4).await;
    let wait = Duration::from_secs(4);
    let expected = RateVerdict {
        allowed: Allowed::RetryAfter(wait),
        remaining: 0,
        reset_after: Duration::from_secs(12),
    };
    assert_eq!(refused, expected);
    subject.clock.advance(wait.saturating_sub(Duration::from_millis(1)));
    assert_eq!(take(subject, 1).await.allowed, Allowed::RetryAfter(Duration::from_millis(1)));
    subject.clock.advance(Duration::from_millis(1));
    assert_eq!(take(subject, 1).await.allowed, Allowed::Yes);
}

/// Whoever keeps trying waits no longer for it.
pub async fn a_refused_attempt_counts_for_nothing(subject: &RateLimiterSubject) {
    take(subject, 3).await;
    for _ in 0..20 {
        assert_eq!(take(subject, 1).await.allowed, Allowed::RetryAfter(Duration::from_secs(4)));
    }
}

/// One more at each third of the window, not all at its end.
pub async fn a_quota_refills_evenly(subject: &RateLimiterSubject) {
    take(subject, 3).await;
    for _ in 0..5 {
        subject.clock.advance(Duration::from_secs(4));
        assert_eq!(take(subject, 1).await.allowed, Allowed::Yes);
        assert!(matches!(take(subject, 1).await.allowed, Allowed::RetryAfter(_)));
    }
}

/// A long silence saves nothing up.
pub async fn a_quota_refills_up_to_itself(subject: &RateLimiterSubject) {
    take(subject, 3).await;
    subject.clock.advance(Duration::from_hours(1));
    let verdict = take(subject, 1).await;
    assert_eq!((verdict.allowed, verdict.remaining), (Allowed::Yes, 2));
    assert_eq!(verdict.reset_after, Duration::from_secs(4));
    assert!(matches!(take(subject, 3).await.allowed, Allowed::RetryAfter(_)));
}

/// What one key uses up, another keeps.
pub async fn keys_have_quotas_of_their_own(subject: &RateLimiterSubject) {
    take(subject, 4).await;
    let other = subject.limiter.take(&POLICY, "another key").await;
    assert_eq!((other.allowed, other.remaining), (Allowed::Yes, 2));
}

/// What a key uses up under one policy, it keeps under another.
pub async fn policies_have_quotas_of_their_own(subject: &RateLimiterSubject) {
    take(subject, 4).await;
    let policy = RatePolicy { name: "another", quota: 1, window: Duration::from_secs(1) };
    assert_eq!(subject.limiter.take(&policy, "key").await.allowed, Allowed::Yes);
    let expected = Allowed::RetryAfter(Duration::from_secs(1));
    assert_eq!(subject.limiter.take(&policy, "key").await.allowed, expected);
}

/// What is given back can be taken again, at once.
pub async fn an_attempt_can_be_given_back(subject: &RateLimiterSubject) {
    take(subject, 3).await;
    subject.limiter.give_back(&POLICY, "another key").await;
    assert!(matches!(take(subject, 1).await.allowed, Allowed::RetryAfter(_)));
    subject.limiter.give_back(&POLICY, "key").await;
    assert_eq!(take(subject, 1).await.allowed, Allowed::Yes);
    assert!(matches!(take(subject, 1).await.allowed, Allowed::RetryAfter(_)));
}

/// Giving back more than was taken makes no quota larger.
pub async fn what_was_not_taken_cannot_be_given_back(subject: &RateLimiterSubject) {
    take(subject, 1).await;
    for _ in 0..5 {
        subject.limiter.give_back(&POLICY, "key").await;
    }
    assert_eq!(take(subject, 1).await.remaining, 2);
    assert!(matches!(take(subject, 3).await.allowed, Allowed::RetryAfter(_)));
}
