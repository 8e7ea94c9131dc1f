//! `GET /api/v1/exercises/resolve`

use serde::{Deserialize, Serialize};
use spotter_application::workout::{How, Resolved};
use spotter_domain::text::ExerciseName;
use utoipa::{IntoParams, ToSchema};

use super::exercise_bodies::ExerciseBody;
use crate::answer::{Reply, Representation, found};
use crate::call::Call;
use crate::number::Number;
use crate::words;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Wanted {
    /// What somebody calls an exercise.
    #[param(min_length = 1, max_length = 200, example = "Bench Press (Barbell)")]
    name: String,
}

/// What a name leads to.
#[derive(Serialize, ToSchema)]
#[schema(as = ResolvedExercise)]
pub(crate) struct ResolvedBody {
    #[schema(required)]
    exercise: Option<ExerciseBody>,
    /// How sure it is: 0 for nothing, 1 for the name itself.
    #[schema(value_type = f64, minimum = 0, maximum = 1)]
    confidence: Number,
    #[schema(schema_with = words::how)]
    how: &'static str,
    /// The exercises that are called most alike, where the name leads to none.
    suggestions: Vec<ExerciseBody>,
}

impl ResolvedBody {
    fn new(resolved: Resolved) -> Self {
        Self {
            exercise: resolved.exercise.map(ExerciseBody::new),
            confidence: Number(resolved.how.map_or(0.0, How::confidence)),
            how: resolved.how.map_or("none", How::as_str),
            suggestions: resolved.suggestions.into_iter().map(ExerciseBody::new).collect(),
        }
    }
}

impl Representation for ResolvedBody {}

pub(crate) struct Operation;

/// The exercise of a name
///
/// As imports find it: exactly the name, exactly an alias, or either but for case, accents, punctuation, the order
/// of words and the plural. What the caller has named goes before the catalogue.
#[utoipa::path(get, path = "/api/v1/exercises/resolve", tag = "exercises", operation_id = "resolveExercise",
    impl_for = Operation,
    params(Wanted),
    responses((status = 200, description = "What the name leads to.", body = ResolvedBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let name = call.params()?.required("name", ExerciseName::parse)?;
    let resolved = call.spotter().resolve_exercise(call.caller, name.as_str()).await?;
    found(&call, &ResolvedBody::new(resolved))
}
