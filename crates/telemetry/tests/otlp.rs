//! Over the wire: what a collector receives from a process that did nothing but use `tracing`.
//!
//! Telemetry is global and configured by the environment, so the emitting side runs as a process of its own:
//! this very test binary, started again with a role.

#[expect(clippy::unwrap_used, reason = "a broken helper should stop its test at once")]
mod support;

use std::fmt::Write;
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::trace::v1::Span;
use spotter_testkit::collector::{Collected, GrpcCollector};
use support::emitter::{Role, emit_as};
use support::http::HttpCollector;

/// Not a test of its own: the body of the emitting process. Without a role it has nothing to do.
#[test]
fn emitter() {
    support::emitter::run();
}

fn is_child_of(child: &Span, parent: &Span) -> bool {
    child.parent_span_id == parent.span_id && child.trace_id == parent.trace_id
}

/// What both protocols have to deliver.
fn assert_nested_spans(collected: &Collected) {
    let request = collected.span("request");
    let register = collected.span("register");
    let background = collected.span("background");
    assert!(request.parent_span_id.is_empty(), "a request without a caller starts a trace");
    assert!(is_child_of(register, request));
    assert!(background.parent_span_id.is_empty());
    assert_ne!(background.trace_id, request.trace_id);
    assert_eq!(request.trace_id.len(), 16);
    assert_eq!(Collected::attribute(request, "request_id").as_deref(), Some("r-1"));
    assert_eq!(Collected::attribute(request, "user.email").as_deref(), Some("[redacted]"));
    assert!(register.events.iter().any(|event| event.name == "a place was taken"));
    assert_eq!(collected.spans.len(), 3, "nothing but the program's own spans");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grpc_collector_receives_nested_spans() {
    let collector = GrpcCollector::start().await;
    let emitted = emit_as(
        Role::Nested,
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=north"),
        ],
    )
    .await;
    assert!(emitted.success, "{}", emitted.stderr);

    let collected = collector.collected();
    assert_nested_spans(&collected);
    assert_eq!(collected.resource("service.name").as_deref(), Some("spotter"));
    assert!(collected.resource("service.version").is_some());
    assert_eq!(collected.header("x-tenant").as_deref(), Some("north"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http_collector_receives_nested_spans() {
    let collector = HttpCollector::start().await;
    let emitted = emit_as(
        Role::Nested,
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=south"),
            ("OTEL_SERVICE_NAME", "spotter-south"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
        ],
    )
    .await;
    assert!(emitted.success, "{}", emitted.stderr);

    let collected = collector.collected();
    assert_nested_spans(&collected);
    assert_eq!(collected.resource("service.name").as_deref(), Some("spotter-south"));
    assert_eq!(collected.resource("deployment.environment.name").as_deref(), Some("test"));
    assert_eq!(collected.header("x-tenant").as_deref(), Some("south"));
    assert_eq!(collected.header(":path").as_deref(), Some("/v1/traces"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_traceparent_is_honoured() {
    let collector = GrpcCollector::start().await;
    let emitted = emit_as(
        Role::RemoteParent,
        &[
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", &collector.endpoint()),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc"),
            ("SPOTTER_TEST_TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ],
    )
    .await;
    assert!(emitted.success, "{}", emitted.stderr);

    let collected = collector.collected();
    let request = collected.span("request");
    assert_eq!(hex(&request.trace_id), "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(hex(&request.parent_span_id), "b7ad6b7169203331");
    // The log line names the same trace, so that one leads to the other.
    let line = emitted.line("handled");
    assert_eq!(line["trace_id"], "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(line["span_id"], hex(&request.span_id));
    assert_eq!(line["request_id"], "r-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_does_not_sample_is_obeyed() {
    let collector = GrpcCollector::start().await;
    let emitted = emit_as(
        Role::RemoteParent,
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("SPOTTER_TEST_TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"),
        ],
    )
    .await;
    assert!(emitted.success, "{}", emitted.stderr);
    assert!(collector.collected().spans.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absent_collector_slows_nothing_and_holds_nothing_up() {
    // Bound but never accepted from: connections are taken by the kernel and never answered.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let began = Instant::now();
    let flood = |protocol| {
        let variables =
            [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.clone()), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)];
        async move { emit_as(Role::Flood, &variables.each_ref().map(|(name, value)| (*name, &**value))).await }
    };
    let (over_grpc, over_http) = tokio::join!(flood("grpc".to_owned()), flood("http/protobuf".to_owned()));
    assert!(began.elapsed() < Duration::from_secs(15), "took {:?}", began.elapsed());
    for emitted in [over_grpc, over_http] {
        assert!(emitted.success, "{}", emitted.stderr);
        // The emitter measures its own spans: far more than the queue holds, in far less than a time-out.
        let line = emitted.line("flooded");
        assert!(line["milliseconds"].as_u64().unwrap() < 2_000, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_when_telemetry_is_turned_off() {
    let collector = GrpcCollector::start().await;
    let emitted = emit_as(
        Role::Nested,
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_SDK_DISABLED", "true"),
        ],
    )
    .await;
    assert!(emitted.success, "{}", emitted.stderr);
    assert!(collector.collected().spans.is_empty());
    // Logs go on, redacted all the same.
    let line = emitted.line("a place was taken");
    assert_eq!(line["request_id"], "r-1");
    assert_eq!(line["user.email"], "[redacted]");
    assert!(line.get("trace_id").is_none());
    assert!(!emitted.stderr.contains("ada@example.org"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_an_error_that_does_not_repeat_it() {
    let emitted = emit_as(
        Role::Nested,
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hunter2@not an address"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ],
    )
    .await;
    assert!(!emitted.success);
    assert!(emitted.stderr.contains("OTEL_EXPORTER_OTLP_ENDPOINT"), "{}", emitted.stderr);
    assert!(!emitted.stderr.contains("hunter2"), "{}", emitted.stderr);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}
