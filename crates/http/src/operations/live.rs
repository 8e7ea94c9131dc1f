//! `GET /health/live`

use super::HealthBody;
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// Whether the process runs
///
/// Restart it when this fails.
#[utoipa::path(get, path = "/health/live", tag = "health", operation_id = "live", impl_for = Operation,
    responses((status = 200, description = "It runs.", body = HealthBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    found(&call, &HealthBody::OK)
}
