//! The memory adapter does what every adapter has to do.

use std::sync::Arc;

use spotter_memory::{MemoryRateLimiter, MemoryStore};
use spotter_testkit::clock::ManualClock;
use spotter_testkit::conformance::{RateLimiterSubject, Subject};

async fn store() -> Subject {
    Subject::of(MemoryStore::new(), ())
}

async fn limiter() -> RateLimiterSubject {
    let clock = ManualClock::new();
    RateLimiterSubject { limiter: Arc::new(MemoryRateLimiter::new(Arc::new(clock.clone()))), clock }
}

spotter_testkit::store_conformance!(store);
spotter_testkit::rate_limiter_conformance!(limiter);
