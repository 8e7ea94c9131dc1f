//! Deleting what has expired: kept answers, refresh tokens, and the names of notifications.

use std::time::Duration;

use spotter_domain::StoreError;

use crate::Spotter;

/// How many rows one transaction deletes at most.
const BATCH: u16 = 500;

/// How long the name of a notification is known: longer than its sender tries to deliver it, and much longer
/// than its signature is good for.
const NOTIFICATIONS_KEPT_FOR: Duration = Duration::from_hours(7 * 24);

/// What one round of housekeeping deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Kept answers.
    pub answers: u64,
    /// Refresh tokens.
    pub refresh_tokens: u64,
    /// Names of notifications.
    pub notifications: u64,
}

impl Spotter {
    /// Deletes what has expired, in short transactions. Can be stopped between any two, and run twice.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was deleted until then stays deleted.
    pub async fn sweep(&self) -> Result<Swept, StoreError> {
        let mut swept = Swept::default();
        loop {
            let now = self.ports.clock.now();
            let mut unit = self.ports.store.begin().await?;
            let answers = unit.idempotency().purge(now, BATCH).await?;
            let refresh_tokens = unit.refresh_tokens().purge(now, BATCH).await?;
            let old = now - NOTIFICATIONS_KEPT_FOR;
            let notifications = unit.wearables().purge_notifications(old, BATCH).await?;
            unit.commit().await?;
            swept.answers += answers;
            swept.refresh_tokens += refresh_tokens;
            swept.notifications += notifications;
            if answers.max(refresh_tokens).max(notifications) < u64::from(BATCH) {
                return Ok(swept);
            }
        }
    }
}
