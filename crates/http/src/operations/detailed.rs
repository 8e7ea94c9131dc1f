//! `GET /health/detailed`

use serde::Serialize;
use spotter_domain::StoreError;
use utoipa::ToSchema;

use super::ping::ping;
use crate::answer::Representation;
use crate::answer::{Reply, found};
use crate::call::Call;

/// The process and what it depends on.
#[derive(Serialize, ToSchema)]
#[schema(as = DetailedHealth)]
pub(crate) struct Body {
    #[schema(value_type = String, pattern = "^(ok|degraded)$")]
    status: &'static str,
    #[schema(value_type = String, pattern = "^(starting|ready|draining)$")]
    phase: &'static str,
    dependencies: Vec<DependencyBody>,
}

/// Something that the process depends on.
#[derive(Serialize, ToSchema)]
#[schema(as = Dependency)]
pub(crate) struct DependencyBody {
    #[schema(value_type = String, example = "database")]
    name: &'static str,
    #[schema(value_type = String, pattern = "^(up|down)$")]
    state: &'static str,
    /// How long it took to answer, in milliseconds; null when it did not.
    #[schema(required)]
    latency_ms: Option<f64>,
    /// What to do about it; null when there is nothing to do.
    #[schema(required, value_type = Option<String>)]
    advice: Option<&'static str>,
}

impl Representation for Body {}

pub(crate) struct Operation;

/// Each dependency: its state, and what to do about it
///
/// For operators.
#[utoipa::path(get, path = "/health/detailed", tag = "health", operation_id = "detailedHealth",
    impl_for = Operation,
    responses((status = 200, description = "The state of everything.", body = Body)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let answer = ping(&call).await;
    if let Err(error) = &answer {
        tracing::warn!(%error, "the database gives no sign of life");
    }
    let database = DependencyBody {
        name: "database",
        state: if answer.is_ok() { "up" } else { "down" },
        latency_ms: answer.as_ref().ok().map(|latency| latency.as_secs_f64() * 1000.0),
        advice: answer.as_ref().err().map(advice),
    };
    let status = if answer.is_ok() { "ok" } else { "degraded" };
    let phase = call.state.readiness.phase().as_str();
    found(&call, &Body { status, phase, dependencies: vec![database] })
}

fn advice(error: &StoreError) -> &'static str {
    match error {
        StoreError::Timeout(_) => "it answers too slowly: look for long transactions and a full disk",
        StoreError::Unavailable(_) => {
            "it can't be reached: see that it runs and that the database URL is right"
        }
        StoreError::Conflict(_) | StoreError::Corrupt { .. } => "it answers nonsense: read the log",
    }
}
