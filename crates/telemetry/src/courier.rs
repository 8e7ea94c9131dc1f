//! Carries batches of spans to the collector: redacted, inside the right runtime, and complaining only once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::{KeyValue, Value};
use opentelemetry_otlp::SpanExporter as OtlpExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Handle;

use crate::redaction::{REDACTED, is_sensitive};

/// An exporter around the OTLP one.
///
/// The batch processor drives exports from a plain thread, where the network clients find no runtime; so each
/// export is handed to ours.
#[derive(Debug)]
pub(crate) struct Courier {
    exporter: Arc<OtlpExporter>,
    runtime: Handle,
    delivering: AtomicBool,
}

impl Courier {
    pub(crate) fn new(exporter: Arc<OtlpExporter>, runtime: Handle) -> Self {
        Self { exporter, runtime, delivering: AtomicBool::new(true) }
    }

    /// One line when deliveries begin to fail and one when they succeed again, not one for each batch.
    fn tell(&self, outcome: &OTelSdkResult) {
        let before = self.delivering.swap(outcome.is_ok(), Ordering::Relaxed);
        match outcome {
            Ok(()) if !before => tracing::info!("traces reach the collector again"),
            // The library keeps answers of the collector and addresses out of this message.
            Err(error) if before => tracing::warn!(%error, "traces don't reach the collector; work goes on"),
            Ok(()) | Err(_) => {}
        }
    }
}

impl SpanExporter for Courier {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        redact(&mut batch);
        let exporter = Arc::clone(&self.exporter);
        let outcome = self
            .runtime
            .spawn(async move { exporter.export(batch).await })
            .await
            .unwrap_or_else(|error| Err(OTelSdkError::InternalFailure(error.to_string())));
        self.tell(&outcome);
        outcome
    }

    fn set_resource(&mut self, resource: &Resource) {
        // Called while the provider is built, when nobody else holds the exporter yet.
        if let Some(exporter) = Arc::get_mut(&mut self.exporter) {
            exporter.set_resource(resource);
        }
    }
}

fn redact(batch: &mut [SpanData]) {
    for span in batch {
        span.attributes.iter_mut().for_each(redact_attribute);
        for event in &mut span.events.events {
            event.attributes.iter_mut().for_each(redact_attribute);
        }
    }
}

fn redact_attribute(attribute: &mut KeyValue) {
    if is_sensitive(attribute.key.as_str()) {
        attribute.value = Value::from(REDACTED);
    }
}
