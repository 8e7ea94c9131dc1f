//! Passwords by Argon2id, off the async threads, and never too many at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use spotter_domain::account::{HasherError, Password, PasswordHash, PasswordHasher};
use tokio::sync::Semaphore;

/// Memory of one hash: 19 MiB, with two passes and one lane: the first choice of OWASP's password storage
/// cheat sheet for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How much hashing may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashingLimits {
    /// How many passwords are hashed at once: each takes a core and 19 MiB.
    pub at_once: usize,
    /// How many may wait for that; more are told to come again.
    pub waiting: usize,
}

impl Default for HashingLimits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { at_once: cores, waiting: 256 }
    }
}

/// Hashes and compares passwords with Argon2id.
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
    present: Arc<AtomicUsize>,
    limits: HashingLimits,
    /// Stands in for the hash of an account that does not exist.
    nobody: String,
}

impl Argon2Hasher {
    /// A hasher within `limits`.
    ///
    /// # Errors
    ///
    /// [`HasherError::Failed`] when a first hash can't be made.
    pub fn new(limits: HashingLimits) -> Result<Self, HasherError> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody: Phc = argon2.hash_password(b"nobody has this password").map_err(failed)?;
        Ok(Self {
            argon2,
            permits: Arc::new(Semaphore::new(limits.at_once.max(1))),
            present: Arc::default(),
            limits,
            nobody: nobody.to_string(),
        })
    }

    /// Runs `work` on a thread that may block, once there is room.
    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(Argon2<'static>) -> Result<T, HasherError> + Send + 'static,
    ) -> Result<T, HasherError> {
        let presence = Presence::enter(&self.present, self.limits.at_once + self.limits.waiting)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(failed)?;
        let argon2 = self.argon2.clone();
        let hashed = tokio::task::spawn_blocking(move || {
            // Held until the hashing ends, also when whoever asked for it has left.
            let _held = (permit, presence);
            work(argon2)
        });
        hashed.await.map_err(failed)?
    }
}

/// One who waits or is served.
struct Presence(Arc<AtomicUsize>);

impl Presence {
    fn enter(present: &Arc<AtomicUsize>, most: usize) -> Result<Self, HasherError> {
        let presence = Self(Arc::clone(present));
        if presence.0.fetch_add(1, Ordering::AcqRel) < most { Ok(presence) } else { Err(HasherError::Busy) }
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn failed(error: impl std::fmt::Display) -> HasherError {
    HasherError::Failed(error.to_string())
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HasherError> {
        let password = password.clone();
        self.off_thread(move |argon2| {
            let hash: Phc = argon2.hash_password(password.expose()).map_err(failed)?;
            Ok(PasswordHash::new(hash.to_string()))
        })
        .await
    }

    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, HasherError> {
        let password = password.clone();
        let exists = hash.is_some();
        let stored = hash.map_or_else(|| self.nobody.clone(), |hash| hash.as_str().to_owned());
        let matches = self
            .off_thread(move |argon2| {
                let phc = Phc::new(&stored).map_err(failed)?;
                match argon2.verify_password(password.expose(), &phc) {
                    Ok(()) => Ok(true),
                    Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                    Err(error) => Err(failed(error)),
                }
            })
            .await?;
        Ok(matches && exists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::presented(text.to_owned())
    }

    #[tokio::test]
    async fn a_full_hasher_says_so_at_once() {
        let hasher = Argon2Hasher::new(HashingLimits { at_once: 1, waiting: 0 }).unwrap();
        let held = Presence::enter(&hasher.present, 1).unwrap();
        assert!(matches!(hasher.hash(&password("correct horse")).await, Err(HasherError::Busy)));
        drop(held);
        assert!(hasher.hash(&password("correct horse")).await.is_ok());
    }

    #[tokio::test]
    async fn hashes_are_argon2id_with_the_recommended_cost() {
        let hasher = Argon2Hasher::new(HashingLimits::default()).unwrap();
        let hash = hasher.hash(&password("correct horse")).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
    }
}
