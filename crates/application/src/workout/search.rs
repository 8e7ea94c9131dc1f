//! Searching exercises: ranked, and forgiving of typing errors.

use serde::{Deserialize, Serialize};
use spotter_domain::id::ExerciseId;
use spotter_domain::workout::{Equipment, Muscle, Traits};

use super::catalogue::catalogue;
use super::likeness::{Rank, Typed};
use super::names::PersonalNames;

/// Which exercises are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExerciseFilter {
    /// A part of the name, or something like it.
    pub text: Option<String>,
    /// One that works this muscle, first those whose main work it is.
    pub muscle: Option<Muscle>,
    /// One that is done with this.
    pub equipment: Option<Equipment>,
}

/// The place of an exercise in what a search finds. What is at it may go or be renamed: what comes after it is
/// still the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseCursor {
    rank: Rank,
    /// An alias is as good as the name, and a little less.
    by_alias: bool,
    /// It only helps the muscle that is looked for.
    helps: bool,
    /// It is everybody's: own ones go before others.
    shared: bool,
    /// How many words the name has: what was typed is the more of it the fewer there are.
    words: usize,
    name: String,
    id: ExerciseId,
}

impl ExerciseCursor {
    /// What is at this place, or was.
    pub(crate) const fn id(&self) -> ExerciseId {
        self.id
    }
}

/// An exercise that is considered.
struct Candidate<'a> {
    id: ExerciseId,
    name: &'a str,
    traits: &'a Traits,
    shared: bool,
}

/// The exercises that a person can use and that fit, best first; where text was given, equals by the number of
/// words, then by name. Nothing but blanks is no text; a text without a letter or digit finds nothing.
pub(crate) fn search(names: &PersonalNames, filter: &ExerciseFilter) -> Vec<ExerciseCursor> {
    let text = filter.text.as_deref().filter(|text| !text.trim().is_empty());
    let typed = text.and_then(Typed::of);
    if text.is_some() && typed.is_none() {
        return Vec::new();
    }
    let typed = typed.as_ref();
    let mut found = Vec::new();
    for own in names.custom() {
        let name = own.name.as_str();
        let candidate = Candidate { id: own.id, name, traits: &own.traits, shared: false };
        found.extend(place(&candidate, names, &[], filter, typed));
    }
    for known in catalogue().exercises() {
        let entry = &known.entry;
        let name = entry.name.as_str();
        let candidate = Candidate { id: entry.id, name, traits: &entry.traits, shared: true };
        found.extend(place(&candidate, names, &known.aliases, filter, typed));
    }
    found.sort_unstable();
    found
}

/// The place of an exercise; none if it does not fit.
fn place(
    candidate: &Candidate<'_>,
    names: &PersonalNames,
    aliases: &[String],
    filter: &ExerciseFilter,
    typed: Option<&Typed>,
) -> Option<ExerciseCursor> {
    let &Candidate { id, name, traits, shared } = candidate;
    let fits = filter.equipment.is_none_or(|equipment| traits.equipment == equipment);
    let primary = filter.muscle.is_none_or(|muscle| traits.primary.contains(muscle));
    let secondary = filter.muscle.is_some_and(|muscle| traits.secondary.contains(muscle));
    if !fits || !(primary || secondary) {
        return None;
    }
    let (rank, by_alias, words) = match typed {
        None => (Rank::Whole, false, 0),
        Some(typed) => {
            let own = names.aliases().filter(|(_, of)| *of == id).map(|(alias, _)| alias);
            let aliases = aliases.iter().map(String::as_str).chain(own);
            let by_name = typed.rank(name).map(|rank| (rank, false));
            let by_alias = aliases.filter_map(|alias| typed.rank(alias)).min().map(|rank| (rank, true));
            let (rank, by_alias) = [by_name, by_alias].into_iter().flatten().min()?;
            (rank, by_alias, name.split_whitespace().count())
        }
    };
    Some(ExerciseCursor { rank, by_alias, helps: !primary, shared, words, name: name.to_lowercase(), id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let filter = ExerciseFilter { text: Some(text.into()), ..ExerciseFilter::default() };
        let found = search(&PersonalNames::default(), &filter);
        found
            .iter()
            .filter_map(|place| catalogue().get(place.id()))
            .map(|found| found.entry.name.as_str())
            .collect()
    }

    #[test]
    fn the_name_itself_comes_first() {
        assert_eq!(found("Barbell Bench Press")[0], "Barbell Bench Press");
        assert_eq!(found("bench press (barbell)")[0], "Barbell Bench Press");
        assert!(found("bench").len() > 3);
        assert!(found("bench").iter().all(|name| !name.is_empty()));
    }

    #[test]
    fn typing_errors_are_forgiven() {
        for typed in
            ["barbel bench press", "benchpress", "dead lift", "bnech press", "bench prss", "dedlift", "squta"]
        {
            assert!(!found(typed).is_empty(), "{typed}");
        }
        assert!(found("bnech press").contains(&"Barbell Bench Press"));
        assert!(found("zzzzzz").is_empty());
    }

    #[test]
    fn one_letter_too_many_still_means_the_plain_exercise() {
        let names = found("squatt");
        assert!(names[..3].contains(&"Barbell Squat"), "{:?}", &names[..8]);
        assert!(names[..8].iter().all(|name| name.ends_with("Squat")), "{:?}", &names[..8]);
    }

    #[test]
    fn a_text_without_a_letter_or_digit_finds_nothing_and_blanks_are_no_text() {
        for text in ["%", "(((", "???", "\u{1f4aa}"] {
            assert!(found(text).is_empty(), "{text}");
        }
        for text in ["", "  "] {
            assert_eq!(found(text).len(), catalogue().exercises().len(), "{text:?}");
            assert!(found(text).iter().is_sorted_by_key(|name| name.to_lowercase()), "by name alone");
        }
    }

    #[test]
    fn a_place_comes_back_as_it_was_sent() {
        let filter = ExerciseFilter { text: Some("bnech press".into()), ..ExerciseFilter::default() };
        let place = search(&PersonalNames::default(), &filter).remove(0);
        let sent = serde_json::to_string(&place).unwrap();
        assert_eq!(serde_json::from_str::<ExerciseCursor>(&sent).unwrap(), place);
    }

    #[test]
    fn muscle_and_equipment_narrow_the_search() {
        let filter = ExerciseFilter {
            muscle: Some(Muscle::Chest),
            equipment: Some(Equipment::Dumbbell),
            ..ExerciseFilter::default()
        };
        let found = search(&PersonalNames::default(), &filter);
        assert!(!found.is_empty());
        let traits: Vec<_> =
            found.iter().map(|place| catalogue().get(place.id()).unwrap().entry.traits).collect();
        assert!(traits.iter().all(|traits| traits.equipment == Equipment::Dumbbell));
        let primary: Vec<_> = traits.iter().map(|traits| traits.primary.contains(Muscle::Chest)).collect();
        assert!(primary[0] && primary.is_sorted_by(|a, b| a >= b), "main work comes first");
    }
}
