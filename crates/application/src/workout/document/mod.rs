//! Spotter's own export: everything that a person has, as one JSON document. What is in it looks as it does in the
//! API, but that it names exercises by their names and templates by numbers.

mod fields;
mod lines;
mod parts;
mod reading;
mod sessions;
mod template_lines;
mod templates;
#[cfg(test)]
mod tests;

pub use lines::{ExerciseLine, SessionLine};
pub use template_lines::TemplateLine;

use serde::de::DeserializeSeed;
use serde_json::error::Category;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{ExportFormat, Traits};

use super::interchange::ParsedExport;
use super::templates::DraftPlan;
use fields::{Fault, FieldsOf, Object, array, small, text};
use parts::Parts;
use reading::Reading;
use sessions::Names;

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

/// The fields of a document.
const FIELDS: [&str; 5] = ["format", "version", "exercises", "templates", "workout_sessions"];

impl Document {
    /// Reads a document. What is wrong with one exercise, template, workout session or set costs no other; its problem
    /// tells the line of the document that it begins on.
    ///
    /// # Errors
    ///
    /// [`UnreadableDocument`].
    pub fn read(json: &[u8]) -> Result<Self, UnreadableDocument> {
        let fields = fields(json)?;
        let format = fields.required("format", text)?;
        if format != ExportFormat::Spotter.as_str() {
            return Err(Fault::field("format", "must be spotter").into());
        }
        let version = fields.required("version", |raw| small(raw, "must be a whole number of 0 or more"))?;
        if version != VERSION {
            return Err(UnreadableDocument::Version(version));
        }
        let parts =
            |name| -> Result<Parts<'_>, Fault> { Ok(fields.optional(name, array)?.unwrap_or_default()) };
        let (exercises, templates) = (parts("exercises")?, parts("templates")?);
        let sessions = parts("workout_sessions")?;
        let mut reading = Reading::of(json);
        let mut names = Names::default();
        let exercises = exercises.0.into_iter().filter_map(|raw| reading.exercise(raw)).collect();
        let templates = templates.0.into_iter().filter_map(|raw| reading.template(raw)).collect();
        let sessions = sessions.0.into_iter().filter_map(|raw| reading.session(raw, &mut names)).collect();
        let problems = reading.problems;
        let export = ParsedExport { format: ExportFormat::Spotter, names: names.list, sessions, problems };
        Ok(Self { export, exercises, templates })
    }
}

impl From<Fault> for UnreadableDocument {
    fn from(fault: Fault) -> Self {
        Self::Shape(fault.of("the document"))
    }
}

/// The fields of a document, unread.
fn fields(json: &[u8]) -> Result<Object<'_, 5>, UnreadableDocument> {
    let mut parser = serde_json::Deserializer::from_slice(json);
    let fields = FieldsOf(FIELDS).deserialize(&mut parser).and_then(|fields| parser.end().map(|()| fields));
    let fields = fields.map_err(|error| {
        UnreadableDocument::Shape(match error.classify() {
            Category::Eof => format!("it breaks off on line {}", error.line()),
            Category::Data => "it must be an object".to_owned(),
            Category::Syntax | Category::Io => format!("line {} is no JSON", error.line()),
        })
    })?;
    Ok(fields?)
}
