//! Notes: the different ones of several rows put together, and line breaks that are written as `\n`.

use std::borrow::Cow;

use spotter_domain::text::Notes;
use spotter_domain::workout::ExportFormat;

use super::text::{Lines, Mended, mended};

/// Notes have at most so many characters.
const MOST: usize = 10_000;

/// The notes that rows carry about the same thing. Apps repeat them on some rows or on all of them.
#[derive(Debug, Default)]
pub(super) struct Gathered(Vec<String>);

impl Gathered {
    /// Nobody writes more different notes about one thing; more of them would only take time.
    const MOST_DIFFERENT: usize = 20;

    /// Adds the notes of a row, unless they are there. False if they are one too many.
    pub(super) fn add(&mut self, notes: &str) -> bool {
        if notes.is_empty() || self.0.iter().any(|known| known == notes) {
            return true;
        }
        let fits = self.0.len() < Self::MOST_DIFFERENT;
        if fits {
            self.0.push(notes.to_owned());
        }
        fits
    }

    /// All of them, each on lines of its own, and what had to be done to make them fit.
    pub(super) fn take(&mut self, format: ExportFormat) -> (Option<Notes>, Mended) {
        let mut parts = std::mem::take(&mut self.0).into_iter().map(|part| match format {
            ExportFormat::Hevy => with_line_breaks(&part).into_owned(),
            ExportFormat::Strong | ExportFormat::Spotter => part,
        });
        let Some(mut whole) = parts.next() else { return (None, Mended::No) };
        for part in parts {
            whole.push('\n');
            whole.push_str(&part);
        }
        mended_notes(&whole)
    }
}

/// The notes that a text makes, and what had to be done to make it fit. A text in which nothing is left makes none.
pub(in crate::workout) fn mended_notes(text: &str) -> (Option<Notes>, Mended) {
    if let Ok(notes) = Notes::parse(text) {
        return (Some(notes), Mended::No);
    }
    let (kept, how) = mended(text, MOST, Lines::Many);
    (Notes::parse(&kept).ok(), how)
}

/// Writes line breaks as the two characters `\n`. Backslashes in front of one, and those in front of a letter `n`,
/// are doubled, so that [`with_line_breaks`] can tell them apart; all others stay as they are.
pub(super) fn without_line_breaks(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\\']) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 16);
    let mut backslashes = 0;
    for character in text.chars() {
        if character == '\\' {
            backslashes += 1;
            continue;
        }
        let doubled = if matches!(character, '\n' | 'n') { 2 * backslashes } else { backslashes };
        written.extend(std::iter::repeat_n('\\', doubled));
        backslashes = 0;
        if character == '\n' {
            written.push_str("\\n");
        } else {
            written.push(character);
        }
    }
    written.extend(std::iter::repeat_n('\\', backslashes));
    Cow::Owned(written)
}

/// Reads `\n` as a line break. Of the backslashes in front of a letter `n` each pair is one, and one that is left
/// over makes the letter a line break.
pub(super) fn with_line_breaks(text: &str) -> Cow<'_, str> {
    if !text.contains("\\n") {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    let mut backslashes = 0;
    for character in text.chars() {
        if character == '\\' {
            backslashes += 1;
            continue;
        }
        let halved = if character == 'n' { backslashes / 2 } else { backslashes };
        read.extend(std::iter::repeat_n('\\', halved));
        read.push(if character == 'n' && backslashes % 2 == 1 { '\n' } else { character });
        backslashes = 0;
    }
    read.extend(std::iter::repeat_n('\\', backslashes));
    Cow::Owned(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_breaks_are_written_as_two_characters() {
        let written = [
            ("one\ntwo", r"one\ntwo"),
            (r"C:\new", r"C:\\new"),
            ("ends in \\\nnext", r"ends in \\\nnext"),
            (r"¯\_(ツ)_/¯ \\ \", r"¯\_(ツ)_/¯ \\ \"),
        ];
        for (text, escaped) in written {
            assert_eq!(without_line_breaks(text), escaped);
            assert_eq!(with_line_breaks(escaped), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(text in r"[\\n\nab]{0,12}") {
            let written = without_line_breaks(&text);
            prop_assert_eq!(with_line_breaks(&written), text.as_str());
        }
    }

    #[test]
    fn notes_that_repeat_are_taken_once() {
        let mut gathered = Gathered::default();
        for notes in ["", "easy", "easy", "hard", "easy", ""] {
            assert!(gathered.add(notes));
        }
        let (notes, mended) = gathered.take(ExportFormat::Strong);
        assert_eq!((notes.unwrap().as_str(), mended), ("easy\nhard", Mended::No));
        assert_eq!(gathered.take(ExportFormat::Strong), (None, Mended::No));
    }

    #[test]
    fn long_notes_are_cut() {
        let mut gathered = Gathered::default();
        gathered.add(&"ü".repeat(MOST + 1));
        let (notes, mended) = gathered.take(ExportFormat::Hevy);
        assert_eq!((notes.unwrap().as_str().chars().count(), mended), (MOST, Mended::Cut(MOST)));
    }
}
