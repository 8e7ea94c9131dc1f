//! The emitting process: starts telemetry as `main` does, uses `tracing`, ends.

use std::collections::HashMap;
use std::time::Instant;

use opentelemetry::global;
use serde_json::Value;
use spotter_telemetry::{Guard, LogFormat};
use tracing::{info, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

const ROLE: &str = "SPOTTER_TEST_ROLE";

/// What the emitting process does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// A request with a span inside, and a span beside it.
    Nested,
    /// A request whose caller sent `SPOTTER_TEST_TRACEPARENT`.
    RemoteParent,
    /// More spans than any queue holds.
    Flood,
}

/// What became of the emitting process.
pub(crate) struct Emitted {
    pub success: bool,
    pub stderr: String,
}

impl Emitted {
    /// The log line with this message.
    pub(crate) fn line(&self, message: &str) -> Value {
        self.stderr
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find(|line| line["message"] == message)
            .unwrap_or_else(|| panic!("no line {message:?} in:\n{}", self.stderr))
    }
}

/// Runs this test binary again, in a role and with an environment of its own.
pub(crate) async fn emit_as(role: Role, variables: &[(&str, &str)]) -> Emitted {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("OTEL_")) {
        command.env_remove(name);
    }
    command
        .args(["--exact", "emitter", "--nocapture"])
        .env_remove("RUST_LOG")
        .env(ROLE, format!("{role:?}"))
        .envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    Emitted { success: output.status.success(), stderr: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// The emitting process's whole life, if this is one.
pub(crate) fn run() {
    let Ok(role) = std::env::var(ROLE) else { return };
    // No runtime around it: telemetry must not need one.
    let guard: Guard = spotter_telemetry::init(LogFormat::Json).unwrap_or_else(|error| panic!("{error}"));
    match role.as_str() {
        "Nested" => nested(),
        "RemoteParent" => remote_parent(),
        "Flood" => flood(),
        other => panic!("no role {other}"),
    }
    drop(guard);
}

fn nested() {
    info_span!("request", request_id = "r-1", user.email = "ada@example.org").in_scope(|| {
        info_span!("register").in_scope(|| info!("a place was taken"));
    });
    info_span!("background").in_scope(|| tracing::debug!("not worth a line"));
}

fn remote_parent() {
    let traceparent = std::env::var("SPOTTER_TEST_TRACEPARENT").unwrap();
    let headers = HashMap::from([("traceparent".to_owned(), traceparent)]);
    let caller = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
    let request = info_span!("request", request_id = "r-2");
    request.set_parent(caller).unwrap();
    request.in_scope(|| info!("handled"));
}

fn flood() {
    let began = Instant::now();
    for number in 0..20_000_u32 {
        info_span!("request", number).in_scope(|| ());
    }
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap();
    info!(milliseconds, "flooded");
}
