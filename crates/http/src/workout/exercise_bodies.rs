//! Exercises as they are sent.

use serde::{Deserialize, Serialize};
use spotter_application::workout::ExerciseView;
use spotter_domain::workout::{Force, Mechanic, Muscle, Muscles};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::at_most::AtMost;
use crate::fields::Findings;
use crate::words;

/// Names an exercise in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct ExercisePath {
    /// The exercise.
    id: Uuid,
}

/// An exercise, of the catalogue or of the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = Exercise)]
pub(crate) struct ExerciseBody {
    id: Uuid,
    name: String,
    /// Other names that lead to it.
    aliases: Vec<String>,
    #[schema(schema_with = words::primary_muscles)]
    primary_muscles: Vec<&'static str>,
    #[schema(schema_with = words::secondary_muscles)]
    secondary_muscles: Vec<&'static str>,
    #[schema(schema_with = words::equipment)]
    equipment: &'static str,
    #[schema(required, schema_with = words::mechanic_or_null)]
    mechanic: Option<&'static str>,
    #[schema(required, schema_with = words::force_or_null)]
    force: Option<&'static str>,
    #[schema(schema_with = words::load_kind)]
    load: &'static str,
    /// Whether it is the caller's own; those of the catalogue are everybody's.
    custom: bool,
    #[serde(skip)]
    version: Option<u32>,
}

impl ExerciseBody {
    pub(super) fn new(view: ExerciseView) -> Self {
        let words = |muscles: Muscles| muscles.iter().map(Muscle::as_str).collect();
        Self {
            id: view.id.uuid(),
            name: view.name,
            aliases: view.aliases,
            primary_muscles: words(view.traits.primary),
            secondary_muscles: words(view.traits.secondary),
            equipment: view.traits.equipment.as_str(),
            mechanic: view.traits.mechanic.map(Mechanic::as_str),
            force: view.traits.force.map(Force::as_str),
            load: view.traits.load.as_str(),
            custom: view.version.is_some(),
            version: view.version,
        }
    }
}

impl Representation for ExerciseBody {
    fn version(&self) -> Option<u32> {
        self.version
    }
}

/// As many words as there are muscles.
pub(super) type MuscleWords = AtMost<String, { Muscle::ALL.len() }>;

/// Reads muscles, each word for itself; they stand under `name`.
pub(super) fn muscles(findings: &mut Findings, name: &'static str, words: MuscleWords) -> Option<Muscles> {
    let muscles = findings.within(name, |findings| {
        let words = findings.take("", words.all("muscles"))?;
        findings.each(words, |findings, word| findings.take("", Muscle::parse(&word)))
    });
    muscles.map(|muscles| muscles.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_that_names_no_muscle_is_told() {
        let mut findings = Findings::default();
        let words = serde_json::from_str(r#"["chest", "wing", "chest", "fin"]"#).unwrap();
        assert_eq!(muscles(&mut findings, "primary_muscles", words), None);
        let spotter_application::Error::Invalid(errors) = findings.into_error() else { unreachable!() };
        let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_ref()).collect();
        assert_eq!(pointers, ["/primary_muscles/1", "/primary_muscles/3"]);
    }
}
