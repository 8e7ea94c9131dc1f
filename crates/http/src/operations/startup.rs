//! `GET /health/startup`

use super::HealthBody;
use crate::answer::{Reply, found};
use crate::call::Call;
use crate::problem::Problem;
use crate::state::Phase;

pub(crate) struct Operation;

/// Whether the process has started
#[utoipa::path(get, path = "/health/startup", tag = "health", operation_id = "startup", impl_for = Operation,
    responses(
        (status = 200, description = "It has.", body = HealthBody),
        (status = 503, description = "Not yet.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    match call.state.readiness.phase() {
        Phase::Starting => Err(Problem::unavailable("not_started", "the process is starting")),
        Phase::Ready | Phase::Draining => found(&call, &HealthBody::OK),
    }
}
