//! `X-Request-Id` and `traceparent`: the caller's own names are taken over if they are any good.

use reqwest::Method;
use reqwest::header::HeaderValue;

use crate::support::{Answer, TestApp, raw};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

async fn with(app: &TestApp, header: &'static str, value: &[u8]) -> Answer {
    let value = HeaderValue::from_bytes(value).unwrap();
    Answer::of(app.request(Method::GET, "/api/v1/clubs").header(header, value)).await
}

#[tokio::test]
async fn a_request_id_comes_back() {
    let app = TestApp::memory().await;
    let longest = "x".repeat(128);
    for id in ["1", "abc-123", "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10", "{\"a\":1}", &longest] {
        assert_eq!(with(&app, "x-request-id", id.as_bytes()).await.header("x-request-id"), id);
    }
    let request = app.request(Method::GET, "/nowhere").header("x-request-id", "mine");
    assert_eq!(Answer::of(request).await.expect(404).header("x-request-id"), "mine");
}

#[tokio::test]
async fn a_request_id_that_fits_no_log_is_replaced() {
    let app = TestApp::memory().await;
    let long = vec![b'x'; 129];
    let mut seen = std::collections::BTreeSet::new();
    for bad in [&b""[..], b"two words", b"tab\there", b"caf\xc3\xa9", b"\xff", &long] {
        let answer = with(&app, "x-request-id", bad).await.expect(200);
        let id = answer.header("x-request-id");
        assert_eq!((id.len(), id.matches('-').count()), (36, 4), "{bad:?}: {id}");
        assert!(seen.insert(id.to_owned()));
    }
}

#[tokio::test]
async fn a_request_id_can_not_smuggle_a_header() {
    let app = TestApp::memory().await;
    let request =
        "GET /health/live HTTP/1.1\r\nHost: s\r\nConnection: close\r\nX-Request-Id: a\rSet-Cookie: b\r\n\r\n";
    let answer = raw::send(&app, request).await;
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn a_trace_is_continued_under_a_span_of_our_own() {
    let app = TestApp::memory().await;
    for flags in ["00", "01"] {
        let answer = with(&app, "traceparent", format!("00-{TRACE}-{SPAN}-{flags}").as_bytes()).await;
        let told: Vec<_> = answer.header("traceparent").split('-').collect();
        assert_eq!((told[0], told[1], told[3]), ("00", TRACE, flags));
        assert_ne!(told[2], SPAN);
    }
    let later = with(&app, "traceparent", format!("01-{TRACE}-{SPAN}-01-more").as_bytes()).await;
    assert!(later.header("traceparent").starts_with(&format!("00-{TRACE}-")));
}

#[tokio::test]
async fn a_trace_that_can_not_be_read_is_none() {
    let app = TestApp::memory().await;
    let zero_trace = format!("00-{}-{SPAN}-01", "0".repeat(32));
    let zero_span = format!("00-{TRACE}-{}-01", "0".repeat(16));
    let upper_case = format!("00-{}-{SPAN}-01", TRACE.to_uppercase());
    let too_much = format!("00-{TRACE}-{SPAN}-01-more");
    let no_version = format!("ff-{TRACE}-{SPAN}-01");
    for bad in ["", "garbage", TRACE, &zero_trace, &zero_span, &upper_case, &too_much, &no_version, "é"] {
        let answer = with(&app, "traceparent", bad.as_bytes()).await.expect(200);
        let told: Vec<_> = answer.header("traceparent").split('-').collect();
        assert!(told[1] != TRACE && told[1].bytes().any(|b| b != b'0'), "{bad}: {told:?}");
    }
    let good = format!("00-{TRACE}-{SPAN}-01");
    let twice =
        app.request(Method::GET, "/api/v1/clubs").header("traceparent", &good).header("traceparent", &good);
    assert!(!Answer::of(twice).await.header("traceparent").contains(TRACE));
}
