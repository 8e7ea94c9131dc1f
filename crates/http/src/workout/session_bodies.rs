//! Workout sessions as they are sent.

use serde::{Deserialize, Serialize};
use spotter_application::workout::{BlockView, LoggedSession, SessionView};
use spotter_domain::Timestamp;
use spotter_domain::id::{ImportId, TemplateId};
use spotter_domain::workout::{Reps, Rpe, Set, SetDuration};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::number::Number;
use crate::progress::BrokenRecordBody;
use crate::words;

/// Names a workout session in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct SessionPath {
    /// The workout session.
    id: Uuid,
}

/// What someone did in one visit.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkoutSession)]
pub(crate) struct SessionBody {
    id: Uuid,
    /// Whose it is.
    user_id: Uuid,
    #[schema(required)]
    title: Option<String>,
    #[schema(required)]
    notes: Option<String>,
    started_at: Timestamp,
    #[schema(required)]
    ended_at: Option<Timestamp>,
    /// The template that it was planned by.
    #[schema(required)]
    template_id: Option<Uuid>,
    /// The import that brought it along.
    #[schema(required)]
    import_id: Option<Uuid>,
    /// Weight times repetitions of all working sets, in kilograms.
    #[schema(value_type = f64)]
    volume_kg: Number,
    /// What was done, in order.
    exercises: Vec<BlockBody>,
    #[serde(skip)]
    version: u32,
}

/// An exercise with its sets.
#[derive(Serialize, ToSchema)]
#[schema(as = PerformedExercise)]
pub(crate) struct BlockBody {
    exercise_id: Uuid,
    exercise_name: String,
    /// Exercises of one number are done in turn.
    #[schema(required)]
    superset: Option<u16>,
    #[schema(required)]
    notes: Option<String>,
    sets: Vec<SetBody>,
}

/// One set; null is what does not apply.
#[derive(Serialize, ToSchema)]
#[schema(as = Set)]
pub(crate) struct SetBody {
    #[schema(schema_with = words::set_kind)]
    kind: &'static str,
    /// In kilograms; a negative one is assistance.
    #[schema(required, value_type = Option<f64>)]
    weight_kg: Option<Number>,
    #[schema(required)]
    reps: Option<u16>,
    /// How hard it was: the rating of perceived exertion.
    #[schema(required, value_type = Option<f64>)]
    rpe: Option<Number>,
    /// In metres.
    #[schema(required, value_type = Option<f64>)]
    distance_m: Option<Number>,
    /// In seconds.
    #[schema(required)]
    duration_s: Option<u32>,
}

impl SetBody {
    pub(super) fn new(set: &Set) -> Self {
        Self {
            kind: set.kind.as_str(),
            weight_kg: set.weight.map(Number::from),
            reps: set.reps.map(Reps::get),
            rpe: set.rpe.map(Rpe::get).map(Number),
            distance_m: set.distance.map(Number::from),
            duration_s: set.duration.map(SetDuration::seconds),
        }
    }
}

impl BlockBody {
    fn new(view: BlockView) -> Self {
        Self {
            exercise_id: view.exercise.uuid(),
            exercise_name: view.exercise_name,
            superset: view.superset,
            notes: view.notes,
            sets: view.sets.iter().map(SetBody::new).collect(),
        }
    }
}

impl SessionBody {
    pub(super) fn new(view: SessionView) -> Self {
        Self {
            id: view.id.uuid(),
            user_id: view.account.uuid(),
            title: view.title,
            notes: view.notes,
            started_at: view.started_at,
            ended_at: view.ended_at,
            template_id: view.template.map(TemplateId::uuid),
            import_id: view.import.map(ImportId::uuid),
            volume_kg: view.volume.into(),
            exercises: view.blocks.into_iter().map(BlockBody::new).collect(),
            version: view.version,
        }
    }
}

impl Representation for SessionBody {
    fn version(&self) -> Option<u32> {
        Some(self.version)
    }
}

/// A workout session that was just written.
#[derive(Serialize, ToSchema)]
#[schema(as = LoggedWorkoutSession)]
pub(crate) struct LoggedBody {
    #[serde(flatten)]
    session: SessionBody,
    /// The records that it broke.
    records: Vec<BrokenRecordBody>,
}

impl LoggedBody {
    pub(super) fn new(logged: LoggedSession) -> Self {
        let records = logged.records.into_iter();
        Self {
            session: SessionBody::new(logged.session),
            records: records.map(|(broken, name)| BrokenRecordBody::new(&broken, name)).collect(),
        }
    }
}

impl Representation for LoggedBody {
    fn version(&self) -> Option<u32> {
        self.session.version()
    }
}
