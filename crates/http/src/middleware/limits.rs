//! How often one caller may use the interface.

use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use spotter_application::Caller;
use spotter_application::sign_in_limits::network_of;
use spotter_domain::rate_limit::{Allowed, RatePolicy, RateVerdict};
use std::net::IpAddr;

use crate::problem::Problem;
use crate::state::HttpState;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What a limiter said to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited {
    policy: RatePolicy,
    verdict: RateVerdict,
}

impl Limited {
    /// Counts a request: of the account that is signed in, or else of its part of the network.
    pub(crate) async fn count(state: &HttpState, caller: Caller, address: Option<IpAddr>) -> Option<Self> {
        let limiter = state.spotter.ports().limiter.as_ref()?;
        let policy = state.settings.request_limits?;
        let key = match caller {
            Caller::Account(account) => format!("account:{account}"),
            Caller::Anonymous => format!("network:{}", address.map_or_else(String::new, network_of)),
        };
        Some(Self { policy, verdict: limiter.take(&policy, &key).await })
    }

    /// The no, if it was one.
    pub(crate) fn refusal(&self) -> Option<Problem> {
        match self.verdict.allowed {
            Allowed::Yes => None,
            Allowed::RetryAfter(wait) => Some(Problem::too_many("rate_limited", wait)),
        }
    }

    /// Tells what is left (draft-ietf-httpapi-ratelimit-headers-10).
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let RatePolicy { name, quota, window } = self.policy;
        let (left, reset) = (self.verdict.remaining, seconds(self.verdict.reset_after));
        let limit = format!("\"{name}\";r={left};t={reset}");
        let policy = format!("\"{name}\";q={quota};w={}", seconds(window));
        for (header, value) in [(RATE_LIMIT, limit), (RATE_LIMIT_POLICY, policy)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(header, value);
            }
        }
    }
}

fn seconds(duration: Duration) -> u128 {
    duration.as_millis().div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_in_structured_fields() {
        let policy = RatePolicy { name: "default", quota: 600, window: Duration::from_mins(1) };
        let verdict = RateVerdict {
            allowed: Allowed::RetryAfter(Duration::from_millis(100)),
            remaining: 0,
            reset_after: Duration::from_millis(59_001),
        };
        let limited = Limited { policy, verdict };
        let mut headers = HeaderMap::new();
        limited.tell(&mut headers);
        assert_eq!(headers.get(RATE_LIMIT).unwrap(), "\"default\";r=0;t=60");
        assert_eq!(headers.get(RATE_LIMIT_POLICY).unwrap(), "\"default\";q=600;w=60");
        assert_eq!(limited.refusal().unwrap().code, "rate_limited");
    }
}
