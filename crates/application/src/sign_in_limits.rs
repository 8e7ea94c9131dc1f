//! How often somebody may try to sign in: limited by account and by address. Only failures count.

use std::net::IpAddr;
use std::time::Duration;

use spotter_domain::rate_limit::{Allowed, RatePolicy};

use crate::{Error, Spotter};

/// Failed attempts on one account, whoever makes them.
pub const BY_ACCOUNT: RatePolicy =
    RatePolicy { name: "sign-in-account", quota: 10, window: Duration::from_mins(15) };

/// Failed attempts from one address, on whichever accounts.
pub const BY_ADDRESS: RatePolicy =
    RatePolicy { name: "sign-in-address", quota: 100, window: Duration::from_mins(15) };

/// An attempt that was counted, to be taken back if it succeeds.
pub(crate) struct Attempt {
    account: String,
    address: Option<String>,
}

impl Spotter {
    /// Counts an attempt upon an address as it was typed, whether or not it can be one, before any work is
    /// done for it.
    pub(crate) async fn count_sign_in(&self, email: &str, from: Option<IpAddr>) -> Result<Attempt, Error> {
        // The address is kept as a fingerprint: a limiter may be shared, and must not collect addresses.
        let account = hex(&self.ports.vault.fingerprint(email.trim().to_lowercase().as_bytes()));
        let attempt = Attempt { account, address: from.map(network_of) };
        let Some(limiter) = &self.ports.limiter else { return Ok(attempt) };
        if let Allowed::RetryAfter(retry_after) = limiter.take(&BY_ACCOUNT, &attempt.account).await.allowed {
            return Err(Error::TooMany { retry_after });
        }
        if let Some(address) = &attempt.address
            && let Allowed::RetryAfter(retry_after) = limiter.take(&BY_ADDRESS, address).await.allowed
        {
            limiter.give_back(&BY_ACCOUNT, &attempt.account).await;
            return Err(Error::TooMany { retry_after });
        }
        Ok(attempt)
    }

    /// Takes an attempt back that succeeded.
    pub(crate) async fn forgive_sign_in(&self, attempt: &Attempt) {
        let Some(limiter) = &self.ports.limiter else { return };
        limiter.give_back(&BY_ACCOUNT, &attempt.account).await;
        if let Some(address) = &attempt.address {
            limiter.give_back(&BY_ADDRESS, address).await;
        }
    }
}

/// One caller's part of the network: an IPv4 address, or the /64 that one household gets of IPv6.
#[must_use]
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_is_limited_by_household() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
