//! The lines of the document as they are written: an exercise, a workout session. They look as they do in the API.

use serde::{Serialize, Serializer};
use spotter_domain::Timestamp;
use spotter_domain::workout::{
    Distance, Force, Mechanic, Muscle, Muscles, Reps, Rpe, Set, SetDuration, Weight,
};

use crate::workout::session_view::{BlockView, SessionView};
use crate::workout::view_exercises::ExerciseView;

/// A number that may have a fraction, written without one if it has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(pub(super) f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// More than any measure here; every whole number below it is exact.
        const MOST: f64 = 1e15;
        if self.0.fract() == 0.0 && self.0.abs() < MOST {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and within bounds")]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// An exercise of the person's own.
#[derive(Debug, Serialize)]
pub struct ExerciseLine {
    name: String,
    primary_muscles: Vec<&'static str>,
    secondary_muscles: Vec<&'static str>,
    equipment: &'static str,
    mechanic: Option<&'static str>,
    force: Option<&'static str>,
    load: &'static str,
}

impl ExerciseLine {
    /// The line of an exercise.
    #[must_use]
    pub fn new(exercise: &ExerciseView) -> Self {
        let words = |muscles: Muscles| muscles.iter().map(Muscle::as_str).collect();
        let traits = exercise.traits;
        Self {
            name: exercise.name.clone(),
            primary_muscles: words(traits.primary),
            secondary_muscles: words(traits.secondary),
            equipment: traits.equipment.as_str(),
            mechanic: traits.mechanic.map(Mechanic::as_str),
            force: traits.force.map(Force::as_str),
            load: traits.load.as_str(),
        }
    }
}

/// A workout session.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    title: Option<String>,
    notes: Option<String>,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    /// The number of the template that it was planned by.
    template: Option<u32>,
    exercises: Vec<BlockLine>,
}

#[derive(Debug, Serialize)]
struct BlockLine {
    exercise_name: String,
    superset: Option<u16>,
    notes: Option<String>,
    sets: Vec<SetLine>,
}

/// A set. What does not apply is left out: most sets of a history have few of these.
#[derive(Debug, Serialize)]
struct SetLine {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_kg: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reps: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rpe: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_s: Option<u32>,
}

impl SessionLine {
    /// The line of a workout session.
    #[must_use]
    pub fn new(session: &SessionView) -> Self {
        let block = |block: &BlockView| BlockLine {
            exercise_name: block.exercise_name.clone(),
            superset: block.superset,
            notes: block.notes.clone(),
            sets: block.sets.iter().map(SetLine::new).collect(),
        };
        Self {
            title: session.title.clone(),
            notes: session.notes.clone(),
            started_at: session.started_at,
            ended_at: session.ended_at,
            template: None,
            exercises: session.blocks.iter().map(block).collect(),
        }
    }

    /// The same line with the number of the template that it was planned by.
    #[must_use]
    pub fn planned_by(self, template: Option<u32>) -> Self {
        Self { template, ..self }
    }
}

impl SetLine {
    fn new(set: &Set) -> Self {
        Self {
            kind: set.kind.as_str(),
            weight_kg: set.weight.map(Weight::kilograms).map(Number),
            reps: set.reps.map(Reps::get),
            rpe: set.rpe.map(Rpe::get).map(Number),
            distance_m: set.distance.map(Distance::metres).map(Number),
            duration_s: set.duration.map(SetDuration::seconds),
        }
    }
}
