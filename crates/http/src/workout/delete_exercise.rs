//! `DELETE /api/v1/exercises/{id}`

use spotter_application::workout::DeleteExercise;

use super::exercise_bodies::ExercisePath;
use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Delete an exercise
///
/// One of the caller's own that no workout session and no template has: `409 exercise_in_use` for any other, which
/// can be merged instead.
#[utoipa::path(delete, path = "/api/v1/exercises/{id}", tag = "exercises", operation_id = "deleteExercise",
    impl_for = Operation,
    params(ExercisePath),
    responses(
        (status = 204, description = "It is deleted."),
        (status = 403, description = "Exercises of the catalogue are everybody's."),
        (status = 409, description = "Workout sessions or templates have it.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let command = DeleteExercise { exercise: call.id("id", "exercise")?, expected: call.expected() };
    call.spotter().run(&call.context(), &command).await?;
    done()
}
