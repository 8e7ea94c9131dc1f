//! Exercise resolution: from a name that somebody typed or exported to an exercise.
//!
//! In this order: exactly the name, exactly an alias, the normalised form of either. What a person has named
//! themselves goes before the catalogue. Everything a person has is read in one statement, however many names
//! are looked up, and kept until the person's exercises change.

use std::collections::HashMap;
use std::sync::Arc;

use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{CustomExercise, NameKey, PersonalExercises, Traits};

use super::catalogue::catalogue;

/// By what a name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is the name.
    Exact,
    /// It is an alias.
    Alias,
    /// It is the name or an alias but for case, accents, punctuation, the order of words or the plural.
    Normalised,
}

impl How {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Alias, Self::Normalised];

    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Alias => "alias",
            Self::Normalised => "normalised",
        }
    }

    /// How sure it is, from 0 to 1.
    #[must_use]
    pub const fn confidence(self) -> f64 {
        match self {
            Self::Exact => 1.0,
            Self::Alias => 0.95,
            Self::Normalised => 0.9,
        }
    }
}

/// The exercise of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// How it was recognised.
    pub how: How,
}

/// The exercises and names of a person, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct PersonalNames {
    exercises: HashMap<ExerciseId, CustomExercise>,
    by_name: HashMap<String, ExerciseId>,
    by_alias: HashMap<String, ExerciseId>,
    by_key: HashMap<NameKey, ExerciseId>,
}

impl PersonalNames {
    /// The index of what a person has.
    #[must_use]
    pub fn of(personal: PersonalExercises) -> Self {
        let mut names = Self::default();
        for exercise in personal.exercises {
            names.add(exercise);
        }
        for alias in personal.aliases {
            let name = alias.name.as_str();
            names.by_alias.insert(name.to_owned(), alias.exercise);
            names.by_key.entry(NameKey::of(name)).or_insert(alias.exercise);
        }
        names
    }

    /// Adds an exercise of the person's own.
    pub(crate) fn add(&mut self, exercise: CustomExercise) {
        let name = exercise.name.as_str();
        self.by_name.insert(name.to_owned(), exercise.id);
        self.by_key.insert(NameKey::of(name), exercise.id);
        self.exercises.insert(exercise.id, exercise);
    }

    /// The exercise of a name; none if nothing is called so.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<Resolution> {
        let own = |map: &HashMap<String, ExerciseId>, how| {
            map.get(name).map(|id| Resolution { exercise: *id, how })
        };
        own(&self.by_name, How::Exact)
            .or_else(|| own(&self.by_alias, How::Alias))
            .or_else(|| catalogue().exact(name))
            .or_else(|| {
                let key = NameKey::of(name);
                let own = self.by_key.get(&key);
                let own = own.map(|id| Resolution { exercise: *id, how: How::Normalised });
                own.or_else(|| catalogue().normalised(&key))
            })
            .filter(|found| self.describe(found.exercise).is_some())
    }

    /// The name and the traits of an exercise that the person can use; none for any other.
    #[must_use]
    pub fn describe(&self, id: ExerciseId) -> Option<Described<'_>> {
        match self.exercises.get(&id) {
            Some(own) => Some(Described { name: &own.name, traits: own.traits, custom: Some(own) }),
            None => catalogue().get(id).map(|known| Described {
                name: &known.entry.name,
                traits: known.entry.traits,
                custom: None,
            }),
        }
    }

    /// The name of an exercise; one of a catalogue that this program does not know is called by its id.
    #[must_use]
    pub fn name_of(&self, id: ExerciseId) -> String {
        self.describe(id).map_or_else(|| id.to_string(), |known| known.name.as_str().to_owned())
    }

    /// What the person made, in no order.
    pub fn custom(&self) -> impl Iterator<Item = &CustomExercise> {
        self.exercises.values()
    }

    /// Names that lead elsewhere, with where.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, ExerciseId)> {
        self.by_alias.iter().map(|(name, id)| (name.as_str(), *id))
    }
}

/// What is known of an exercise.
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// What it is called.
    pub name: &'a ExerciseName,
    /// What is known of it.
    pub traits: Traits,
    /// The person's own, if it is one.
    pub custom: Option<&'a CustomExercise>,
}

/// The names of people, kept as long as their exercises have not changed: the version that they are kept under
/// is read together with the person, so that a change made by another node is seen at once.
#[derive(Debug)]
pub(crate) struct NamesCache(Cache<(AccountId, u32), Arc<PersonalNames>>);

/// How many people's names are kept.
const KEPT: usize = 10_000;

impl Default for NamesCache {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl NamesCache {
    /// What is kept of a person.
    pub(crate) fn get(&self, athlete: &Athlete) -> Option<Arc<PersonalNames>> {
        self.0.get(&(athlete.account, athlete.exercises_version))
    }

    /// Keeps what was read of a person.
    pub(crate) fn keep(&self, athlete: &Athlete, personal: PersonalExercises) -> Arc<PersonalNames> {
        let names = Arc::new(PersonalNames::of(personal));
        self.0.insert((athlete.account, athlete.exercises_version), Arc::clone(&names));
        names
    }
}

#[cfg(test)]
mod tests {
    use spotter_domain::workout::PersonalAlias;

    use super::*;

    fn custom(number: u128, name: &str) -> CustomExercise {
        CustomExercise {
            id: uuid::Uuid::from_u128(number).into(),
            account: uuid::Uuid::nil().into(),
            name: ExerciseName::parse(name).unwrap(),
            traits: Traits::default(),
            version: 1,
            created_at: spotter_domain::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_name_is_looked_for_exactly_then_as_alias_then_normalised() {
        let bench = catalogue().exact("Barbell Bench Press").unwrap().exercise;
        let alias = PersonalAlias { name: ExerciseName::parse("Bankdrücken").unwrap(), exercise: bench };
        let names = PersonalNames::of(PersonalExercises {
            exercises: vec![custom(1, "Yoke Walk with Ada")],
            aliases: vec![alias],
        });
        let how = |name: &str| names.resolve(name).map(|found| found.how);
        assert_eq!(how("Barbell Bench Press"), Some(How::Exact));
        assert_eq!(how("Bench Press (Barbell)"), Some(How::Alias));
        assert_eq!(how("BENCH PRESS barbell"), Some(How::Normalised));
        assert_eq!(how("Bankdrücken"), Some(How::Alias));
        assert_eq!(how("bankdrucken"), Some(How::Normalised));
        assert_eq!(how("Yoke Walk with Ada"), Some(How::Exact));
        assert_eq!(how("ada with yoke walks"), Some(How::Normalised));
        assert_eq!(how("Underwater Basket Weaving"), None);
        assert_eq!(names.resolve("Bankdrücken").unwrap().exercise, bench);
    }
}
