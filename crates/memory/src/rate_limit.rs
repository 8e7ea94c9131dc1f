//! Rate limiting on a single node: one token bucket a policy and key.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use spotter_domain::rate_limit::{Allowed, RateLimiter, RatePolicy, RateVerdict};
use spotter_domain::{Clock, Timestamp};

/// Counts attempts in memory, for at most a fixed number of keys.
///
/// A bucket that is full again says nothing and is dropped when room is needed. When even that leaves no
/// room, somebody is inventing keys: those closest to being full are forgotten first.
pub struct MemoryRateLimiter {
    clock: Arc<dyn Clock>,
    max_keys: usize,
    buckets: Mutex<Buckets>,
}

type Buckets = HashMap<&'static str, HashMap<String, Bucket>>;

impl std::fmt::Debug for MemoryRateLimiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryRateLimiter").field("max_keys", &self.max_keys).finish_non_exhaustive()
    }
}

impl MemoryRateLimiter {
    /// The keys that are remembered unless told otherwise.
    pub const MAX_KEYS: usize = 100_000;

    /// A limiter that remembers up to [`MemoryRateLimiter::MAX_KEYS`] keys.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_max_keys(clock, Self::MAX_KEYS)
    }

    /// A limiter that remembers up to `max_keys` keys, at least one.
    #[must_use]
    pub fn with_max_keys(clock: Arc<dyn Clock>, max_keys: usize) -> Self {
        Self { clock, max_keys: max_keys.max(1), buckets: Mutex::default() }
    }

    /// How many keys are remembered.
    #[must_use]
    pub fn keys(&self) -> usize {
        count(&self.buckets.lock())
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn take(&self, policy: &RatePolicy, key: &str) -> RateVerdict {
        let now = self.clock.now();
        let mut buckets = self.buckets.lock();
        if let Some(bucket) = buckets.get_mut(policy.name).and_then(|keys| keys.get_mut(key)) {
            return bucket.take(policy, now);
        }
        if count(&buckets) >= self.max_keys {
            make_room(&mut buckets, self.max_keys, now);
        }
        let mut bucket = Bucket::full(policy, now);
        let verdict = bucket.take(policy, now);
        buckets.entry(policy.name).or_default().insert(key.to_owned(), bucket);
        verdict
    }

    async fn give_back(&self, policy: &RatePolicy, key: &str) {
        let now = self.clock.now();
        if let Some(bucket) = self.buckets.lock().get_mut(policy.name).and_then(|keys| keys.get_mut(key)) {
            bucket.refill(policy, now);
            bucket.used = bucket.used.saturating_sub(policy.window.as_nanos());
        }
    }
}

/// What is used up of one quota. It is counted in nanoseconds times the quota, so that an attempt costs the
/// window's nanoseconds and each nanosecond gives the quota back: whole numbers, whatever the policy.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    used: u128,
    quota: u32,
    at: Timestamp,
}

impl Bucket {
    fn full(policy: &RatePolicy, now: Timestamp) -> Self {
        Self { used: 0, quota: policy.quota, at: now }
    }

    fn refill(&mut self, policy: &RatePolicy, now: Timestamp) {
        self.used = self.used_at(now);
        // A clock that was put back must not make the same time count twice.
        self.at = self.at.max(now);
        self.quota = policy.quota;
    }

    fn used_at(&self, now: Timestamp) -> u128 {
        let elapsed = u128::try_from(now.duration_since(self.at).as_nanos()).unwrap_or(0);
        self.used.saturating_sub(elapsed * u128::from(self.quota))
    }

    fn take(&mut self, policy: &RatePolicy, now: Timestamp) -> RateVerdict {
        self.refill(policy, now);
        let (quota, cost) = (u128::from(policy.quota), policy.window.as_nanos());
        let depth = cost * quota;
        let excess = (self.used + cost).saturating_sub(depth);
        let allowed = if quota == 0 {
            Allowed::RetryAfter(policy.window)
        } else if excess > 0 {
            Allowed::RetryAfter(nanos(excess.div_ceil(quota)))
        } else {
            self.used += cost;
            Allowed::Yes
        };
        let left = depth.saturating_sub(self.used).checked_div(cost).unwrap_or(quota);
        RateVerdict {
            allowed,
            remaining: u32::try_from(left).unwrap_or(u32::MAX),
            reset_after: nanos(self.used.div_ceil(quota.max(1))),
        }
    }
}

fn nanos(nanos: u128) -> Duration {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

fn count(buckets: &Buckets) -> usize {
    buckets.values().map(HashMap::len).sum()
}

/// Drops the full buckets, and of the others those closest to being full, until at least half the room is free
/// and the next sweep far away.
fn make_room(buckets: &mut Buckets, max_keys: usize, now: Timestamp) {
    let full_in = |bucket: &Bucket| bucket.used_at(now) / u128::from(bucket.quota.max(1));
    let mut waits: Vec<_> = buckets.values().flat_map(HashMap::values).map(full_in).collect();
    waits.sort_unstable_by(|a, b| b.cmp(a));
    let Some(shortest) = waits.get(max_keys / 2).copied() else { return };
    for keys in buckets.values_mut() {
        keys.retain(|_, bucket| full_in(bucket) > shortest);
    }
}
