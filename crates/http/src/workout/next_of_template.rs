//! `GET /api/v1/workout-templates/{id}/next`

use serde::Serialize;
use spotter_application::workout::{PlannedNext, PlannedNextBlock, PlannedSet};
use utoipa::ToSchema;
use uuid::Uuid;

use super::template_bodies::TemplatePath;
use crate::answer::{Reply, Representation, found};
use crate::call::Call;
use crate::number::Number;
use crate::words;

/// What a template proposes for the next time.
#[derive(Serialize, ToSchema)]
#[schema(as = NextWorkout)]
pub(crate) struct NextBody {
    template_id: Uuid,
    title: String,
    exercises: Vec<NextExerciseBody>,
}

/// What is proposed of one exercise.
#[derive(Serialize, ToSchema)]
#[schema(as = ProposedExercise)]
pub(crate) struct NextExerciseBody {
    exercise_id: Uuid,
    exercise_name: String,
    /// Exercises of one number are done in turn.
    #[schema(required)]
    superset: Option<u16>,
    /// How many seconds to rest.
    rest_s: u16,
    #[schema(schema_with = words::reason)]
    reason: &'static str,
    /// Warm-ups, then working sets.
    sets: Vec<NextSetBody>,
}

/// A set that is proposed.
#[derive(Serialize, ToSchema)]
#[schema(as = ProposedSet)]
pub(crate) struct NextSetBody {
    #[schema(schema_with = words::set_kind)]
    kind: &'static str,
    /// Null where that is open.
    #[schema(required, value_type = Option<f64>)]
    weight_kg: Option<Number>,
    reps: u16,
}

impl NextBody {
    fn new(planned: PlannedNext) -> Self {
        Self {
            template_id: planned.template.uuid(),
            title: planned.title,
            exercises: planned.blocks.into_iter().map(NextExerciseBody::new).collect(),
        }
    }
}

impl NextExerciseBody {
    fn new(block: PlannedNextBlock) -> Self {
        let set = |set: PlannedSet| NextSetBody {
            kind: set.kind.as_str(),
            weight_kg: set.weight.map(Number::from),
            reps: set.reps.get(),
        };
        Self {
            exercise_id: block.exercise.uuid(),
            exercise_name: block.exercise_name,
            superset: block.superset,
            rest_s: block.rest_seconds,
            reason: block.reason.as_str(),
            sets: block.sets.into_iter().map(set).collect(),
        }
    }
}

impl Representation for NextBody {}

pub(crate) struct Operation;

/// What to do next
///
/// The next sets of a template: its progression, applied to what was done by it. Weights are such as can be loaded.
#[utoipa::path(get, path = "/api/v1/workout-templates/{id}/next", tag = "workouts",
    operation_id = "nextOfTemplate",
    impl_for = Operation,
    params(TemplatePath),
    responses((status = 200, description = "What it proposes.", body = NextBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let planned = call.spotter().next_of_template(call.caller, call.id("id", "template")?).await?;
    found(&call, &NextBody::new(planned))
}
