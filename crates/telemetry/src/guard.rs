//! The end of telemetry: what waits is sent, for a bounded time.

use std::time::Duration;

use crate::otlp::Export;

/// How long the last spans may take. Shorter than any orchestrator waits between asking and killing.
const FLUSH_BOUND: Duration = Duration::from_secs(5);

/// Keeps telemetry going. Dropped at the end of `main`, it sends the spans that still wait and stops.
///
/// Dropping blocks the thread for five seconds at most, when the collector does not answer. It is safe inside
/// and outside of an async runtime.
#[derive(Debug)]
#[must_use = "telemetry stops when its guard is dropped"]
pub struct Guard {
    export: Option<Export>,
}

impl Guard {
    pub(crate) fn new(export: Option<Export>) -> Self {
        Self { export }
    }

    /// Whether traces leave this process.
    #[must_use]
    pub fn is_tracing(&self) -> bool {
        self.export.is_some()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some(Export { provider, runtime }) = self.export.take() else { return };
        if provider.shutdown_with_timeout(FLUSH_BOUND).is_err() {
            tracing::warn!("the last traces did not reach the collector");
        }
        // A plain drop would wait for a hanging request, and must not happen inside another runtime at all.
        runtime.shutdown_background();
    }
}
