//! Logs to standard error and traces over OTLP: what an operator sees of a running Spotter.
//!
//! [`init`] is called once, by the composition root, before anything else speaks. The rest of the house only
//! knows `tracing`: it opens spans and emits events, and what becomes of them is decided here.
//!
//! - Logs are lines of text on a terminal and JSON elsewhere; `RUST_LOG` narrows or widens them.
//! - Traces leave when the standard `OTEL_*` variables name a collector. They travel in batches from a thread
//!   and a runtime of their own, so a slow or absent collector costs a request nothing.
//! - A field whose name says that it is a secret or an address of a person leaves this crate redacted, in
//!   logs as in traces. See [`redaction`].
//!
//! Absent on purpose: a metrics endpoint, and any knowledge of HTTP. Whoever receives a request asks the
//! global propagator for its parent (`traceparent`), which [`init`] has set.

mod courier;
mod error;
mod fields;
mod filter;
mod guard;
mod json;
mod log_format;
mod otlp;
pub mod redaction;
mod settings;
mod text;

pub use error::Error;
pub use guard::Guard;
pub use log_format::{LogFormat, UnknownLogFormat};

use opentelemetry::global;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging, and tracing if the environment names a collector, for the whole process.
///
/// Keep the [`Guard`] until the very end: dropping it sends what is still waiting, for a bounded time.
///
/// # Errors
///
/// When `RUST_LOG` or an `OTEL_*` variable can't be understood, or when the process already has a subscriber.
pub fn init(format: LogFormat) -> Result<Guard, Error> {
    let lookup = |name: &str| std::env::var(name).ok();
    let log_filter = filter::logs(lookup("RUST_LOG").as_deref())?;
    let export = match settings::Settings::read(lookup)? {
        Some(settings) => Some(otlp::start(&settings)?),
        None => None,
    };

    global::set_text_map_propagator(TraceContextPropagator::new());
    let traces = export.as_ref().map(|export| otlp::layer(&export.provider).with_filter(filter::traces()));
    let logs = match format.resolve() {
        log_format::Resolved::Json => json::JsonLayer::new(std::io::stderr).boxed(),
        log_format::Resolved::Text(colour) => text::layer(std::io::stderr, colour).boxed(),
    };
    tracing_subscriber::registry().with(traces).with(logs.with_filter(log_filter)).try_init()?;
    Ok(Guard::new(export))
}
