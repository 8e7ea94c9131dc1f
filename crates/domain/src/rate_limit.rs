//! The rate limiter port.

use std::time::Duration;

use async_trait::async_trait;

/// How often something may be done: `quota` times in any `window`, evenly refilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatePolicy {
    /// The policy's name, as it stands in the `RateLimit-Policy` header.
    pub name: &'static str,
    /// How many times, at most, and how many at once.
    pub quota: u32,
    /// In what time a used-up quota refills.
    pub window: Duration,
}

/// What a limiter says to one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateVerdict {
    /// Whether the attempt may go on.
    pub allowed: Allowed,
    /// How many more may follow at once.
    pub remaining: u32,
    /// How long until the quota is full again.
    pub reset_after: Duration,
}

/// Whether an attempt may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Yes,
    /// It may not before this much time has passed.
    RetryAfter(Duration),
}

/// Counts attempts by key.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one attempt of `key` under `policy`. A refused attempt counts for nothing.
    async fn take(&self, policy: &RatePolicy, key: &str) -> RateVerdict;
    /// Takes one counted attempt back, for something that turned out not to matter.
    async fn give_back(&self, policy: &RatePolicy, key: &str);
}
