//! W3C trace context: read from the request, carried by the span, told in the answer.

use actix_web::http::header::HeaderMap;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use spotter_domain::IdGenerator;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The names of one request and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    pub(crate) request_id: String,
    pub(crate) trace: TraceParent,
}

/// A `traceparent` of version 00 (W3C Trace Context, section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TraceParent {
    trace: TraceId,
    span: SpanId,
    flags: TraceFlags,
}

impl TraceParent {
    /// Reads the header. A later version is read as far as this one goes; what can't be read is no trace.
    fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split('-');
        let version = hex(parts.next()?, 2)?;
        let trace = hex(parts.next()?, 32)?;
        let span = hex(parts.next()?, 16)?;
        let flags = hex(parts.next()?, 2)?;
        let well_formed = version != 0xff && (version != 0 || parts.next().is_none());
        if !well_formed || trace == 0 || span == 0 {
            return None;
        }
        let span = u64::try_from(span).ok()?;
        let sampled = TraceFlags::default().with_sampled(flags & 1 == 1);
        Some(Self { trace: TraceId::from(trace), span: SpanId::from(span), flags: sampled })
    }

    /// The trace that a request asks to be part of.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all("traceparent");
        let value = values.next()?;
        if values.next().is_some() { None } else { Self::parse(value.to_str().ok()?) }
    }

    /// Makes `span` part of the trace that came in and answers with its own place in it. Where nobody
    /// collects spans, the place is made up: the same trace, or a new one.
    pub(crate) fn enter(span: &tracing::Span, incoming: Option<Self>, ids: &dyn IdGenerator) -> Self {
        if let Some(parent) = incoming {
            let remote = SpanContext::new(parent.trace, parent.span, parent.flags, true, TraceState::NONE);
            let _without_collector =
                span.set_parent(opentelemetry::Context::new().with_remote_span_context(remote));
        }
        let context = span.context();
        let collected = context.span().span_context().clone();
        if collected.is_valid() {
            let flags = collected.trace_flags();
            return Self { trace: collected.trace_id(), span: collected.span_id(), flags };
        }
        let fresh = || ids.next().as_u128().max(1);
        let trace = incoming.map_or_else(|| TraceId::from(fresh()), |parent| parent.trace);
        // The second half of an identifier is the random one.
        let (_, random) = ids.next().as_u64_pair();
        let flags = incoming.map_or(TraceFlags::default(), |parent| parent.flags);
        Self { trace, span: SpanId::from(random.max(1)), flags }
    }

    /// The name of the trace alone.
    pub(crate) fn trace_id(&self) -> String {
        self.trace.to_string()
    }
}

impl std::fmt::Display for TraceParent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace, self.span, self.flags)
    }
}

fn hex(digits: &str, length: usize) -> Option<u128> {
    let lower_case = digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if digits.len() == length && lower_case { u128::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_traceparent_is_told_as_it_was_read() {
        assert_eq!(TraceParent::parse(GOOD).unwrap().to_string(), GOOD);
        let later = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings";
        assert_eq!(TraceParent::parse(later).unwrap().to_string(), GOOD);
    }

    #[test]
    fn what_is_no_traceparent_is_ignored() {
        for bad in [
            "",
            "00",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(TraceParent::parse(bad), None, "{bad}");
        }
    }
}
