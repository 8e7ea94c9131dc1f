//! What was done, as it is told: exercises with their sets.

use serde::Deserialize;
use spotter_application::workout::{DraftBlock, ExerciseRef};
use spotter_domain::Invalid;
use spotter_domain::text::{ExerciseName, Notes};
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{Distance, Reps, Rpe, Set, SetDuration, SetKind, Weight};
use utoipa::ToSchema;

use crate::at_most::AtMost;
use crate::fields::{Findings, Object, Whole, identifier};
use crate::words;

/// The exercises of a workout session.
pub(super) type BlockRequests = AtMost<Object<BlockRequest>, MOST_BLOCKS>;

/// An exercise with its sets: either `exercise_id` or `exercise_name` says which.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LogExercise)]
pub(crate) struct BlockRequest {
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
    /// In their order; at most a thousand in all exercises together.
    #[schema(value_type = Vec<SetRequest>, max_items = 1000)]
    sets: AtMost<Object<SetRequest>, MOST_SETS>,
}

/// One set; what does not apply is left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LogSet)]
pub(crate) struct SetRequest {
    #[schema(schema_with = words::set_kind_or_null, required = false)]
    kind: Option<String>,
    /// In kilograms, kept to 10 g. A negative one is assistance.
    #[schema(minimum = -2000, maximum = 2000)]
    weight_kg: Option<f64>,
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 10_000)]
    reps: Option<Whole>,
    /// How hard it was: the rating of perceived exertion.
    #[schema(minimum = 1, maximum = 10, multiple_of = 0.5)]
    rpe: Option<f64>,
    /// In metres, kept to the centimetre.
    #[schema(minimum = 0, maximum = 1_000_000)]
    distance_m: Option<f64>,
    /// In seconds.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 86_400)]
    duration_s: Option<Whole>,
}

/// Reads the exercises of a workout session. How many sets they have in all is looked at first: there is no use
/// in telling what is wrong with each of too many.
pub(super) fn blocks(findings: &mut Findings, requests: BlockRequests) -> Option<Vec<DraftBlock>> {
    findings.within("exercises", |findings| {
        let requests = findings.take("", requests.all("exercises"))?;
        let sets: usize = requests.iter().map(|Object(block)| block.sets.as_slice().len()).sum();
        if sets > MOST_SETS {
            findings.note("", Invalid::new(format!("must have at most {MOST_SETS} sets in all")));
            return None;
        }
        findings.each(requests, |findings, Object(block)| block.read(findings))
    })
}

impl BlockRequest {
    fn read(self, findings: &mut Findings) -> Option<DraftBlock> {
        let exercise = exercise(findings, self.exercise_id.as_deref(), self.exercise_name.as_deref());
        let superset = superset(findings, self.superset);
        let notes = findings.take_optional("/notes", self.notes.as_deref().map(Notes::parse));
        let sets = findings.within("sets", |findings| {
            let sets = findings.take("", self.sets.all("sets"))?;
            findings.each(sets, |findings, Object(set)| Some(set.read(findings)))
        });
        Some(DraftBlock { exercise: exercise?, superset, notes, sets: sets? })
    }
}

impl SetRequest {
    /// The set. What was noted makes the whole body good for nothing, so that it does not matter what stands in
    /// its place.
    fn read(self, findings: &mut Findings) -> Set {
        let kind = findings.take_optional("/kind", self.kind.as_deref().map(SetKind::parse));
        Set {
            kind: kind.unwrap_or_default(),
            weight: findings.take_optional("/weight_kg", self.weight_kg.map(Weight::from_kilograms)),
            reps: findings.take_optional("/reps", self.reps.map(|reps| Reps::new(reps.to_i64()))),
            rpe: findings.take_optional("/rpe", self.rpe.map(Rpe::new)),
            distance: findings.take_optional("/distance_m", self.distance_m.map(Distance::from_metres)),
            duration: findings.take_optional(
                "/duration_s",
                self.duration_s.map(|seconds| SetDuration::from_seconds(seconds.to_i64())),
            ),
        }
    }
}

/// Reads which exercise is meant.
pub(super) fn exercise(findings: &mut Findings, id: Option<&str>, name: Option<&str>) -> Option<ExerciseRef> {
    match (id, name) {
        (Some(id), None) => findings.take("/exercise_id", identifier(id)).map(ExerciseRef::Id),
        (None, Some(name)) => {
            findings.take("/exercise_name", ExerciseName::parse(name)).map(ExerciseRef::Name)
        }
        _ => {
            findings.note("", Invalid::new("must have either exercise_id or exercise_name"));
            None
        }
    }
}

/// Reads the number of those that are done in turn.
pub(super) fn superset(findings: &mut Findings, number: Option<Whole>) -> Option<u16> {
    let number = number.map(|number| {
        u16::try_from(number.to_i64()).map_err(|_| Invalid::new("must be a whole number from 0 to 65535"))
    });
    findings.take_optional("/superset", number)
}

#[cfg(test)]
mod tests {
    use spotter_application::Error;

    use super::*;

    fn read(json: &str) -> Result<Vec<DraftBlock>, Vec<String>> {
        let requests: BlockRequests = serde_json::from_str(json).unwrap();
        let mut findings = Findings::default();
        let blocks = blocks(&mut findings, requests);
        match findings.finish(blocks) {
            Ok(blocks) => Ok(blocks.unwrap()),
            Err(Error::Invalid(errors)) => {
                Err(errors.iter().map(|error| error.pointer.clone().into_owned()).collect())
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn sets_are_read_as_they_are_told() {
        let json = r#"[{"exercise_name": "Squat", "superset": 0, "sets": [
            {"kind": "warmup", "weight_kg": 60, "reps": 5.0}, {"weight_kg": -12.34, "rpe": 8.5},
            {"distance_m": 1000.5, "duration_s": 60}, {}
        ]}]"#;
        let blocks = read(json).unwrap();
        assert_eq!(blocks[0].superset, Some(0));
        let [warmup, assisted, run, empty] = blocks[0].sets[..] else { panic!("four sets") };
        assert_eq!((warmup.kind, warmup.repetitions()), (SetKind::Warmup, 5));
        assert_eq!((assisted.weight.unwrap().steps(), assisted.rpe.unwrap().halves()), (-1234, 17));
        assert_eq!((run.distance.unwrap().centimetres(), run.duration.unwrap().seconds()), (100_050, 60));
        assert_eq!(empty, Set::default());
    }

    #[test]
    fn every_wrong_value_is_told_where_it_stands() {
        let json = r#"[
            {"exercise_name": "Squat", "sets": [{}, {"weight_kg": 1e9, "reps": -1, "rpe": 8.3}]},
            {"sets": [{"kind": "easy", "distance_m": -1, "duration_s": 86401}]},
            {"exercise_id": "x", "superset": -1, "notes": " ", "sets": []},
            {"exercise_id": "x", "exercise_name": "y", "sets": []}
        ]"#;
        let pointers = [
            "/0/sets/1/weight_kg",
            "/0/sets/1/reps",
            "/0/sets/1/rpe",
            "/1",
            "/1/sets/0/kind",
            "/1/sets/0/distance_m",
            "/1/sets/0/duration_s",
            "/2/exercise_id",
            "/2/superset",
            "/2/notes",
            "/3",
        ];
        assert_eq!(read(json), Err(pointers.map(|pointer| format!("/exercises{pointer}")).to_vec()));
    }

    #[test]
    fn too_many_are_one_finding() {
        let block = |sets: usize| {
            format!(r#"{{"exercise_name":"Squat","sets":[{}]}}"#, vec![r#"{"reps":-1}"#; sets].join(","))
        };
        let list = |blocks: usize, sets: usize| format!("[{}]", vec![block(sets); blocks].join(","));
        assert_eq!(read(&list(1, 1001)), Err(vec!["/exercises/0/sets".into()]));
        assert_eq!(read(&list(101, 1)), Err(vec!["/exercises".into()]));
        assert_eq!(read(&list(2, 501)), Err(vec!["/exercises".into()]));
        assert_eq!(read(&list(1, 1000)).unwrap_err().len(), 100);
    }
}
