//! The lines of the document: an exercise, a template, a workout session.

use serde::{Deserialize, Serialize};
use spotter_domain::account::DefaultRest;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{
    Distance, Equipment, Force, LoadKind, Mechanic, Muscle, NameKey, PlannedBlock, PlannedBlocks,
    Progression, Reps, Rpe, Set, SetDuration, SetKind, Target, Traits, Weight,
};
use spotter_domain::{Invalid, Timestamp};
use uuid::Uuid;

use super::TemplateToImport;
use crate::workout::draft::ExerciseRef;
use crate::workout::session_view::{BlockView, SessionView};
use crate::workout::templates::{DraftPlan, DraftProgression, PlannedBlockView, TemplateView};
use crate::workout::view_exercises::ExerciseView;

/// An exercise of the person's own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an exercise")]
pub struct ExerciseLine {
    name: String,
    primary_muscles: Vec<Muscle>,
    secondary_muscles: Vec<Muscle>,
    equipment: Equipment,
    mechanic: Option<Mechanic>,
    force: Option<Force>,
    load: LoadKind,
}

impl ExerciseLine {
    /// The line of an exercise.
    #[must_use]
    pub fn new(exercise: &ExerciseView) -> Self {
        let traits = exercise.traits;
        Self {
            name: exercise.name.clone(),
            primary_muscles: traits.primary.iter().collect(),
            secondary_muscles: traits.secondary.iter().collect(),
            equipment: traits.equipment,
            mechanic: traits.mechanic,
            force: traits.force,
            load: traits.load,
        }
    }

    pub(super) fn read(self) -> Result<(ExerciseName, Traits), Invalid> {
        let traits = Traits {
            primary: self.primary_muscles.into_iter().collect(),
            secondary: self.secondary_muscles.into_iter().collect(),
            equipment: self.equipment,
            mechanic: self.mechanic,
            force: self.force,
            load: self.load,
        };
        let name = ExerciseName::parse(&self.name)?;
        check_name(&name)?;
        Ok((name, traits))
    }
}

/// A template.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "a template")]
pub struct TemplateLine {
    /// What workout sessions of the document call it.
    #[serde(default)]
    number: Option<u32>,
    title: String,
    notes: Option<String>,
    exercises: Vec<PlannedLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an exercise of a template")]
struct PlannedLine {
    exercise: String,
    superset: Option<u16>,
    notes: Option<String>,
    target: Target,
    rest: Option<DefaultRest>,
    progression: Progression,
}

impl TemplateLine {
    /// The line of a template.
    #[must_use]
    pub fn new(template: &TemplateView) -> Self {
        let planned = |block: &PlannedBlockView| PlannedLine {
            exercise: block.exercise_name.clone(),
            superset: block.superset,
            notes: block.notes.clone(),
            target: block.target,
            rest: block.rest,
            progression: block.progression.clone(),
        };
        Self {
            number: None,
            title: template.title.clone(),
            notes: template.notes.clone(),
            exercises: template.blocks.iter().map(planned).collect(),
        }
    }

    /// The same line with a number that workout sessions call it by.
    #[must_use]
    pub fn numbered(self, number: u32) -> Self {
        Self { number: Some(number), ..self }
    }

    pub(super) fn read(self) -> Result<TemplateToImport, Invalid> {
        let planned = |line: PlannedLine| {
            Ok(DraftPlan {
                exercise: ExerciseRef::Name(ExerciseName::parse(&line.exercise)?),
                superset: line.superset,
                notes: line.notes.as_deref().map(Notes::parse).transpose()?,
                target: line.target,
                rest: line.rest.map(|rest| DefaultRest::new(rest.seconds())).transpose()?,
                progression: DraftProgression::Chosen(line.progression),
            })
        };
        let title = Title::parse(&self.title)?;
        let notes = self.notes.as_deref().map(Notes::parse).transpose()?;
        let blocks = self.exercises.into_iter().map(planned).collect::<Result<Vec<_>, Invalid>>()?;
        check(&blocks)?;
        Ok(TemplateToImport { number: self.number, title, notes, blocks })
    }
}

/// Whether an exercise can be called so: nothing could find one again whose name has neither letter nor digit.
pub(super) fn check_name(name: &ExerciseName) -> Result<(), Invalid> {
    if NameKey::of(name.as_str()).as_str().is_empty() {
        return Err(Invalid::new("must have exercises with a letter or a digit in their names"));
    }
    Ok(())
}

/// Whether that can be planned, once the exercises are found: what can't be would be refused then, and the whole
/// document with it.
fn check(blocks: &[DraftPlan]) -> Result<(), Invalid> {
    let mut planned = Vec::with_capacity(blocks.len());
    for DraftPlan { exercise, superset, notes, target, rest, progression } in blocks {
        if let ExerciseRef::Name(name) = exercise {
            check_name(name)?;
        }
        planned.push(PlannedBlock {
            exercise: Uuid::nil().into(),
            superset: *superset,
            notes: notes.clone(),
            target: *target,
            rest: *rest,
            progression: match progression {
                DraftProgression::Chosen(progression) => progression.clone(),
                DraftProgression::Preferred => Progression::None,
            },
        });
    }
    PlannedBlocks::new(planned).map(drop)
}

/// A workout session.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "a workout session")]
pub struct SessionLine {
    pub(super) title: Option<String>,
    pub(super) notes: Option<String>,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
    /// The number of the template that it was planned by.
    #[serde(default)]
    pub(super) template: Option<u32>,
    pub(super) exercises: Vec<BlockLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an exercise with its sets")]
pub(super) struct BlockLine {
    pub(super) exercise: String,
    pub(super) superset: Option<u16>,
    pub(super) notes: Option<String>,
    pub(super) sets: Vec<SetLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "a set")]
pub(super) struct SetLine {
    kind: SetKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_kg: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reps: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rpe: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration_s: Option<i64>,
}

impl SessionLine {
    /// The line of a workout session.
    #[must_use]
    pub fn new(session: &SessionView) -> Self {
        let block = |block: &BlockView| BlockLine {
            exercise: block.exercise_name.clone(),
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
}

impl SessionLine {
    /// The same line with the number of the template that it was planned by.
    #[must_use]
    pub fn planned_by(self, template: Option<u32>) -> Self {
        Self { template, ..self }
    }
}

impl SetLine {
    fn new(set: &Set) -> Self {
        Self {
            kind: set.kind,
            weight_kg: set.weight.map(Weight::kilograms),
            reps: set.reps.map(|reps| reps.get().into()),
            rpe: set.rpe.map(Rpe::get),
            distance_m: set.distance.map(Distance::metres),
            duration_s: set.duration.map(|duration| duration.seconds().into()),
        }
    }

    pub(super) fn read(&self) -> Result<Set, Invalid> {
        Ok(Set {
            kind: self.kind,
            weight: self.weight_kg.map(Weight::from_kilograms).transpose()?,
            reps: self.reps.map(Reps::new).transpose()?,
            rpe: self.rpe.map(Rpe::new).transpose()?,
            distance: self.distance_m.map(Distance::from_metres).transpose()?,
            duration: self.duration_s.map(SetDuration::from_seconds).transpose()?,
        })
    }
}
