//! What a file holds, before anybody has looked up an exercise or a time zone.

use std::time::Duration;

use jiff::civil::DateTime;
use spotter_domain::Timestamp;
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{ExportFormat, ImportProblems, Set};

/// Everything that a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedExport {
    /// What kind of file it is.
    pub format: ExportFormat,
    /// The names of the exercises as they are written, each once, in the order of their first appearance. Each is
    /// a valid [`ExerciseName`](spotter_domain::text::ExerciseName) and belongs to at least one block.
    pub names: Vec<String>,
    /// The workout sessions in the order of their first rows. Each has a block, and each block has a set.
    pub sessions: Vec<ParsedSession>,
    /// What could not be taken over, by line.
    pub problems: ImportProblems,
}

/// One workout session of a file: the rows of one start and one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedSession {
    /// The line of its first row, counted from 1.
    pub line: u64,
    /// What it is called, if it has a name.
    pub title: Option<Title>,
    /// When it began.
    pub started: WrittenTime,
    /// When it ended, if that is known.
    pub ended: Option<Ended>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// The number in the file of the template that it was planned by. Only Spotter's own document has templates.
    pub template: Option<u32>,
    /// Its exercises in the order of their rows.
    pub blocks: Vec<ParsedBlock>,
}

/// A time as it is written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WrittenTime {
    /// Without an offset: the time on the person's clock, in the person's time zone.
    Local(DateTime),
    /// With an offset.
    Instant(Timestamp),
}

/// How the end of a workout session is written.
///
/// Where start and end are written in the same way, the end was found to be neither before the start nor more than
/// seven days after it. Of a local time beside an instant only somebody who knows the time zone can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The time of the end.
    At(WrittenTime),
    /// So long after the start.
    After(Duration),
}

/// One exercise of a workout session with its sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedBlock {
    /// The line of its first row, counted from 1.
    pub line: u64,
    /// Which exercise, as an index into [`ParsedExport::names`].
    pub name: u32,
    /// The superset that it belongs to. Zero is one, too.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// The sets, at least one.
    pub sets: Vec<Set>,
}
