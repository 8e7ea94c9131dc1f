//! The normalised form of an exercise's name: what two spellings of one name have in common.

use std::borrow::Cow;

/// A name without case, accents, punctuation, word order and plural.
///
/// Equipment in brackets, in front or behind, needs no rule of its own: brackets are punctuation and the words
/// are sorted, so that `Bench Press (Barbell)` and `barbell bench-press` come to the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(String);

impl NameKey {
    /// The normalised form of a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut plain = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            match unaccented(c) {
                Some(letters) => plain.push_str(letters),
                None if c.is_alphanumeric() => plain.push(c),
                // An apostrophe or an accent of its own stands within a word, anything else between two.
                None if matches!(c, '\'' | '\u{2019}' | '`' | '\u{0300}'..='\u{036f}') => {}
                None => plain.push(' '),
            }
        }
        let mut words: Vec<Cow<'_, str>> = plain.split_whitespace().map(singular).collect();
        words.sort_unstable();
        Self(words.join(" "))
    }

    /// The form itself: lower-case words, sorted. Empty for a name without a letter or digit.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word without the ending of its plural: `squats`, `presses`, `flies`.
fn singular(word: &str) -> Cow<'_, str> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| !stem.is_empty()) {
        return Cow::Owned(format!("{stem}y"));
    }
    let hisses = |stem: &&str| ["ss", "sh", "ch", "x", "z"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("es").filter(hisses) {
        return Cow::Borrowed(stem);
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() >= 2 && !stem.ends_with('s') => Cow::Borrowed(stem),
        _ => Cow::Borrowed(word),
    }
}

/// The letters that a letter with an accent is written with where there are none.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_come_to_the_same() {
        let key = NameKey::of("Bench Press (Barbell)");
        for name in
            ["barbell bench press", "BARBELL  BENCH-PRESS", "Bench-Press, Barbell", "Bênch Press [Barbells]"]
        {
            assert_eq!(NameKey::of(name), key, "{name}");
        }
        assert_eq!(NameKey::of("Farmer's Walk"), NameKey::of("farmers walk"));
        assert_eq!(NameKey::of("Pull-Ups"), NameKey::of("pull up"));
        assert_ne!(NameKey::of("Bench Press (Dumbbell)"), key);
        assert_eq!(NameKey::of("???").as_str(), "");
    }

    #[test]
    fn only_the_ending_of_a_plural_is_dropped() {
        assert_eq!(NameKey::of("press").as_str(), "press");
        assert_eq!(NameKey::of("glass").as_str(), "glass");
        assert_eq!(NameKey::of("s").as_str(), "s");
        for (many, one) in [
            ("squats", "squat"),
            ("presses", "press"),
            ("crunches", "crunch"),
            ("boxes", "box"),
            ("lunges", "lunge"),
            ("raises", "raise"),
            ("flies", "fly"),
        ] {
            assert_eq!(NameKey::of(many), NameKey::of(one), "{many}");
            assert_eq!(NameKey::of(many).as_str(), one);
        }
    }

    proptest! {
        #[test]
        fn the_order_of_words_does_not_matter(words in prop::collection::vec("[a-zé]{1,8}", 1..6)) {
            let forth = words.join(" ");
            let back: Vec<&str> = words.iter().rev().map(String::as_str).collect();
            prop_assert_eq!(NameKey::of(&forth), NameKey::of(&back.join("-")));
        }
    }
}
