//! `DELETE /api/v1/workout-sessions/{id}`

use spotter_application::workout::DeleteSession;

use super::session_bodies::SessionPath;
use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Delete a workout session
///
/// One of the caller's own. Summaries and records follow.
#[utoipa::path(delete, path = "/api/v1/workout-sessions/{id}", tag = "workouts",
    operation_id = "deleteWorkoutSession",
    impl_for = Operation,
    params(SessionPath),
    responses((status = 204, description = "It is deleted.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let command = DeleteSession { session: call.id("id", "workout session")?, expected: call.expected() };
    call.spotter().run(&call.context(), &command).await?;
    done()
}
