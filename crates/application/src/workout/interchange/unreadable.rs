//! Why a file can't be read at all.

use spotter_domain::workout::ExportFormat;

/// A file that holds nothing which could be taken over. Problems of single lines are none of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is in it.
    #[error("The file is empty.")]
    Empty,
    /// It is no text, or in an encoding that can't be told.
    #[error("{why}")]
    NotText {
        /// What it seems to be, as a sentence.
        why: &'static str,
    },
    /// The first line does not name the columns of any export that is known.
    #[error(
        "The first line has to name the columns of an export of Strong (Date, Exercise Name, ...) or Hevy \
         (start_time, exercise_title, ...), but it reads: {seen}"
    )]
    UnknownHeader {
        /// The beginning of the first line.
        seen: String,
    },
    /// It is an export, but not of the kind that it was said to be.
    #[error("The file was said to be of the format {}, but its columns are those of {}.", expected.as_str(), found.as_str())]
    WrongFormat {
        /// What it was said to be.
        expected: ExportFormat,
        /// What it is.
        found: ExportFormat,
    },
    /// The first line has more columns than any export.
    #[error("The first line names more than {most} columns.")]
    TooManyColumns {
        /// How many it may name.
        most: usize,
    },
    /// It has more rows than anybody's export.
    #[error("The file has more than {most} rows. Bring it along in several parts.")]
    TooManyRows {
        /// How many it may have.
        most: u64,
    },
    /// It has more workout sessions than anybody's export.
    #[error("The file has more than {most} workout sessions. Bring it along in several parts.")]
    TooManySessions {
        /// How many it may have.
        most: usize,
    },
}

impl Unreadable {
    /// The word for it that does not change.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::NotText { .. } => "not_text",
            Self::UnknownHeader { .. } => "unknown_header",
            Self::WrongFormat { .. } => "wrong_format",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManySessions { .. } => "too_many_sessions",
        }
    }
}
