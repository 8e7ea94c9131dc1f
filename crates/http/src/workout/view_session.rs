//! `GET /api/v1/workout-sessions/{id}`

use super::session_bodies::{SessionBody, SessionPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// A workout session
///
/// The caller's own, or of somebody who lets the coaches of a club see it of which the caller is one.
#[utoipa::path(get, path = "/api/v1/workout-sessions/{id}", tag = "workouts",
    operation_id = "viewWorkoutSession",
    impl_for = Operation,
    params(SessionPath),
    responses((status = 200, description = "The workout session.", body = SessionBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let session = call.spotter().workout_session(call.caller, call.id("id", "workout session")?).await?;
    found(&call, &SessionBody::new(session))
}
