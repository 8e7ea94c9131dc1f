//! Spotter's own export: everything that a person has, as one JSON document, written and read by the same
//! types.

mod lines;
mod parts;
#[cfg(test)]
mod tests;

pub use lines::{ExerciseLine, SessionLine, TemplateLine};

use std::collections::HashMap;

use serde::Deserialize;
use spotter_domain::Invalid;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{ExportFormat, ImportProblems, Set, Traits};

use super::interchange::{Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime};
use super::templates::DraftPlan;
use lines::{SetLine, check_name};
use parts::{Lines, Parts};

/// The version of the document that is written; only this one is read.
pub const VERSION: u32 = 1;

/// A template on its way in.
#[derive(Clone, Debug)]
pub struct TemplateToImport {
    /// What workout sessions of the file call it.
    pub number: Option<u32>,
    /// What it is called: one of that name that is there stays as it is.
    pub title: Title,
    /// What its owner wrote about it.
    pub notes: Option<Notes>,
    /// What is planned.
    pub blocks: Vec<DraftPlan>,
}

/// Everything that a document holds.
#[derive(Clone, Debug)]
pub struct Document {
    /// The workout sessions.
    pub export: ParsedExport,
    /// What is said of exercises.
    pub exercises: Vec<(ExerciseName, Traits)>,
    /// The templates.
    pub templates: Vec<TemplateToImport>,
}

/// Why a document can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableDocument {
    /// It is no JSON, or not in the shape of an export of Spotter.
    #[error("this is not an export of Spotter: {0}")]
    Shape(String),
    /// It is of a version that this program does not know.
    #[error("this export is of version {0}, and only version {VERSION} can be read")]
    Version(u32),
}

#[derive(Deserialize)]
struct Raw<'a> {
    format: ExportFormat,
    version: u32,
    #[serde(default, borrow)]
    exercises: Parts<'a>,
    #[serde(default, borrow)]
    templates: Parts<'a>,
    #[serde(default, borrow)]
    workout_sessions: Parts<'a>,
}

impl Document {
    /// Reads a document. What is wrong with one exercise, template or workout session costs no other; its problem
    /// tells the line of the document that it begins on.
    ///
    /// # Errors
    ///
    /// [`UnreadableDocument`].
    pub fn read(json: &[u8]) -> Result<Self, UnreadableDocument> {
        let raw: Raw<'_> =
            serde_json::from_slice(json).map_err(|error| UnreadableDocument::Shape(told(&error)))?;
        if raw.format != ExportFormat::Spotter {
            return Err(UnreadableDocument::Shape("its format is another app's".into()));
        }
        if raw.version != VERSION {
            return Err(UnreadableDocument::Version(raw.version));
        }
        let mut lines = Lines::of(json);
        let mut problems = ImportProblems::default();
        let mut names = Names::default();
        let exercise = |_, line: ExerciseLine| line.read();
        let exercises = each(&raw.exercises, &mut lines, &mut problems, "an exercise", exercise);
        let template = |_, line: TemplateLine| line.read();
        let templates = each(&raw.templates, &mut lines, &mut problems, "a template", template);
        let session = |line, read: SessionLine| names.session(line, &read);
        let sessions = each(&raw.workout_sessions, &mut lines, &mut problems, "a workout session", session);
        let export = ParsedExport { format: ExportFormat::Spotter, names: names.list, sessions, problems };
        Ok(Self { export, exercises, templates })
    }
}

/// Reads parts of one kind. One that is no good becomes a problem.
fn each<'a, L: Deserialize<'a>, T>(
    parts: &Parts<'a>,
    lines: &mut Lines<'_>,
    problems: &mut ImportProblems,
    what: &str,
    mut read: impl FnMut(u64, L) -> Result<T, Invalid>,
) -> Vec<T> {
    let mut all = Vec::new();
    for part in &parts.0 {
        let line = lines.of_part(part.get());
        match serde_json::from_str::<L>(part.get()) {
            Ok(raw) => match read(line, raw) {
                Ok(good) => all.push(good),
                Err(invalid) => problems.note(line, format!("{what} {invalid}: left out")),
            },
            Err(error) => {
                // Where it is in the part helps nobody who reads the line of the file beside it.
                let told = told(&error);
                let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
                problems.note(line, format!("{what} is left out: {told}"));
            }
        }
    }
    all
}

/// Says of what in a workout session something is wrong.
fn of(what: &'static str) -> impl Fn(Invalid) -> Invalid {
    move |invalid| Invalid::new(format!("has {what} that {invalid}"))
}

/// What is wrong with JSON, in short: the parser repeats a word that it does not know, however long that is.
fn told(error: &serde_json::Error) -> String {
    const MOST: usize = 200;
    let mut text = error.to_string();
    if let Some((end, _)) = text.char_indices().nth(MOST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The names of exercises, each once.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &ExerciseName) -> Result<u32, Invalid> {
        if let Some(place) = self.places.get(name.as_str()) {
            return Ok(*place);
        }
        let place = u32::try_from(self.list.len()).map_err(|_| Invalid::new("has too many exercises"))?;
        self.list.push(name.as_str().to_owned());
        self.places.insert(name.as_str().to_owned(), place);
        Ok(place)
    }

    fn session(&mut self, line: u64, read: &SessionLine) -> Result<ParsedSession, Invalid> {
        let sets: usize = read.exercises.iter().map(|block| block.sets.len()).sum();
        if read.exercises.len() > MOST_BLOCKS || sets > MOST_SETS {
            return Err(Invalid::new("has too many exercises or sets"));
        }
        let title = read.title.as_deref().map(Title::parse).transpose().map_err(of("a title"))?;
        let notes = read.notes.as_deref().map(Notes::parse).transpose().map_err(of("a note"))?;
        let mut named = Vec::with_capacity(read.exercises.len());
        for block in &read.exercises {
            let exercise = ExerciseName::parse(&block.exercise).map_err(of("an exercise's name"))?;
            check_name(&exercise)?;
            let notes = block.notes.as_deref().map(Notes::parse).transpose().map_err(of("a note"))?;
            let sets: Result<Vec<Set>, Invalid> = block.sets.iter().map(SetLine::read).collect();
            let sets = sets.map_err(of("a figure"))?;
            let parsed = ParsedBlock { line, name: 0, superset: block.superset, notes, sets };
            named.push((exercise, parsed));
        }
        // Only now: a name of what is left out would be a name of nothing.
        let mut blocks = Vec::with_capacity(named.len());
        for (name, block) in named {
            blocks.push(ParsedBlock { name: self.place(&name)?, ..block });
        }
        Ok(ParsedSession {
            line,
            title,
            started: WrittenTime::Instant(read.started_at),
            ended: read.ended_at.map(|end| Ended::At(WrittenTime::Instant(end))),
            notes,
            template: read.template,
            blocks,
        })
    }
}
