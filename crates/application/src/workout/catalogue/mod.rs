//! The catalogue of exercises: one data file that is part of the program.
//!
//! Statements join with the copy of it in the database, which [`crate::Spotter::load_catalogue`] keeps in step.
//! Names are looked up here.

mod load;

pub use load::Loaded;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use spotter_domain::id::ExerciseId;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{
    CatalogueEntry, Equipment, Force, LoadKind, Mechanic, Muscle, Muscles, NameKey, Traits,
};
use uuid::{Builder, Uuid};

use super::names::{How, Resolution};

const FILE: &str = include_str!("exercises.json");

/// What identifiers of the catalogue are hashed with.
const NAMESPACE: Uuid = Uuid::from_u128(0x018f_8f5e_0000_7000_8000_7370_6f74_7465);

/// 2026-11-01T00:00:00Z in milliseconds: the time in every identifier of the catalogue.
const EPOCH_MILLIS: u64 = 1_793_491_200_000;

/// An exercise of the catalogue with all of its names.
#[derive(Clone, Debug)]
pub struct CatalogueExercise {
    /// What the database keeps of it.
    pub entry: CatalogueEntry,
    /// Other names, also as other apps write them.
    pub aliases: Vec<String>,
}

/// The catalogue, ready to be searched.
#[derive(Debug)]
pub struct Catalogue {
    exercises: Vec<CatalogueExercise>,
    by_id: HashMap<ExerciseId, usize>,
    by_name: HashMap<String, ExerciseId>,
    by_alias: HashMap<String, ExerciseId>,
    by_key: HashMap<NameKey, ExerciseId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    slug: String,
    name: String,
    aliases: Vec<String>,
    primary: Vec<Muscle>,
    secondary: Vec<Muscle>,
    equipment: Equipment,
    mechanic: Option<Mechanic>,
    force: Option<Force>,
    load: LoadKind,
}

/// The catalogue of this program.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(&read()));
    &CATALOGUE
}

/// The lines of the file. That it can be read, and that no two exercises share a name, is tested: a line that
/// could not be read would be left out.
fn read() -> Vec<CatalogueExercise> {
    let lines: Vec<Line> = serde_json::from_str(FILE).unwrap_or_default();
    lines.into_iter().filter_map(Line::into_exercise).collect()
}

impl Line {
    fn into_exercise(self) -> Option<CatalogueExercise> {
        let traits = Traits {
            primary: self.primary.into_iter().collect(),
            secondary: self.secondary.into_iter().collect::<Muscles>(),
            equipment: self.equipment,
            mechanic: self.mechanic,
            force: self.force,
            load: self.load,
        };
        let entry =
            CatalogueEntry { id: id_of(&self.slug), name: ExerciseName::parse(&self.name).ok()?, traits };
        Some(CatalogueExercise { entry, aliases: self.aliases })
    }
}

/// The identifier of the exercise of that slug: the same in every installation, and of version 7 in its shape.
fn id_of(slug: &str) -> ExerciseId {
    let hash = Uuid::new_v5(&NAMESPACE, slug.as_bytes()).into_bytes();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[6..]);
    Builder::from_unix_timestamp_millis(EPOCH_MILLIS, &random).into_uuid().into()
}

impl Catalogue {
    fn of(exercises: &[CatalogueExercise]) -> Self {
        let mut catalogue = Self {
            exercises: exercises.to_vec(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
            by_key: HashMap::new(),
        };
        for (index, exercise) in exercises.iter().enumerate() {
            let (id, name) = (exercise.entry.id, exercise.entry.name.as_str());
            catalogue.by_id.insert(id, index);
            catalogue.by_name.insert(name.to_owned(), id);
            catalogue.by_key.insert(NameKey::of(name), id);
            for alias in &exercise.aliases {
                catalogue.by_alias.insert(alias.clone(), id);
                catalogue.by_key.entry(NameKey::of(alias)).or_insert(id);
            }
        }
        catalogue
    }

    /// Every exercise, in the order of the file.
    #[must_use]
    pub fn exercises(&self) -> &[CatalogueExercise] {
        &self.exercises
    }

    /// The exercise of that id.
    #[must_use]
    pub fn get(&self, id: ExerciseId) -> Option<&CatalogueExercise> {
        self.by_id.get(&id).and_then(|index| self.exercises.get(*index))
    }

    /// The exercise of exactly that name or alias.
    #[must_use]
    pub fn exact(&self, name: &str) -> Option<Resolution> {
        let by_name = self.by_name.get(name).map(|id| Resolution { exercise: *id, how: How::Exact });
        by_name.or_else(|| self.by_alias.get(name).map(|id| Resolution { exercise: *id, how: How::Alias }))
    }

    /// The exercise that has that normalised name.
    #[must_use]
    pub fn normalised(&self, key: &NameKey) -> Option<Resolution> {
        self.by_key.get(key).map(|id| Resolution { exercise: *id, how: How::Normalised })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_of_the_file_is_an_exercise() {
        let lines: Vec<Line> = serde_json::from_str(FILE).unwrap();
        assert!(lines.len() >= 300, "{} exercises", lines.len());
        assert_eq!(read().len(), lines.len());
        assert!(lines.is_sorted_by(|a, b| a.slug < b.slug), "lines are sorted by slug");
        for line in &lines {
            assert!(!line.primary.is_empty(), "{}: which muscles?", line.slug);
            assert!(line.primary.iter().all(|muscle| !line.secondary.contains(muscle)), "{}", line.slug);
        }
        let ids: HashSet<_> = lines.iter().map(|line| id_of(&line.slug)).collect();
        assert_eq!(ids.len(), lines.len());
        assert!(ids.iter().all(|id| id.uuid().get_version_num() == 7));
    }

    #[test]
    fn no_name_leads_to_two_exercises() {
        let mut owners: HashMap<NameKey, String> = HashMap::new();
        for exercise in read() {
            let name = exercise.entry.name.as_str();
            for known in exercise.aliases.iter().map(String::as_str).chain([name]) {
                let owner = owners.entry(NameKey::of(known)).or_insert_with(|| name.to_owned());
                assert_eq!(owner, name, "{known} leads to two exercises");
            }
        }
    }

    #[test]
    fn names_of_other_apps_are_known() {
        let named = |name: &str| {
            let found = catalogue().exact(name).or_else(|| catalogue().normalised(&NameKey::of(name)));
            found.and_then(|found| catalogue().get(found.exercise)).map(|found| found.entry.name.as_str())
        };
        for name in [
            "Bench Press (Barbell)",
            "Squat (Barbell)",
            "Deadlift (Barbell)",
            "Lat Pulldown (Cable)",
            "Chin Up",
            "Chin Up (Assisted)",
            "Running (Treadmill)",
            "Plank",
        ] {
            assert!(named(name).is_some(), "{name}");
        }
        assert_eq!(named("barbell bench press"), named("Bench Press (Barbell)"));
        assert_eq!(named("no such exercise"), None);
    }
}
