//! `GET /api/v1/workout-sessions`

use serde::Deserialize;
use spotter_domain::Timestamp;
use spotter_domain::workout::SessionFilter;
use utoipa::IntoParams;
use uuid::Uuid;

use super::session_bodies::SessionBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::fields::identifier;
use crate::params::PageParams;

const LIST: &str = "workout-sessions";

/// Which workout sessions are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    /// Those that began at this instant or later.
    #[param(required = false)]
    from: Timestamp,
    /// Those that began before this instant.
    #[param(required = false)]
    to: Timestamp,
    /// Those with this exercise.
    #[param(required = false)]
    exercise_id: Uuid,
    /// Those of this person, who lets the coaches of a club see them of which the caller is one; the caller's own
    /// without it.
    #[param(required = false)]
    user_id: Uuid,
}

pub(crate) struct Operation;

/// Workout sessions
///
/// Latest first.
#[utoipa::path(get, path = "/api/v1/workout-sessions", tag = "workouts", operation_id = "listWorkoutSessions",
    impl_for = Operation,
    params(Filter, PageParams),
    responses(
        (status = 200, description = "A page of workout sessions.", body = PageBody<SessionBody>),
        (status = 404, description = "There is nobody of that `user_id` whose workout sessions the caller may see.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let filter = SessionFilter {
        from: params.instant("from")?,
        to: params.instant("to")?,
        exercise: params.read("exercise_id", identifier)?,
    };
    let of = params.read("user_id", identifier)?;
    let sessions = call.spotter().workout_sessions(call.caller, of, filter, params.page(LIST)?).await?;
    page(&call, LIST, sessions, SessionBody::new)
}
