//! A template as it is written: as in the API.

use serde::Serialize;
use spotter_domain::account::DefaultRest;
use spotter_domain::workout::{Deload, Percentage, Progression, RepRange, TargetLoad, Weight};

use super::lines::Number;
use crate::workout::templates::{PlannedBlockView, TemplateView};

/// A template.
#[derive(Debug, Serialize)]
pub struct TemplateLine {
    /// What workout sessions of the document call it.
    number: Option<u32>,
    title: String,
    notes: Option<String>,
    exercises: Vec<PlannedLine>,
}

#[derive(Debug, Serialize)]
struct PlannedLine {
    exercise_name: String,
    superset: Option<u16>,
    notes: Option<String>,
    sets: u8,
    reps: RepsLine,
    weight_kg: Option<Number>,
    percent_of_one_rep_max: Option<u8>,
    rest_s: Option<u16>,
    progression: ProgressionLine,
}

#[derive(Debug, Serialize)]
struct RepsLine {
    min: u16,
    max: u16,
}

#[derive(Debug, Serialize)]
struct ProgressionLine {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    increment_kg: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentages: Option<Vec<u8>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deload: Option<DeloadLine>,
}

#[derive(Debug, Serialize)]
struct DeloadLine {
    after_failures: u8,
    percent: u8,
}

impl TemplateLine {
    /// The line of a template.
    #[must_use]
    pub fn new(template: &TemplateView) -> Self {
        Self {
            number: None,
            title: template.title.clone(),
            notes: template.notes.clone(),
            exercises: template.blocks.iter().map(PlannedLine::new).collect(),
        }
    }

    /// The same line with a number that workout sessions call it by.
    #[must_use]
    pub fn numbered(self, number: u32) -> Self {
        Self { number: Some(number), ..self }
    }
}

impl PlannedLine {
    fn new(block: &PlannedBlockView) -> Self {
        let (weight, part) = match block.target.load {
            TargetLoad::Open => (None, None),
            TargetLoad::Weight(weight) => (Some(weight), None),
            TargetLoad::OfOneRepMax(part) => (None, Some(part)),
        };
        Self {
            exercise_name: block.exercise_name.clone(),
            superset: block.superset,
            notes: block.notes.clone(),
            sets: block.target.sets,
            reps: block.target.reps.into(),
            weight_kg: weight.map(Weight::kilograms).map(Number),
            percent_of_one_rep_max: part.map(Percentage::get),
            rest_s: block.rest.map(DefaultRest::seconds),
            progression: ProgressionLine::new(&block.progression),
        }
    }
}

impl From<RepRange> for RepsLine {
    fn from(range: RepRange) -> Self {
        Self { min: range.least().get(), max: range.most().get() }
    }
}

impl ProgressionLine {
    fn new(progression: &Progression) -> Self {
        let growing = |kind, increment: &Weight, deload: &Deload| Self {
            kind,
            increment_kg: Some(Number(increment.kilograms())),
            percentages: None,
            deload: Some(DeloadLine { after_failures: deload.after_failures(), percent: deload.by().get() }),
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
