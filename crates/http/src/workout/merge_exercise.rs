//! `POST /api/v1/exercises/{id}/merge`

use serde::Deserialize;
use spotter_application::workout::MergeExercise;
use utoipa::ToSchema;

use super::exercise_bodies::{ExerciseBody, ExercisePath};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, identifier};

/// What it becomes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeExercise, example = json!({"into": "01a19244-3c00-7d3b-9a52-0b2c6a1f9d11"}))]
pub(crate) struct Request {
    /// The exercise that stays: of the catalogue, or the caller's own.
    #[schema(format = "uuid")]
    into: String,
}

pub(crate) struct Operation;

/// Merge an exercise into another one
///
/// Every set of one of the caller's own exercises becomes one of the other exercise, in workout sessions and in
/// templates, and records follow. Its name leads to the other exercise from now on.
#[utoipa::path(post, path = "/api/v1/exercises/{id}/merge", tag = "exercises", operation_id = "mergeExercise",
    impl_for = Operation,
    params(ExercisePath),
    request_body = Request,
    responses(
        (status = 200, description = "The exercise that stays.", body = ExerciseBody),
        (status = 403, description = "Exercises of the catalogue are everybody's.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let exercise = call.id("id", "exercise")?;
    let mut findings = Findings::default();
    let Some(into) = findings.take("/into", identifier(&body.value.into)) else {
        return Err(findings.into_error().into());
    };
    let exercise = call.spotter().run(&call.posted(&body.bytes)?, &MergeExercise { exercise, into }).await?;
    found(&call, &ExerciseBody::new(exercise))
}
