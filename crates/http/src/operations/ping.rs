//! Asking the database for a sign of life, and not waiting long for it.

use std::time::Duration;

use spotter_domain::StoreError;

use crate::call::Call;

/// How long the database may take: shorter than what usual health checks wait.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn ping(call: &Call) -> Result<Duration, StoreError> {
    let answer = tokio::time::timeout(PATIENCE, call.state.monitor.ping()).await;
    answer.unwrap_or_else(|_| Err(StoreError::Timeout(format!("no sign of life within {PATIENCE:?}"))))
}
