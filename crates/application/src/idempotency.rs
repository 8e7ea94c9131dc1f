//! Requests that may be sent twice (rule R10): one effect and one answer.
//!
//! The answer is kept in the transaction of the effect, sealed, for a day. A refusal has no effect to be kept
//! with and is kept in a transaction of its own, so that sending the request again can't turn a no into a yes.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::idempotency::{IdempotencyKey, IdempotencySlot, KeptAnswer};
use spotter_domain::vault::Vault;

use crate::{Error, Refusal};

/// How long an answer is kept: 24 hours.
pub const KEPT_FOR: Duration = Duration::from_hours(24);

/// A request that its sender may send again.
#[derive(Clone, Debug)]
pub struct IdempotentRequest {
    /// What the sender calls it.
    pub key: IdempotencyKey,
    /// The request itself, method, path and body, to tell it from another one under the same key.
    pub content: Vec<u8>,
}

/// What is kept.
#[derive(Serialize, Deserialize)]
pub(crate) enum Kept<T> {
    /// It was done, with this answer.
    Done(T),
    /// The rules said no.
    Refused(Refusal),
}

impl<T: Serialize + DeserializeOwned> Kept<T> {
    pub(crate) fn seal(
        &self,
        vault: &dyn Vault,
        fingerprint: [u8; 32],
        now: Timestamp,
    ) -> Result<KeptAnswer, Error> {
        let plain = serde_json::to_vec(self).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(KeptAnswer { fingerprint, sealed: vault.seal(&plain), expires_at: now + KEPT_FOR })
    }

    /// Opens a kept answer, if it answered the same request.
    pub(crate) fn open(vault: &dyn Vault, fingerprint: [u8; 32], kept: &KeptAnswer) -> Result<Self, Error> {
        if kept.fingerprint != fingerprint {
            return Err(Error::KeyReused);
        }
        let plain = vault.open(&kept.sealed).map_err(|broken| Error::Internal(broken.to_string()))?;
        serde_json::from_slice(&plain).map_err(|error| Error::Internal(error.to_string()))
    }

    pub(crate) fn into_result(self) -> Result<T, Error> {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Refused(refusal) => Err(Error::Refused(refusal)),
        }
    }
}

/// The slots that this process is working on. Between processes the store's claim says the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashSet<IdempotencySlot>>>);

/// Holds a slot while a request is worked on.
pub(crate) struct InFlightGuard {
    all: InFlight,
    slot: IdempotencySlot,
}

impl InFlight {
    pub(crate) fn enter(&self, slot: &IdempotencySlot) -> Result<InFlightGuard, Error> {
        if self.0.lock().insert(slot.clone()) {
            Ok(InFlightGuard { all: self.clone(), slot: slot.clone() })
        } else {
            Err(Error::KeyInFlight)
        }
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.all.0.lock().remove(&self.slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_held_until_its_guard_is_dropped() {
        let slot = IdempotencySlot { account: None, key: IdempotencyKey::parse("k").unwrap() };
        let all = InFlight::default();
        let guard = all.enter(&slot).unwrap();
        assert!(matches!(all.enter(&slot), Err(Error::KeyInFlight)));
        drop(guard);
        assert!(all.enter(&slot).is_ok());
    }
}
