//! The outermost middleware: names the request, traces it, counts it, logs it, and finishes its answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use opentelemetry::trace::TraceContextExt;
use spotter_application::Caller;
use spotter_application::statements::{Tally, tallied};
use tracing::Instrument;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::gate::SignedIn;
use super::limits::Limited;
use super::trace::{Conversation, TraceParent};
use crate::problem::{self, Problem};
use crate::state::HttpState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const RESPONSE_TIME: HeaderName = HeaderName::from_static("x-response-time");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Stands around everything.
pub(crate) async fn exchange(
    state: HttpState,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let in_flight = state.readiness.traffic().enter();
    let ids = state.spotter.ports().ids.as_ref();
    let request_id = given_id(request.headers()).unwrap_or_else(|| ids.next().to_string());
    let span = tracing::info_span!(
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        request_id,
        trace_id = Empty,
        method = %request.method(),
        route = Empty,
        status = Empty,
    );
    let trace = TraceParent::enter(&span, TraceParent::of(request.headers()), ids);
    span.record("trace_id", trace.trace_id());
    request.extensions_mut().insert(Conversation { request_id: request_id.clone(), trace });

    let tally = Arc::new(Tally::default());
    let answer = tallied(Arc::clone(&tally), next.call(request)).instrument(span.clone()).await?;

    let (request, response) = answer.into_parts();
    let conversation = Conversation { request_id, trace };
    let mut response = span.in_scope(|| finish_problem(response, &conversation));
    let elapsed = started.elapsed();
    complete(response.headers_mut(), &request, &conversation, elapsed);
    cache_control(&mut response, &request);
    if state.settings.server_timing {
        let (sql, total) = (milliseconds(tally.elapsed()), milliseconds(elapsed));
        let timing = format!("sql;desc=\"{}\";dur={sql}, total;dur={total}", tally.statements());
        set(response.headers_mut(), SERVER_TIMING, &timing);
    }
    state.readiness.traffic().count(response.status());
    drop(in_flight);
    report(&span, &request, response.status(), &conversation, elapsed, tally.statements());
    Ok(ServiceResponse::new(request, response))
}

/// The name that the caller gave the request: 1 to 128 visible characters.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let good = (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    good.then(|| id.to_owned())
}

/// Renders our own problems, and makes problems of what the framework says no to by itself.
fn finish_problem(response: HttpResponse, conversation: &Conversation) -> HttpResponse {
    let status = response.status();
    if status.as_u16() < 400 {
        return response;
    }
    let ours = response.error().and_then(|error| error.as_error::<Problem>());
    if let Some(problem) = ours {
        if let Some(cause) = &problem.cause {
            let (code, trace_id) = (problem.code.as_ref(), conversation.trace.trace_id());
            tracing::error!(code, cause = &**cause, trace_id, "a request failed");
        }
        return problem.render(conversation.trace.trace_id());
    }
    let media_type = response.headers().get(header::CONTENT_TYPE);
    if media_type.is_some_and(|media_type| media_type == problem::MEDIA_TYPE) {
        return response;
    }
    Problem::of_status(status).render(conversation.trace.trace_id())
}

/// The headers of every answer.
fn complete(headers: &mut HeaderMap, request: &HttpRequest, conversation: &Conversation, elapsed: Duration) {
    set(headers, REQUEST_ID, &conversation.request_id);
    set(headers, RESPONSE_TIME, &format!("{}ms", milliseconds(elapsed)));
    set(headers, TRACEPARENT, &conversation.trace.to_string());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(limited) = request.extensions().get::<Limited>() {
        limited.tell(headers);
    }
}

/// Who may keep an answer: nobody what is secret or failed, the caller's own cache what is theirs, and
/// everybody, asking each time, what is public.
fn cache_control(response: &mut HttpResponse, request: &HttpRequest) {
    let path = request.path();
    let secret = path.starts_with("/api/v1/auth/") || path.starts_with("/api/v1/me");
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let status = response.status();
    let keepable = reads && (status.is_success() || status == StatusCode::NOT_MODIFIED);
    let signed_in =
        request.extensions().get::<SignedIn>().is_some_and(|signed| signed.0 != Caller::Anonymous);
    let headers = response.headers_mut();
    if path.starts_with("/api/") {
        headers.insert(header::VARY, HeaderValue::from_static("Authorization"));
    }
    if headers.contains_key(header::CACHE_CONTROL) {
        return;
    }
    let policy = match (secret || !keepable, signed_in) {
        (true, _) => "no-store",
        (false, true) => "private, no-cache",
        (false, false) => "no-cache",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
}

/// Completes the span and writes the request's line into the log: patterns, never what stands in for them.
fn report(
    span: &tracing::Span,
    request: &HttpRequest,
    status: StatusCode,
    conversation: &Conversation,
    elapsed: Duration,
    statements: u64,
) {
    let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let method = request.method().as_str();
    // A field named `otel.name` would come too late: the span began when its place in the trace was asked for.
    span.context().span().update_name(format!("HTTP {method} {route}"));
    span.record("route", &route);
    span.record("status", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    span.in_scope(|| {
        tracing::info!(
            method,
            route,
            status = status.as_u16(),
            elapsed_ms = elapsed.as_secs_f64() * 1000.0,
            statements,
            request_id = conversation.request_id,
            trace_id = conversation.trace.trace_id(),
            "answered"
        );
    });
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // Every value is made of visible ASCII; one that is not is left out rather than failing the answer.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Milliseconds to three places.
fn milliseconds(duration: Duration) -> String {
    format!("{:.3}", duration.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_request_id_is_kept_if_it_fits_a_header_and_a_log() {
        let given = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_bytes(value).unwrap());
            given_id(&headers)
        };
        assert_eq!(given(b"abc-123"), Some("abc-123".into()));
        assert_eq!(given(&[b'a'; 128]).map(|id| id.len()), Some(128));
        assert_eq!(given(&[b'a'; 129]), None);
        assert_eq!(given(b"a b"), None);
        assert_eq!(given(b"\xff"), None);
        assert_eq!(given(b""), None);
    }

    #[test]
    fn milliseconds_have_three_places() {
        assert_eq!(milliseconds(Duration::from_micros(1234)), "1.234");
    }
}
