//! Templates as they are sent.

use serde::{Deserialize, Serialize};
use spotter_application::workout::{PlannedBlockView, TemplateView};
use spotter_domain::account::DefaultRest;
use spotter_domain::workout::{Deload, Percentage, Progression, RepRange, TargetLoad, Weight};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::number::Number;
use crate::words;

/// Names a template in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct TemplatePath {
    /// The template.
    id: Uuid,
}

/// A planned workout session.
#[derive(Serialize, ToSchema)]
#[schema(as = Template)]
pub(crate) struct TemplateBody {
    id: Uuid,
    title: String,
    #[schema(required)]
    notes: Option<String>,
    /// What is planned, in order.
    exercises: Vec<PlanBody>,
    #[serde(skip)]
    version: u32,
}

/// What is planned of one exercise.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedExercise)]
pub(crate) struct PlanBody {
    exercise_id: Uuid,
    exercise_name: String,
    /// Exercises of one number are done in turn.
    #[schema(required)]
    superset: Option<u16>,
    #[schema(required)]
    notes: Option<String>,
    /// How many working sets.
    sets: u8,
    reps: RepsBody,
    /// With how much to begin.
    #[schema(required, value_type = Option<f64>)]
    weight_kg: Option<Number>,
    /// With so much of the estimated one-rep max.
    #[schema(required)]
    percent_of_one_rep_max: Option<u8>,
    /// How many seconds to rest; null for as long as the person prefers.
    #[schema(required)]
    rest_s: Option<u16>,
    progression: ProgressionBody,
}

/// How many repetitions of each set.
#[derive(Serialize, ToSchema)]
#[schema(as = RepRange)]
pub(crate) struct RepsBody {
    min: u16,
    max: u16,
}

/// How the next loads follow from what was done.
#[derive(Serialize, ToSchema)]
#[schema(as = Progression)]
pub(crate) struct ProgressionBody {
    #[serde(rename = "type")]
    #[schema(schema_with = words::progression_type)]
    kind: &'static str,
    /// By how much the load grows; of every type but none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = f64, required = false)]
    increment_kg: Option<Number>,
    /// Of the load, one after the other; of a wave.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<u8>, required = false)]
    percentages: Option<Vec<u8>>,
    /// Of every type but none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = DeloadBody, required = false)]
    deload: Option<DeloadBody>,
}

/// What happens after repeated failure.
#[derive(Serialize, ToSchema)]
#[schema(as = Deload)]
pub(crate) struct DeloadBody {
    /// After how many failures in a row.
    after_failures: u8,
    /// By how much of the load.
    percent: u8,
}

impl From<RepRange> for RepsBody {
    fn from(range: RepRange) -> Self {
        Self { min: range.least().get(), max: range.most().get() }
    }
}

impl ProgressionBody {
    fn new(progression: &Progression) -> Self {
        let growing = |kind, increment: &Weight, deload: &Deload| Self {
            kind,
            increment_kg: Some((*increment).into()),
            percentages: None,
            deload: Some(DeloadBody { after_failures: deload.after_failures(), percent: deload.by().get() }),
        };
        match progression {
            Progression::None => Self { kind: "none", increment_kg: None, percentages: None, deload: None },
            Progression::Linear { increment, deload } => growing("linear", increment, deload),
            Progression::Double { increment, deload } => growing("double", increment, deload),
            Progression::Wave { percentages, increment, deload } => Self {
                percentages: Some(percentages.iter().map(|part| part.get()).collect()),
                ..growing("wave", increment, deload)
            },
        }
    }
}

impl PlanBody {
    fn new(view: PlannedBlockView) -> Self {
        let (weight, part) = match view.target.load {
            TargetLoad::Open => (None, None),
            TargetLoad::Weight(weight) => (Some(weight), None),
            TargetLoad::OfOneRepMax(part) => (None, Some(part)),
        };
        Self {
            exercise_id: view.exercise.uuid(),
            exercise_name: view.exercise_name,
            superset: view.superset,
            notes: view.notes,
            sets: view.target.sets,
            reps: view.target.reps.into(),
            weight_kg: weight.map(Number::from),
            percent_of_one_rep_max: part.map(Percentage::get),
            rest_s: view.rest.map(DefaultRest::seconds),
            progression: ProgressionBody::new(&view.progression),
        }
    }
}

impl TemplateBody {
    pub(super) fn new(view: TemplateView) -> Self {
        Self {
            id: view.id.uuid(),
            title: view.title,
            notes: view.notes,
            exercises: view.blocks.into_iter().map(PlanBody::new).collect(),
            version: view.version,
        }
    }
}

impl Representation for TemplateBody {
    fn version(&self) -> Option<u32> {
        Some(self.version)
    }
}
