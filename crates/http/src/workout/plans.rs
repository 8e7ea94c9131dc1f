//! What is planned, as it is told: exercises with their targets.

use serde::Deserialize;
use spotter_application::workout::{DraftPlan, DraftProgression};
use spotter_domain::Invalid;
use spotter_domain::account::DefaultRest;
use spotter_domain::text::Notes;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{Percentage, Target, TargetLoad, Weight};
use utoipa::ToSchema;

use super::blocks::{exercise, superset};
use super::progressions::{ProgressionRequest, progression};
use super::reps::{RepsRequest, reps_schema};
use crate::at_most::AtMost;
use crate::fields::{Findings, Object, Whole};

/// The exercises of a template.
pub(super) type PlanRequests = AtMost<Object<PlanRequest>, MOST_BLOCKS>;

/// What is planned of an exercise: either `exercise_id` or `exercise_name` says of which, and at most one of
/// `weight_kg` and `percent_of_one_rep_max` with how much.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanExercise)]
pub(crate) struct PlanRequest {
    /// An exercise that the caller can use.
    #[schema(format = "uuid")]
    exercise_id: Option<String>,
    /// A name that leads to an exercise, or becomes one of the caller's own.
    #[schema(min_length = 1, max_length = 200)]
    exercise_name: Option<String>,
    /// Exercises of one number are done in turn.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 65_535)]
    superset: Option<Whole>,
    #[schema(min_length = 1, max_length = 10_000)]
    notes: Option<String>,
    /// How many working sets; at most a thousand in all exercises together.
    #[schema(value_type = i64, minimum = 1, maximum = 255)]
    sets: Whole,
    #[schema(schema_with = reps_schema)]
    reps: RepsRequest,
    /// With how much to begin, in kilograms, kept to 10 g. A negative one is assistance.
    #[schema(minimum = -2000, maximum = 2000)]
    weight_kg: Option<f64>,
    /// With so much of the estimated one-rep max.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 150)]
    percent_of_one_rep_max: Option<Whole>,
    /// How many seconds to rest; without it, as long as the person prefers.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 3600)]
    rest_s: Option<Whole>,
    /// Without it, as the person prefers.
    #[schema(value_type = Option<ProgressionRequest>)]
    progression: Option<Object<ProgressionRequest>>,
}

/// Reads the exercises of a template.
pub(super) fn plans(findings: &mut Findings, requests: PlanRequests) -> Option<Vec<DraftPlan>> {
    findings.within("exercises", |findings| {
        let requests = findings.take("", requests.all("exercises"))?;
        let plans = findings.each(requests, |findings, Object(plan)| plan.read(findings))?;
        if plans.iter().map(|plan| usize::from(plan.target.sets)).sum::<usize>() > MOST_SETS {
            findings.note("", Invalid::new(format!("must have at most {MOST_SETS} sets in all")));
        }
        Some(plans)
    })
}

impl PlanRequest {
    fn read(self, findings: &mut Findings) -> Option<DraftPlan> {
        let exercise = exercise(findings, self.exercise_id.as_deref(), self.exercise_name.as_deref());
        let superset = superset(findings, self.superset);
        let notes = findings.take_optional("/notes", self.notes.as_deref().map(Notes::parse));
        let sets = u8::try_from(self.sets.to_i64()).ok().filter(|sets| *sets > 0);
        let sets = findings.take("/sets", sets.ok_or_else(|| Invalid::new("must be 1 to 255 sets")));
        let reps = self.reps.read(findings);
        let load = load(findings, self.weight_kg, self.percent_of_one_rep_max);
        let rest = self.rest_s.map(|seconds| DefaultRest::new(seconds.to_u16()));
        let rest = findings.take_optional("/rest_s", rest);
        let progression = match self.progression {
            None => Some(DraftProgression::Preferred),
            Some(Object(request)) => findings
                .within("progression", |findings| progression(findings, request))
                .map(DraftProgression::Chosen),
        };
        let target = Target { sets: sets?, reps: reps?, load: load? };
        Some(DraftPlan { exercise: exercise?, superset, notes, target, rest, progression: progression? })
    }
}

/// Reads with how much.
fn load(findings: &mut Findings, weight: Option<f64>, part: Option<Whole>) -> Option<TargetLoad> {
    let both = weight.is_some() && part.is_some();
    let weight = weight.map(|weight| findings.take("/weight_kg", Weight::from_kilograms(weight)));
    let part = part.map(|part| findings.take("/percent_of_one_rep_max", Percentage::new(part.to_u16())));
    if both {
        findings.note("/percent_of_one_rep_max", Invalid::new("must not stand beside weight_kg"));
        return None;
    }
    match (weight, part) {
        (Some(weight), _) => weight.map(TargetLoad::Weight),
        (None, Some(part)) => part.map(TargetLoad::OfOneRepMax),
        (None, None) => Some(TargetLoad::Open),
    }
}

#[cfg(test)]
mod tests {
    use spotter_application::Error;

    use super::*;

    fn read(plan: &str) -> Result<DraftPlan, Vec<String>> {
        let requests = serde_json::from_str(&format!("[{plan}]")).map_err(|error| vec![error.to_string()])?;
        let mut findings = Findings::default();
        let plans = plans(&mut findings, requests);
        match findings.finish(plans) {
            Ok(plans) => Ok(plans.unwrap().remove(0)),
            Err(Error::Invalid(errors)) => {
                Err(errors.iter().map(|error| error.pointer.clone().into_owned()).collect())
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_load_is_told_in_one_way() {
        let load = |json: &str| {
            let plan = read(&format!(r#"{{"exercise_name": "Squat", "sets": 3, "reps": 5{json}}}"#));
            plan.map(|plan| plan.target.load)
        };
        assert_eq!(load(""), Ok(TargetLoad::Open));
        assert_eq!(
            load(r#", "weight_kg": 60"#),
            Ok(TargetLoad::Weight(Weight::from_kilograms(60.0).unwrap()))
        );
        assert_eq!(
            load(r#", "percent_of_one_rep_max": 80"#),
            Ok(TargetLoad::OfOneRepMax(Percentage::new(80).unwrap()))
        );
        let both = load(r#", "weight_kg": 60, "percent_of_one_rep_max": 80"#);
        assert_eq!(both, Err(vec!["/exercises/0/percent_of_one_rep_max".into()]));
        assert_eq!(
            load(r#", "percent_of_one_rep_max": 151"#),
            Err(vec!["/exercises/0/percent_of_one_rep_max".into()])
        );
    }
}
