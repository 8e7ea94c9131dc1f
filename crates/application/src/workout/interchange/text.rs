//! Text of a file, made into text that is valid here.

use std::collections::HashMap;

/// Titles and names of exercises have at most so many characters.
pub(in crate::workout) const MOST_OF_NAME: usize = 200;

/// Whether a text may run over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workout) enum Lines {
    One,
    Many,
}

/// What had to be done to a text to make it valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workout) enum Mended {
    /// Nothing.
    No,
    /// It was cut to this many characters.
    Cut(usize),
    /// Characters that have no place in text were left out.
    Cleaned,
}

impl Mended {
    /// A sentence about it, if anything was done to `what`.
    pub(in crate::workout) fn complaint(self, what: &str) -> Option<String> {
        match self {
            Self::No => None,
            Self::Cut(most) => Some(format!("{what} is longer than {most} characters and was cut.")),
            Self::Cleaned => Some(format!("{what} holds control characters, which were left out.")),
        }
    }
}

/// Trims a text, takes the control characters out of it, and cuts it. A line break that has no place in it becomes a
/// space.
pub(in crate::workout) fn mended(text: &str, most: usize, lines: Lines) -> (String, Mended) {
    let allowed = |c: char| !c.is_control() || (lines == Lines::Many && matches!(c, '\n' | '\r' | '\t'));
    let trimmed = text.trim();
    let mut how = Mended::No;
    let mut kept = if trimmed.chars().all(allowed) {
        trimmed.to_owned()
    } else {
        how = Mended::Cleaned;
        let spaced =
            trimmed.chars().map(|c| if c.is_control() && c.is_whitespace() && !allowed(c) { ' ' } else { c });
        spaced.filter(|&c| allowed(c)).collect::<String>().trim().to_owned()
    };
    if let Some((end, _)) = kept.char_indices().nth(most) {
        kept.truncate(end);
        kept.truncate(kept.trim_end().len());
        how = Mended::Cut(most);
    }
    (kept, how)
}

/// A piece of a file inside a sentence: in quotes, short, and printable.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let printable = text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c });
    let mut shown: String = std::iter::once('"').chain(printable.take(MOST)).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown.push('"');
    shown
}

/// Short texts that come again and again, each kept once.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    /// The number of a text, and what had to be done to it if it is new. A text in which nothing is left has none.
    pub(super) fn number(&mut self, text: &str) -> (Option<u32>, Mended) {
        let text = text.trim();
        if let Some(&number) = self.known.get(text) {
            return (Some(number), Mended::No);
        }
        let (kept, how) = mended(text, MOST_OF_NAME, Lines::One);
        if kept.is_empty() {
            return (None, how);
        }
        let number = self.known.get(&kept).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            self.names.push(kept.clone());
            self.known.insert(kept, number);
            number
        });
        if how != Mended::No {
            self.known.insert(text.to_owned(), number);
        }
        (Some(number), how)
    }

    /// The text of this number.
    pub(super) fn get(&self, number: u32) -> Option<&str> {
        self.names.get(usize::try_from(number).ok()?).map(String::as_str)
    }

    /// The texts in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<String> {
        self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_mended_only_where_it_has_to_be() {
        assert_eq!(mended(" Früh \n", 200, Lines::One), ("Früh".to_owned(), Mended::No));
        assert_eq!(mended("a\tb\u{7}c", 200, Lines::One), ("a bc".to_owned(), Mended::Cleaned));
        assert_eq!(mended("a\tb\nc", 200, Lines::Many), ("a\tb\nc".to_owned(), Mended::No));
        assert_eq!(mended("ab cd", 3, Lines::One), ("ab".to_owned(), Mended::Cut(3)));
        assert_eq!(mended("\u{7}", 3, Lines::One), (String::new(), Mended::Cleaned));
    }

    #[test]
    fn a_quotation_is_short_and_printable() {
        assert_eq!(quoted("a\u{1b}[0m"), "\"a\u{FFFD}[0m\"");
        assert_eq!(quoted(&"x".repeat(50)).chars().count(), 43);
    }

    #[test]
    fn names_are_numbered_in_the_order_of_their_first_appearance() {
        let mut names = Names::default();
        let long = "x".repeat(300);
        assert_eq!(names.number(" Plank "), (Some(0), Mended::No));
        assert_eq!(names.number(&long), (Some(1), Mended::Cut(200)));
        assert_eq!(names.number(&long), (Some(1), Mended::No), "it was complained about once");
        assert_eq!(names.number("Plank"), (Some(0), Mended::No));
        assert_eq!(names.number(&long[..200]), (Some(1), Mended::No));
        assert_eq!(names.number(" "), (None, Mended::No));
        assert_eq!(names.get(1), Some(&long[..200]));
        assert_eq!(names.into_list().len(), 2);
    }
}
