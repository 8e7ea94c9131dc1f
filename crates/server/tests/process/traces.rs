//! A request of the whole program, seen from the collector that its spans are sent to.

use std::time::Duration;

use spotter_testkit::collector::{Collected, GrpcCollector};
use spotter_testkit::database::TestDatabase;

use crate::support::{Serve, until};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_span_of_its_callers_trace() {
    let collector = GrpcCollector::start().await;
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url())
        .set("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .set("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
        .set("RUST_LOG", "info")
        .start()
        .await;
    let answer = reqwest::Client::new()
        .get(format!("http://{}/api/v1/clubs", node.address()))
        .header("traceparent", format!("00-{TRACE}-{PARENT}-01"))
        .send()
        .await
        .unwrap();
    let answered = answer.headers()["traceparent"].to_str().unwrap().to_owned();
    assert_eq!(answer.status().as_u16(), 200);

    let name = "HTTP GET /api/v1/clubs";
    let collected = until("the span arrives", Duration::from_secs(30), || {
        let collected = collector.collected();
        let there = collected.spans.iter().any(|span| span.name == name);
        std::future::ready(there.then_some(collected))
    })
    .await;
    let span = collected.span(name);
    assert_eq!((hex(&span.trace_id), hex(&span.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    assert_eq!(answered, format!("00-{TRACE}-{}-01", hex(&span.span_id)), "the caller is told the span");
    assert_eq!(Collected::attribute(span, "route").as_deref(), Some("/api/v1/clubs"));
    assert!(Collected::attribute(span, "request_id").is_some());
    assert_eq!(collected.resource("service.name").as_deref(), Some("spotter"));
    node.terminate().await;
}
