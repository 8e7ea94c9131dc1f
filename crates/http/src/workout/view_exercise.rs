//! `GET /api/v1/exercises/{id}`

use super::exercise_bodies::{ExerciseBody, ExercisePath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// An exercise
///
/// Of the catalogue, or the caller's own.
#[utoipa::path(get, path = "/api/v1/exercises/{id}", tag = "exercises", operation_id = "viewExercise",
    impl_for = Operation,
    params(ExercisePath),
    responses((status = 200, description = "The exercise.", body = ExerciseBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let exercise = call.spotter().exercise(call.caller, call.id("id", "exercise")?).await?;
    found(&call, &ExerciseBody::new(exercise))
}
