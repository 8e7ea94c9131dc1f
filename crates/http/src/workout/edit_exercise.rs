//! `PATCH /api/v1/exercises/{id}`

use serde::Deserialize;
use spotter_application::workout::{EditExercise, ExerciseChange};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{Equipment, Force, LoadKind, Mechanic};
use utoipa::ToSchema;

use super::exercise_bodies::{ExerciseBody, ExercisePath, MuscleWords, muscles};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe};
use crate::words;

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditExercise, example = json!({"name": "Slow Zercher march", "force": null}))]
pub(crate) struct Request {
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    name: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::primary_muscles, required = false)]
    primary_muscles: Maybe<MuscleWords>,
    #[serde(default)]
    #[schema(schema_with = words::secondary_muscles, required = false)]
    secondary_muscles: Maybe<MuscleWords>,
    #[serde(default)]
    #[schema(schema_with = words::equipment, required = false)]
    equipment: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::mechanic_or_null, required = false)]
    mechanic: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::force_or_null, required = false)]
    force: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::load_kind, required = false)]
    load: Maybe<String>,
}

pub(crate) struct Operation;

/// Edit an exercise
///
/// One of the caller's own: `403 catalogue_exercise` for those of the catalogue. `409 exercise_exists` when the
/// name leads to another exercise.
#[utoipa::path(patch, path = "/api/v1/exercises/{id}", tag = "exercises", operation_id = "editExercise",
    impl_for = Operation,
    params(ExercisePath),
    request_body = Request,
    responses(
        (status = 200, description = "The exercise as it is now.", body = ExerciseBody),
        (status = 403, description = "Exercises of the catalogue are everybody's."),
        (status = 409, description = "There is another exercise of that name.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let exercise = call.id("id", "exercise")?;
    let request = body.value;
    let mut findings = Findings::default();
    let noted = &mut findings;
    let change = ExerciseChange {
        name: request.name.into_patch(noted, "/name", |text| ExerciseName::parse(&text)),
        primary: request.primary_muscles.into_patch_of_parts(noted, "/primary_muscles", |noted, words| {
            muscles(noted, "primary_muscles", words)
        }),
        secondary: request.secondary_muscles.into_patch_of_parts(
            noted,
            "/secondary_muscles",
            |noted, words| muscles(noted, "secondary_muscles", words),
        ),
        equipment: request.equipment.into_patch(noted, "/equipment", |word| Equipment::parse(&word)),
        mechanic: request.mechanic.into_clearing_patch(noted, "/mechanic", |word| Mechanic::parse(&word)),
        force: request.force.into_clearing_patch(noted, "/force", |word| Force::parse(&word)),
        load: request.load.into_patch(noted, "/load", |word| LoadKind::parse(&word)),
    };
    let command = findings.finish(EditExercise { exercise, change, expected: call.expected() })?;
    let exercise = call.spotter().run(&call.context(), &command).await?;
    found(&call, &ExerciseBody::new(exercise))
}
