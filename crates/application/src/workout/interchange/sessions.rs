//! Puts rows together to workout sessions and blocks.

use std::collections::HashMap;
use std::time::Duration;

use jiff::SignedDuration;
use spotter_domain::text::Title;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{ExportFormat, ImportProblems};

use super::notes::Gathered;
use super::parsed::{Ended, ParsedBlock, ParsedSession, WrittenTime};
use super::row::Row;
use super::text::{Mended, Names, quoted};
use super::times::{duration, written_time};
use super::unreadable::Unreadable;

/// No file has more workout sessions: one on each day of 130 years.
pub const MOST_SESSIONS: usize = 50_000;

/// What ends later after it began was forgotten about.
const LONGEST: Duration = Duration::from_hours(7 * 24);

/// What a row says about where its set belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) line: u64,
    pub(super) format: ExportFormat,
    pub(super) started: WrittenTime,
    pub(super) title: &'a str,
    /// The time of the end.
    pub(super) end: &'a str,
    /// How long it took.
    pub(super) length: &'a str,
    pub(super) session_notes: &'a str,
    pub(super) exercise: &'a str,
    pub(super) block_notes: &'a str,
}

/// The workout sessions so far.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    titles: Names,
    exercises: Names,
    drafts: Vec<Draft>,
    known: HashMap<(WrittenTime, Option<u32>), usize>,
    /// Where the row before this one belonged: most follow one of the same workout session.
    latest: Option<Latest>,
}

#[derive(Debug)]
struct Latest {
    started: WrittenTime,
    title: String,
    draft: usize,
}

/// A workout session while its rows arrive.
#[derive(Debug)]
struct Draft {
    session: ParsedSession,
    notes: Gathered,
    /// The notes of its last block.
    block_notes: Gathered,
    /// The name of the last block's exercise as it is written.
    exercise: String,
    /// The last number of a set in the last block.
    order: Option<i64>,
    sets: usize,
    fate: Fate,
    /// Its end was complained about.
    end_refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    TakenOver,
    LeftOut,
}

impl Sessions {
    /// Adds a row. The error is that of a file with too many workout sessions.
    pub(super) fn add(
        &mut self,
        place: Place<'_>,
        row: Row,
        problems: &mut ImportProblems,
    ) -> Result<(), Unreadable> {
        let mut note = |mended: Mended, what: &str| {
            if let Some(complaint) = mended.complaint(what) {
                problems.note(place.line, complaint);
            }
        };
        let index = match &self.latest {
            Some(latest) if latest.started == place.started && latest.title == place.title => latest.draft,
            _ => {
                let (title, mended) = self.titles.number(place.title);
                note(mended, "The title");
                self.draft(place, title)?
            }
        };
        let draft = &mut self.drafts[index];
        if draft.fate == Fate::LeftOut {
            return Ok(());
        }
        let name = match draft.session.blocks.last() {
            Some(block) if draft.exercise == place.exercise => Some(block.name),
            // Nothing could find it again by such a name.
            _ if !place.exercise.is_empty() && !place.exercise.chars().any(char::is_alphanumeric) => {
                let name = quoted(place.exercise);
                let problem = format!(
                    "The exercise's name {name} has neither a letter nor a digit; the set is left out."
                );
                problems.note(place.line, problem);
                return Ok(());
            }
            _ => {
                let (name, mended) = self.exercises.number(place.exercise);
                note(mended, "The exercise's name");
                name
            }
        };
        match name {
            Some(name) => draft.add(name, place, row, problems),
            None => problems.note(place.line, "The row names no exercise; the set is left out."),
        }
        Ok(())
    }

    /// The workout session of this start and title.
    fn draft(&mut self, place: Place<'_>, title: Option<u32>) -> Result<usize, Unreadable> {
        let next = self.drafts.len();
        let index = *self.known.entry((place.started, title)).or_insert(next);
        if index == next {
            if next == MOST_SESSIONS {
                return Err(Unreadable::TooManySessions { most: MOST_SESSIONS });
            }
            let title =
                title.and_then(|title| self.titles.get(title)).and_then(|title| Title::parse(title).ok());
            self.drafts.push(Draft::new(place, title));
        }
        self.latest = Some(Latest { started: place.started, title: place.title.to_owned(), draft: index });
        Ok(index)
    }

    /// The names of the exercises and the workout sessions.
    pub(super) fn finish(
        self,
        format: ExportFormat,
        problems: &mut ImportProblems,
    ) -> (Vec<String>, Vec<ParsedSession>) {
        let mut sessions: Vec<_> = self
            .drafts
            .into_iter()
            .filter(|draft| draft.fate == Fate::TakenOver && !draft.session.blocks.is_empty())
            .map(|draft| draft.finish(format, problems))
            .collect();
        let names = without_unused(self.exercises.into_list(), &mut sessions);
        (names, sessions)
    }
}

impl Draft {
    fn new(place: Place<'_>, title: Option<Title>) -> Self {
        let session = ParsedSession {
            line: place.line,
            title,
            started: place.started,
            ended: None,
            notes: None,
            template: None,
            blocks: Vec::new(),
        };
        Self {
            session,
            notes: Gathered::default(),
            block_notes: Gathered::default(),
            exercise: String::new(),
            order: None,
            sets: 0,
            fate: Fate::TakenOver,
            end_refused: false,
        }
    }

    fn add(&mut self, name: u32, place: Place<'_>, row: Row, problems: &mut ImportProblems) {
        for complaint in row.complaints {
            problems.note(place.line, complaint);
        }
        if self.session.blocks.is_empty() {
            // A row before this one may have been left out for its exercise.
            self.session.line = place.line;
        }
        if self.begins_block(name, place.format, row.order, row.superset) {
            self.finish_block(place.format, problems);
            self.session.blocks.push(ParsedBlock {
                line: place.line,
                name,
                superset: row.superset,
                notes: None,
                sets: Vec::with_capacity(1),
            });
            self.exercise.clear();
            self.exercise.push_str(place.exercise);
            self.order = None;
        }
        self.order = row.order.or(self.order);
        if let Some(block) = self.session.blocks.last_mut() {
            block.sets.push(row.set);
        }
        self.sets += 1;
        if self.sets > MOST_SETS || self.session.blocks.len() > MOST_BLOCKS {
            self.leave_out(problems);
            return;
        }
        if self.session.ended.is_none() {
            self.end(place, problems);
        }
        let fit = [self.notes.add(place.session_notes), self.block_notes.add(place.block_notes)];
        if fit != [true; 2] {
            let problem =
                "There are too many different notes about the same; those of this row are left out.";
            problems.note(place.line, problem);
        }
    }

    /// Whether a set is the first of a block. The same exercise can come twice, one block right after the other.
    fn begins_block(
        &self,
        name: u32,
        format: ExportFormat,
        order: Option<i64>,
        superset: Option<u16>,
    ) -> bool {
        let Some(block) = self.session.blocks.last() else { return true };
        let starts_over = match (self.order, order) {
            (Some(before), Some(now)) if format == ExportFormat::Hevy => now <= before,
            (Some(_), Some(now)) => now == 1,
            _ => false,
        };
        block.name != name || block.superset != superset || starts_over
    }

    fn finish_block(&mut self, format: ExportFormat, problems: &mut ImportProblems) {
        if let Some(block) = self.session.blocks.last_mut() {
            let (notes, mended) = self.block_notes.take(format);
            if let Some(complaint) = mended.complaint("The exercise's note") {
                problems.note(block.line, complaint);
            }
            block.notes = notes;
        }
    }

    /// Too much is in it: it is left out whole, and the memory given back.
    fn leave_out(&mut self, problems: &mut ImportProblems) {
        problems.note(
            self.session.line,
            format!(
                "The workout session that begins here has more than {MOST_BLOCKS} exercises or {MOST_SETS} sets; \
                 it is left out."
            ),
        );
        self.fate = Fate::LeftOut;
        self.session.blocks = Vec::new();
        self.notes = Gathered::default();
        self.block_notes = Gathered::default();
    }

    /// Reads the end from a row. The first row that has one counts, and the first that is no end is a problem.
    fn end(&mut self, place: Place<'_>, problems: &mut ImportProblems) {
        let (read, text) = if place.end.is_empty() {
            if place.length.is_empty() {
                return;
            }
            (length(place.length), place.length)
        } else {
            (end(self.session.started, place.end).map(Some), place.end)
        };
        match read {
            Ok(ended) => self.session.ended = ended,
            Err(_) if self.end_refused => {}
            Err(why) => {
                self.end_refused = true;
                let text = quoted(text);
                problems.note(place.line, format!("The end {text} {why}; it is left out, the set is not."));
            }
        }
    }

    fn finish(mut self, format: ExportFormat, problems: &mut ImportProblems) -> ParsedSession {
        self.finish_block(format, problems);
        let (notes, mended) = self.notes.take(format);
        if let Some(complaint) = mended.complaint("The workout session's note") {
            problems.note(self.session.line, complaint);
        }
        self.session.notes = notes;
        self.session
    }
}

/// The end that a time names.
fn end(started: WrittenTime, text: &str) -> Result<Ended, &'static str> {
    let time = written_time(text).ok_or("is no date with a time")?;
    let took = match (started, time) {
        (WrittenTime::Local(start), WrittenTime::Local(end)) => end.duration_since(start),
        (WrittenTime::Instant(start), WrittenTime::Instant(end)) => end.duration_since(start),
        _ => SignedDuration::ZERO,
    };
    match Duration::try_from(took) {
        Err(_) => Err("is before the start"),
        Ok(took) if took > LONGEST => Err("is more than 7 days after the start"),
        Ok(_) => Ok(Ended::At(time)),
    }
}

/// The end that a duration names; one of zero stands for none.
fn length(text: &str) -> Result<Option<Ended>, &'static str> {
    let took = duration(text).ok_or("is no duration")?;
    if took > LONGEST {
        return Err("is more than 7 days after the start");
    }
    Ok((!took.is_zero()).then_some(Ended::After(took)))
}

/// Leaves out the names that only stood in workout sessions which were left out.
fn without_unused(names: Vec<String>, sessions: &mut [ParsedSession]) -> Vec<String> {
    let mut used = vec![false; names.len()];
    let mut blocks: Vec<_> = sessions.iter_mut().flat_map(|session| &mut session.blocks).collect();
    for block in &blocks {
        if let Some(used) = used.get_mut(block.name as usize) {
            *used = true;
        }
    }
    let mut next = 0;
    let numbers: Vec<u32> = used
        .iter()
        .map(|&used| {
            let number = next;
            next += u32::from(used);
            number
        })
        .collect();
    for block in &mut blocks {
        block.name = numbers[block.name as usize];
    }
    names.into_iter().zip(used).filter_map(|(name, used)| used.then_some(name)).collect()
}
