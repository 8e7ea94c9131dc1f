//! `POST /api/v1/exercises`

use serde::Deserialize;
use spotter_application::workout::CreateExercise;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{Equipment, Force, LoadKind, Mechanic, Traits};
use utoipa::ToSchema;

use super::exercise_bodies::{ExerciseBody, MuscleWords, muscles};
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::Findings;
use crate::words;

/// A new exercise; a muscle that does the work does not help as well.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateExercise, example = json!({
    "name": "Zercher march", "primary_muscles": ["quadriceps", "upper_back"],
    "secondary_muscles": ["abdominals"], "equipment": "barbell", "mechanic": "compound"
}))]
pub(crate) struct Request {
    /// Something that no exercise is called that the caller can use.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(schema_with = words::primary_muscles_or_null, required = false)]
    primary_muscles: Option<MuscleWords>,
    #[schema(schema_with = words::secondary_muscles_or_null, required = false)]
    secondary_muscles: Option<MuscleWords>,
    #[schema(schema_with = words::equipment_or_null, required = false)]
    equipment: Option<String>,
    #[schema(schema_with = words::mechanic_or_null, required = false)]
    mechanic: Option<String>,
    #[schema(schema_with = words::force_or_null, required = false)]
    force: Option<String>,
    #[schema(schema_with = words::load_kind_or_null, required = false)]
    load: Option<String>,
}

pub(crate) struct Operation;

/// Make an exercise
///
/// Equipment is `other` and load `external` unless told. `409 exercise_exists` when the name leads to an exercise
/// already, `409 too_many_exercises` at the two thousand and first.
#[utoipa::path(post, path = "/api/v1/exercises", tag = "exercises", operation_id = "createExercise",
    impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The exercise was made.", body = ExerciseBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let request = body.value;
    let mut findings = Findings::default();
    let assumed = Traits::default();
    let name = findings.take("/name", ExerciseName::parse(&request.name));
    let primary = request.primary_muscles.and_then(|words| muscles(&mut findings, "primary_muscles", words));
    let secondary =
        request.secondary_muscles.and_then(|words| muscles(&mut findings, "secondary_muscles", words));
    let traits = Traits {
        primary: primary.unwrap_or_default(),
        secondary: secondary.unwrap_or_default(),
        equipment: findings
            .take_optional("/equipment", request.equipment.as_deref().map(Equipment::parse))
            .unwrap_or(assumed.equipment),
        mechanic: findings.take_optional("/mechanic", request.mechanic.as_deref().map(Mechanic::parse)),
        force: findings.take_optional("/force", request.force.as_deref().map(Force::parse)),
        load: findings
            .take_optional("/load", request.load.as_deref().map(LoadKind::parse))
            .unwrap_or(assumed.load),
    };
    let Some(name) = name else { return Err(findings.into_error().into()) };
    let command = findings.finish(CreateExercise { name, traits })?;
    let exercise = call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    let location = format!("/api/v1/exercises/{}", exercise.id);
    created(&call, location, &ExerciseBody::new(exercise))
}
