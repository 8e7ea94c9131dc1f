//! Lines for a person: the usual layout, with sensitive fields redacted.

use std::fmt;

use tracing::Subscriber;
use tracing::field::Field;
use tracing_subscriber::Layer;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::{Writer, debug_fn};
use tracing_subscriber::registry::LookupSpan;

use crate::log_format::Colour;
use crate::redaction::{REDACTED, is_sensitive};

/// The layer that writes text.
pub(crate) fn layer<S, W>(writer: W, colour: Colour) -> impl Layer<S> + Send + Sync
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::fmt::layer()
        .fmt_fields(debug_fn(write_field).delimited(" "))
        .with_ansi(colour == Colour::On)
        .with_writer(writer)
}

fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    match field.name() {
        "message" => write!(writer, "{value:?}"),
        name if is_sensitive(name) => write!(writer, "{name}={REDACTED}"),
        name => write!(writer, "{name}={value:?}"),
    }
}
