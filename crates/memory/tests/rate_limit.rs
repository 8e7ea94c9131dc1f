//! The memory of the rate limiter is bounded, whatever keys are invented.

use std::sync::Arc;
use std::time::Duration;

use spotter_domain::rate_limit::{Allowed, RateLimiter, RatePolicy};
use spotter_memory::MemoryRateLimiter;
use spotter_testkit::clock::{ManualClock, START};

const POLICY: RatePolicy = RatePolicy { name: "sign-in", quota: 5, window: Duration::from_secs(50) };
const ODD: RatePolicy = RatePolicy { name: "odd", quota: 7, window: Duration::from_nanos(1_000_000_007) };

fn limiter(max_keys: usize) -> (MemoryRateLimiter, ManualClock) {
    let clock = ManualClock::new();
    (MemoryRateLimiter::with_max_keys(Arc::new(clock.clone()), max_keys), clock)
}

#[tokio::test]
async fn full_buckets_make_room_for_others() {
    let (limiter, clock) = limiter(10);
    for number in 0..10 {
        limiter.take(&POLICY, &format!("early {number}")).await;
    }
    clock.advance(Duration::from_secs(10));
    limiter.take(&POLICY, "late").await;
    assert_eq!(limiter.keys(), 1);
}

#[tokio::test]
async fn invented_keys_push_out_neither_the_bound_nor_those_who_used_most() {
    let (limiter, _clock) = limiter(100);
    for _ in 0..6 {
        limiter.take(&POLICY, "guesser").await;
    }
    for number in 0..10_000 {
        limiter.take(&POLICY, &format!("invented {number}")).await;
        assert!(limiter.keys() <= 100);
    }
    let verdict = limiter.take(&POLICY, "guesser").await;
    assert_eq!(verdict.allowed, Allowed::RetryAfter(Duration::from_secs(10)));
}

#[tokio::test]
async fn a_window_that_the_quota_does_not_divide_loses_no_attempt() {
    let (limiter, clock) = limiter(10);
    for round in 0..100 {
        for attempt in 0..7 {
            let verdict = limiter.take(&ODD, "key").await;
            assert_eq!((verdict.allowed, verdict.remaining), (Allowed::Yes, 6 - attempt), "round {round}");
        }
        assert!(matches!(limiter.take(&ODD, "key").await.allowed, Allowed::RetryAfter(_)));
        clock.advance(Duration::from_micros(1_000_001));
    }
}

#[tokio::test]
async fn a_clock_that_was_put_back_gives_nothing_away() {
    let (limiter, clock) = limiter(10);
    for _ in 0..5 {
        limiter.take(&POLICY, "key").await;
    }
    clock.set(START - Duration::from_hours(1));
    assert!(matches!(limiter.take(&POLICY, "key").await.allowed, Allowed::RetryAfter(_)));
    clock.set(START);
    let verdict = limiter.take(&POLICY, "key").await;
    assert_eq!(verdict.allowed, Allowed::RetryAfter(Duration::from_secs(10)));
}

#[tokio::test]
async fn a_quota_of_none_allows_nothing() {
    let (limiter, _clock) = limiter(10);
    let never = RatePolicy { name: "never", quota: 0, window: Duration::from_secs(1) };
    let verdict = limiter.take(&never, "key").await;
    assert_eq!((verdict.allowed, verdict.remaining), (Allowed::RetryAfter(never.window), 0));
}
