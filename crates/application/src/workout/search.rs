//! Searching exercises: ranked, and forgiving of typing errors.

use spotter_domain::id::ExerciseId;
use spotter_domain::workout::{Equipment, Muscle, NameKey, Traits};

use super::catalogue::catalogue;
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

/// How well an exercise fits: less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The name itself.
    Whole,
    /// The name begins so.
    Beginning,
    /// A word of the name begins so, each word that was typed.
    Words,
    /// It is somewhere in the name.
    Part,
    /// Each word that was typed is so many typing errors away from one of the name.
    Like(usize),
}

/// The exercises that a person can use and that fit, best first; equals by name. Own ones go before others.
pub(crate) fn search(names: &PersonalNames, filter: &ExerciseFilter) -> Vec<ExerciseId> {
    let typed = filter.text.as_deref().map(Typed::of);
    let mut found = Vec::new();
    let mut consider =
        |id: ExerciseId, name: &str, traits: &Traits, aliases: &mut dyn Iterator<Item = &str>, own: bool| {
            let fits = filter.equipment.is_none_or(|equipment| traits.equipment == equipment);
            let primary = filter.muscle.is_none_or(|muscle| traits.primary.contains(muscle));
            let secondary = filter.muscle.is_some_and(|muscle| traits.secondary.contains(muscle));
            if !fits || !(primary || secondary) {
                return;
            }
            let rank = match &typed {
                None => Some((Rank::Whole, 0)),
                Some(typed) => {
                    // An alias is as good as the name, and a little less.
                    let by_name = typed.rank(name).map(|rank| (rank, 0));
                    let by_alias = aliases.filter_map(|alias| typed.rank(alias)).min().map(|rank| (rank, 1));
                    [by_name, by_alias].into_iter().flatten().min()
                }
            };
            if let Some(rank) = rank {
                found.push(((rank, !primary, !own), name.to_lowercase(), id));
            }
        };
    for own in names.custom() {
        let mut aliases = names.aliases().filter(|(_, id)| *id == own.id).map(|(name, _)| name);
        consider(own.id, own.name.as_str(), &own.traits, &mut aliases, true);
    }
    for known in catalogue().exercises() {
        let entry = &known.entry;
        let own = names.aliases().filter(|(_, id)| *id == entry.id).map(|(name, _)| name);
        let mut aliases = known.aliases.iter().map(String::as_str).chain(own);
        consider(entry.id, entry.name.as_str(), &entry.traits, &mut aliases, false);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, id)| id).collect()
}

/// How many letters are looked for without regard to blanks.
const LEAST_JOINED: usize = 6;

/// What somebody typed.
struct Typed {
    plain: String,
    words: Vec<String>,
    key: NameKey,
}

impl Typed {
    fn of(text: &str) -> Self {
        let plain = plain(text);
        Self { words: plain.split(' ').map(str::to_owned).collect(), key: NameKey::of(text), plain }
    }

    /// Whether it is a part but for blanks: `benchpress`, `dead lift`. Few letters would be found across words
    /// that have nothing to do with each other.
    fn is_joined_part_of(&self, plain: &str) -> bool {
        let joined = |text: &str| text.replace(' ', "");
        let typed = joined(&self.plain);
        typed.chars().count() >= LEAST_JOINED && joined(plain).contains(&typed)
    }

    fn rank(&self, name: &str) -> Option<Rank> {
        let plain = plain(name);
        if plain == self.plain || NameKey::of(name) == self.key {
            return Some(Rank::Whole);
        }
        if plain.starts_with(&self.plain) {
            return Some(Rank::Beginning);
        }
        let words: Vec<&str> = plain.split(' ').collect();
        let begins = |typed: &String| words.iter().any(|word| word.starts_with(typed.as_str()));
        if self.words.iter().all(begins) {
            return Some(Rank::Words);
        }
        if plain.contains(&self.plain) || self.is_joined_part_of(&plain) {
            return Some(Rank::Part);
        }
        let mut errors = 0;
        for typed in &self.words {
            let nearest = words.iter().map(|word| distance(typed, word)).min()?;
            if nearest > allowed(typed) {
                return None;
            }
            errors += nearest;
        }
        Some(Rank::Like(errors))
    }
}

/// How many typing errors a word may have: none in up to three letters, one in up to six, two in more.
fn allowed(typed: &str) -> usize {
    match typed.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// The errors (letters left out, added, changed, swapped) between what was typed and a word, or its beginning.
fn distance(typed: &str, word: &str) -> usize {
    let beginning: String = word.chars().take(typed.chars().count()).collect();
    strsim::osa_distance(typed, word).min(strsim::osa_distance(typed, &beginning))
}

/// Lower-case words with single blanks between them.
fn plain(text: &str) -> String {
    let lower: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let filter = ExerciseFilter { text: Some(text.into()), ..ExerciseFilter::default() };
        let ids = search(&PersonalNames::default(), &filter);
        ids.into_iter().filter_map(|id| catalogue().get(id)).map(|found| found.entry.name.as_str()).collect()
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
        assert!(found("???").len() == catalogue().exercises().len(), "nothing was typed");
    }

    #[test]
    fn muscle_and_equipment_narrow_the_search() {
        let filter = ExerciseFilter {
            muscle: Some(Muscle::Chest),
            equipment: Some(Equipment::Dumbbell),
            ..ExerciseFilter::default()
        };
        let ids = search(&PersonalNames::default(), &filter);
        assert!(!ids.is_empty());
        let traits: Vec<_> = ids.iter().map(|id| catalogue().get(*id).unwrap().entry.traits).collect();
        assert!(traits.iter().all(|traits| traits.equipment == Equipment::Dumbbell));
        let primary: Vec<_> = traits.iter().map(|traits| traits.primary.contains(Muscle::Chest)).collect();
        assert!(primary[0] && primary.is_sorted_by(|a, b| a >= b), "main work comes first");
    }
}
