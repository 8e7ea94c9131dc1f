//! From the names in a file to exercises: known ones, and those that are made because nothing is called so.

use std::collections::HashMap;

use spotter_domain::account::Athlete;
use spotter_domain::id::ExerciseId;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{CreatedExercise, ImportMode, ImportReport, LoadKind, NameKey, Traits};
use uuid::Uuid;

use super::custom_exercises::{check_room, make};
use super::names::PersonalNames;
use crate::{Error, Work};

/// The names of a file that have to lead somewhere, each once, and whether something that is taken over has them.
#[derive(Default)]
pub(super) struct Asked<'a> {
    names: Vec<(&'a str, bool)>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Asked<'a> {
    /// Asks for a name that the file describes, whether anything has it or not.
    pub(super) fn describe(&mut self, name: &'a str) {
        self.ask(name, false);
    }

    /// Asks for a name that something has which is taken over.
    pub(super) fn need(&mut self, name: &'a str) {
        self.ask(name, true);
    }

    fn ask(&mut self, name: &'a str, used: bool) {
        let place = *self.places.entry(name).or_insert(self.names.len());
        match self.names.get_mut(place) {
            Some((_, already)) => *already |= used,
            None => self.names.push((name, used)),
        }
    }
}

/// An exercise that a name of the file leads to.
#[derive(Clone, Copy)]
pub(super) struct FoundExercise {
    pub(super) id: ExerciseId,
    pub(super) load: LoadKind,
}

/// The exercises of names.
pub(super) type Found<'a> = HashMap<&'a str, FoundExercise>;

/// Finds the exercises of names, and makes those that there are not, with the traits that the file tells of them.
/// A trial makes nothing: the exercises that it would make have no ids.
pub(super) async fn find<'a>(
    work: &mut Work<'_>,
    athlete: &Athlete,
    names: &PersonalNames,
    asked: Asked<'a>,
    told: &[(ExerciseName, Traits)],
    mode: ImportMode,
    report: &mut ImportReport,
) -> Result<Found<'a>, Error> {
    let told: HashMap<&str, Traits> = told.iter().map(|(name, traits)| (name.as_str(), *traits)).collect();
    let mut found = Found::new();
    let mut unknown: Vec<(ExerciseName, Traits)> = Vec::new();
    let mut places: HashMap<NameKey, usize> = HashMap::new();
    let mut missing = Vec::new();
    for (name, used) in asked.names {
        let known = names.resolve(name).and_then(|known| Some((known, names.describe(known.exercise)?)));
        if let Some((known, described)) = known {
            report.exercises_matched += u64::from(used);
            found.insert(name, FoundExercise { id: known.exercise, load: described.traits.load });
        } else if let Ok(valid) = ExerciseName::parse(name) {
            let place = *places.entry(NameKey::of(name)).or_insert_with(|| {
                unknown.push((valid, told.get(name).copied().unwrap_or_default()));
                unknown.len() - 1
            });
            missing.push((name, place));
        }
    }
    check_room(names, unknown.len())?;
    let written = match mode {
        ImportMode::Real => make(work, athlete, names, unknown.clone()).await?,
        ImportMode::DryRun => Vec::new(),
    };
    let id = |place: usize| written.get(place).map(|exercise| exercise.id);
    for (name, place) in missing {
        let load = unknown[place].1.load;
        found.insert(name, FoundExercise { id: id(place).unwrap_or_else(|| Uuid::nil().into()), load });
    }
    let created = unknown.iter().enumerate();
    report.exercises_created = created
        .map(|(place, (name, _))| CreatedExercise { id: id(place), name: name.as_str().to_owned() })
        .collect();
    Ok(found)
}
