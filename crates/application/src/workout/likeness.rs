//! How like a name is to what somebody typed.

use serde::{Deserialize, Serialize};
use spotter_domain::workout::NameKey;

/// How well a name fits: less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rank {
    /// The name itself.
    Whole,
    /// The name begins so.
    Beginning,
    /// A word of the name begins so, each word that was typed.
    Words,
    /// It is somewhere in the name, or is whole words of it but for blanks.
    Part,
    /// Each word that was typed is so many typing errors away from one of the name.
    Like(usize),
    /// It is somewhere in the name but for blanks, and cuts words in two: `squatt` in `squat to press`.
    Across,
}

/// How many letters are looked for without regard to blanks.
const LEAST_JOINED: usize = 6;

/// What somebody typed.
pub(super) struct Typed {
    plain: String,
    words: Vec<String>,
    key: NameKey,
}

impl Typed {
    /// What to look for; none in a text without a letter or digit.
    pub(super) fn of(text: &str) -> Option<Self> {
        let plain = plain(text);
        let words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
        (!words.is_empty()).then(|| Self { words, key: NameKey::of(text), plain })
    }

    /// How it is a part but for blanks: `benchpress`, `dead lift`. Few letters would be found across words that
    /// have nothing to do with each other.
    fn joined_part_of(&self, words: &[&str]) -> Option<Rank> {
        let typed = self.words.concat();
        if typed.chars().count() < LEAST_JOINED {
            return None;
        }
        let joined = words.concat();
        let mut ends = vec![0];
        ends.extend(words.iter().scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        }));
        let is_edge = |at: usize| ends.binary_search(&at).is_ok();
        let places = joined.match_indices(&typed).map(|(at, _)| is_edge(at) && is_edge(at + typed.len()));
        places.map(|whole| if whole { Rank::Part } else { Rank::Across }).min()
    }

    /// How well a name fits; none if it does not.
    pub(super) fn rank(&self, name: &str) -> Option<Rank> {
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
        if plain.contains(&self.plain) {
            return Some(Rank::Part);
        }
        let errors = self.errors(&words).map(Rank::Like);
        [self.joined_part_of(&words), errors].into_iter().flatten().min()
    }

    /// How many typing errors are between what was typed and the words that are nearest to it.
    fn errors(&self, words: &[&str]) -> Option<usize> {
        let nearest = |typed: &String| {
            let errors = words.iter().map(|word| distance(typed, word)).min();
            errors.filter(|errors| *errors <= allowed(typed))
        };
        self.words.iter().map(nearest).sum()
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

    fn rank(typed: &str, name: &str) -> Option<Rank> {
        Typed::of(typed).unwrap().rank(name)
    }

    #[test]
    fn a_name_is_the_more_like_the_less_it_is_cut_up() {
        let name = "Barbell Bench Press";
        let ranks = ["press bench barbell", "barbell b", "pres ben", "ell bench", "bnech prss", "ellbenc"];
        let ranks: Vec<_> = ranks.iter().map(|typed| rank(typed, name).unwrap()).collect();
        let wanted = [Rank::Whole, Rank::Beginning, Rank::Words, Rank::Part, Rank::Like(2), Rank::Across];
        assert_eq!(ranks, wanted);
        assert!(ranks.is_sorted());
        assert_eq!(rank("deadlift", name), None);
    }

    #[test]
    fn blanks_count_for_little_where_whole_words_were_typed() {
        assert_eq!(rank("benchpress", "Barbell Bench Press"), Some(Rank::Part));
        assert_eq!(rank("dead lift", "Barbell Deadlift"), Some(Rank::Part));
        assert_eq!(rank("squatt", "Dumbbell Squat to Press"), Some(Rank::Like(1)));
        assert_eq!(rank("squattop", "Dumbbell Squat to Press"), Some(Rank::Across));
        assert_eq!(rank("llb", "Barbell Bench Press"), None, "too few letters");
    }

    #[test]
    fn there_is_nothing_to_look_for_without_a_letter_or_digit() {
        for text in ["", " ", "%", "(((", "\u{1f4aa}", "\u{301}"] {
            assert!(Typed::of(text).is_none(), "{text:?}");
        }
        assert!(Typed::of("5").is_some() && Typed::of("ß").is_some());
    }
}
