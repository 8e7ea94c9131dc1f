//! Reading templates of the document. One of which something can't be planned is left out whole: half a plan is
//! another plan.

use serde_json::value::RawValue;
use spotter_domain::Invalid;
use spotter_domain::account::{DefaultRest, ProgressionType};
use spotter_domain::workout::{
    Deload, Percentage, PlannedBlock, PlannedBlocks, Progression, RepRange, Reps, Target, TargetLoad, Weight,
};
use uuid::Uuid;

use super::TemplateToImport;
use super::fields::{Fault, Object, array, number, small, text, whole};
use super::reading::{Place, Reading, superset, template_number};
use crate::workout::draft::ExerciseRef;
use crate::workout::templates::{DraftPlan, DraftProgression};

const PLANNED: [&str; 9] = [
    "exercise_name",
    "superset",
    "notes",
    "sets",
    "reps",
    "weight_kg",
    "percent_of_one_rep_max",
    "rest_s",
    "progression",
];

impl Reading<'_> {
    /// A template.
    pub(super) fn template(&mut self, raw: &RawValue) -> Option<TemplateToImport> {
        let place = self.place(raw, "template");
        let read = self.template_at(place, raw);
        self.unless_left_out(place, read)
    }

    fn template_at(&mut self, place: Place, raw: &RawValue) -> Result<TemplateToImport, Fault> {
        let object = Object::read(raw, ["number", "title", "notes", "exercises"])?;
        object.required("title", text)?;
        let planned = object.required("exercises", array)?.0.into_iter().enumerate();
        let blocks = planned
            .map(|(index, raw)| {
                self.plan(place, raw).map_err(|fault| fault.within(&format!("exercises[{index}]")))
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        check(&blocks).map_err(|invalid| Fault::whole(invalid.0))?;
        let title = self.title(place, &object);
        Ok(TemplateToImport {
            number: self.or_without(place, object.optional("number", template_number)),
            title: title.ok_or_else(|| Fault::field("title", "must not be empty"))?,
            notes: self.notes(place, &object),
            blocks,
        })
    }

    fn plan(&mut self, template: Place, raw: &RawValue) -> Result<DraftPlan, Fault> {
        let object = Object::read(raw, PLANNED)?;
        let reps =
            object.object("reps", ["min", "max"])?.ok_or_else(|| Fault::field("reps", "is missing"))?;
        let sets = |raw| small(raw, "must be 1 to 255 sets").and_then(at_least_one);
        let rest = |raw| small(raw, "must be 0 to 3600 seconds").and_then(DefaultRest::new);
        let target = Target {
            sets: object.required("sets", sets)?,
            reps: range(&reps).map_err(|fault| fault.within("reps"))?,
            load: load(&object)?,
        };
        let rest = object.optional("rest_s", rest)?;
        let progression = object.object("progression", ["type", "increment_kg", "percentages", "deload"])?;
        let progression = match progression {
            None => DraftProgression::Preferred,
            Some(object) => DraftProgression::Chosen(
                progression_of(&object).map_err(|fault| fault.within("progression"))?,
            ),
        };
        let exercise = self.name(template, &object, "exercise_name")?;
        let place = Place { what: "planned exercise", ..template };
        Ok(DraftPlan {
            exercise: ExerciseRef::Name(exercise),
            superset: self.or_without(place, object.optional("superset", superset)),
            notes: self.notes(place, &object),
            target,
            rest,
            progression,
        })
    }
}

fn at_least_one(sets: u8) -> Result<u8, Invalid> {
    if sets > 0 { Ok(sets) } else { Err(Invalid::new("must be 1 to 255 sets")) }
}

fn range(object: &Object<'_, 2>) -> Result<RepRange, Fault> {
    let least = object.required("min", |raw| Reps::new(whole(raw)?))?;
    let most = object.required("max", |raw| Reps::new(whole(raw)?))?;
    RepRange::new(least, most).map_err(|invalid| Fault::whole(invalid.0))
}

fn load(object: &Object<'_, 9>) -> Result<TargetLoad, Fault> {
    let weight = object.optional("weight_kg", |raw| Weight::from_kilograms(number(raw)?))?;
    let part = object.optional("percent_of_one_rep_max", percentage)?;
    match (weight, part) {
        (Some(_), Some(_)) => Err(Fault::field("percent_of_one_rep_max", "must not stand beside weight_kg")),
        (Some(weight), None) => Ok(TargetLoad::Weight(weight)),
        (None, Some(part)) => Ok(TargetLoad::OfOneRepMax(part)),
        (None, None) => Ok(TargetLoad::Open),
    }
}

fn percentage(raw: &RawValue) -> Result<Percentage, Invalid> {
    small(raw, "must be 1 to 150 percent").and_then(Percentage::new)
}

/// What is not told of a progression is as usual.
fn progression_of(object: &Object<'_, 4>) -> Result<Progression, Fault> {
    let kind = object.required("type", |raw| match text(raw)?.as_str() {
        "none" => Ok(None),
        word => ProgressionType::parse(word)
            .map(Some)
            .map_err(|_| Invalid::new("must be none, linear, double or wave")),
    })?;
    let Some(kind) = kind else { return Ok(Progression::None) };
    let told = object.optional("increment_kg", increment)?;
    let parts = object.list("percentages", percentage)?;
    let fell = object.object("deload", ["after_failures", "percent"])?;
    let fell = fell.map(|object| deload(&object).map_err(|fault| fault.within("deload"))).transpose()?;
    let mut progression = Progression::preferred(kind);
    if let (Progression::Wave { percentages, .. }, Some(parts)) = (&mut progression, parts) {
        *percentages = parts;
    }
    match &mut progression {
        Progression::None => {}
        Progression::Linear { increment, deload }
        | Progression::Double { increment, deload }
        | Progression::Wave { increment, deload, .. } => {
            *increment = told.unwrap_or(*increment);
            *deload = fell.unwrap_or(*deload);
        }
    }
    Ok(progression)
}

fn increment(raw: &RawValue) -> Result<Weight, Invalid> {
    let weight = Weight::from_kilograms(number(raw)?).ok().filter(|weight| *weight >= Weight::ZERO);
    weight.ok_or_else(|| Invalid::new("must be 0 to 2000 kg"))
}

fn deload(object: &Object<'_, 2>) -> Result<Deload, Fault> {
    let after = object.required("after_failures", |raw| small(raw, "must be 1 to 10 failures"))?;
    let by = object.required("percent", percentage)?;
    Deload::new(after, by).map_err(|invalid| Fault::whole(invalid.0))
}

/// Whether that can be planned, once the exercises are found: what can't be would be refused then, and the whole
/// document with it.
fn check(blocks: &[DraftPlan]) -> Result<(), Invalid> {
    let planned = |plan: &DraftPlan| PlannedBlock {
        exercise: Uuid::nil().into(),
        superset: plan.superset,
        notes: plan.notes.clone(),
        target: plan.target,
        rest: plan.rest,
        progression: match &plan.progression {
            DraftProgression::Chosen(progression) => progression.clone(),
            DraftProgression::Preferred => Progression::None,
        },
    };
    PlannedBlocks::new(blocks.iter().map(planned).collect()).map(drop)
}
