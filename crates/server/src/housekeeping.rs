//! The loop around housekeeping.

use std::time::Duration;

use spotter_application::Spotter;
use spotter_application::housekeeping::Swept;
use tokio_util::sync::CancellationToken;

/// How long it rests between two rounds.
const REST: Duration = Duration::from_mins(10);

/// Sweeps now and then until it is told to stop. Any number of nodes may do so at once.
pub async fn run(spotter: Spotter, stop: CancellationToken) {
    loop {
        let round = tokio::select! {
            () = stop.cancelled() => return,
            round = spotter.sweep() => round,
        };
        match round {
            Ok(Swept { answers, refresh_tokens, notifications })
                if answers + refresh_tokens + notifications > 0 =>
            {
                tracing::info!(answers, refresh_tokens, notifications, "swept");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "housekeeping failed; it will be tried again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(REST) => {}
        }
    }
}
