//! `GET /health/ready`

use super::HealthBody;
use super::ping::ping;
use crate::answer::{Reply, found};
use crate::call::Call;
use crate::problem::Problem;
use crate::state::Phase;

pub(crate) struct Operation;

/// Whether the process takes work
///
/// Send it none while this fails: it starts, it drains, or it has no database.
#[utoipa::path(get, path = "/health/ready", tag = "health", operation_id = "ready", impl_for = Operation,
    responses(
        (status = 200, description = "It does.", body = HealthBody),
        (status = 503, description = "Not now.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let not_ready = |detail| Problem::unavailable("not_ready", detail);
    match call.state.readiness.phase() {
        Phase::Starting => return Err(not_ready("the process is starting")),
        Phase::Draining => return Err(not_ready("the process is shutting down")),
        Phase::Ready => {}
    }
    match ping(&call).await {
        Ok(_) => found(&call, &HealthBody::OK),
        Err(error) => Err(Problem {
            cause: Some(error.to_string().into()),
            ..not_ready("a dependency does not answer")
        }),
    }
}
