//! One flat JSON object a line: the event's fields, then those of the spans around it, the nearest first.

use std::io::Write;

use opentelemetry::trace::TraceContextExt;
use serde_json::Value;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber, dispatcher};
use tracing_opentelemetry::get_otel_context;
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::fields::Fields;

/// Writes events as JSON lines.
///
/// Flat, because that is what log stores index without being told: `request_id` is found by that name, not as
/// the field of the third element of a list of spans. Where names meet, the nearest one wins.
pub(crate) struct JsonLayer<W> {
    writer: W,
}

impl<W> JsonLayer<W> {
    pub(crate) fn new(writer: W) -> Self {
        Self { writer }
    }
}

impl<S, W> Layer<S> for JsonLayer<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        let mut line = Line::new();
        line.put("timestamp", &Value::from(now()));
        line.put("level", &Value::from(metadata.level().as_str()));
        line.put("target", &Value::from(metadata.target()));

        let mut fields = Fields::default();
        event.record(&mut fields);
        for (name, value) in fields.iter() {
            line.put(name, value);
        }
        if let Some(nearest) = context.event_span(event) {
            line.put("span", &Value::from(nearest.name()));
            for span in nearest.scope() {
                if let Some(fields) = span.extensions().get::<Fields>() {
                    for (name, value) in fields.iter() {
                        line.put(name, value);
                    }
                }
            }
            // Last, so that no lock on a span is held, and so that a recorded trace_id wins.
            line.put_trace(&nearest.id());
        }
        // Nobody is left to be told that a log line could not be written.
        let _ = self.writer.make_writer_for(metadata).write_all(line.finish().as_bytes());
    }
}

/// The time as the standard formatter writes it; empty when it can't.
fn now() -> String {
    let mut text = String::new();
    if SystemTime.format_time(&mut Writer::new(&mut text)).is_err() {
        text.clear();
    }
    text
}

/// A JSON object under construction, in which the first of several equal names stays.
struct Line {
    text: String,
    names: Vec<&'static str>,
}

impl Line {
    fn new() -> Self {
        Self { text: String::from("{"), names: Vec::with_capacity(16) }
    }

    fn put(&mut self, name: &'static str, value: &Value) {
        if self.names.contains(&name) {
            return;
        }
        if !self.names.is_empty() {
            self.text.push(',');
        }
        self.names.push(name);
        self.text.push_str(&Value::from(name).to_string());
        self.text.push(':');
        self.text.push_str(&value.to_string());
    }

    /// The identifiers under which a trace store knows the span, if spans are being traced.
    fn put_trace(&mut self, span: &Id) {
        let Some(context) = dispatcher::get_default(|dispatch| get_otel_context(span, dispatch)) else {
            return;
        };
        let traced = context.span().span_context().clone();
        if traced.is_valid() {
            self.put("trace_id", &Value::from(traced.trace_id().to_string()));
            self.put("span_id", &Value::from(traced.span_id().to_string()));
        }
    }

    fn finish(mut self) -> String {
        self.text.push_str("}\n");
        self.text
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parking_lot::Mutex;
    use tracing::{info, info_span};
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn lines(speak: impl FnOnce()) -> Vec<Value> {
        let buffer = Buffer::default();
        let writer = buffer.clone();
        let subscriber = tracing_subscriber::registry().with(JsonLayer::new(move || writer.clone()));
        tracing::subscriber::with_default(subscriber, speak);
        let bytes = buffer.0.lock().clone();
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_shows_the_fields_of_the_event_and_of_every_span_around_it() {
        let lines = lines(|| {
            let request = info_span!("request", request_id = "r-1", status = tracing::field::Empty).entered();
            let _inner = info_span!("register", club = "c-1").entered();
            request.record("status", 201);
            info!(places = 3, "a \"place\"\nwas taken");
        });
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!(line["message"], "a \"place\"\nwas taken");
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["places"], 3);
        assert_eq!(line["request_id"], "r-1");
        assert_eq!(line["status"], 201);
        assert_eq!(line["club"], "c-1");
        assert_eq!(line["span"], "register");
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    }

    #[test]
    fn the_nearest_of_equal_names_wins_and_stands_once() {
        let lines = lines(|| {
            let _outer = info_span!("outer", attempt = 1).entered();
            let _inner = info_span!("inner", attempt = 2).entered();
            info!(attempt = 3, "again");
            info!("once more");
        });
        assert_eq!(lines[0]["attempt"], 3);
        assert_eq!(lines[1]["attempt"], 2);
    }

    #[test]
    fn secrets_and_addresses_are_redacted_wherever_they_are_recorded() {
        let lines = lines(|| {
            let span = info_span!("sign_in", user_email = "ada@example.org", token = tracing::field::Empty);
            let _entered = span.enter();
            span.record("token", "v4.public.abc");
            info!(password = ?"correct horse", "signed in");
        });
        assert_eq!(lines[0]["user_email"], "[redacted]");
        assert_eq!(lines[0]["token"], "[redacted]");
        assert_eq!(lines[0]["password"], "[redacted]");
    }
}
