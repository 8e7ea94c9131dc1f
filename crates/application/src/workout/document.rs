//! Spotter's own export: everything that a person has, as one JSON document, written and read by the same
//! types.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use spotter_domain::account::DefaultRest;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{
    Distance, Equipment, ExportFormat, Force, ImportProblems, LoadKind, Mechanic, Muscle, Progression, Reps,
    Rpe, Set, SetDuration, SetKind, Target, Traits, Weight,
};
use spotter_domain::{Invalid, Timestamp};

use super::draft::ExerciseRef;
use super::interchange::{Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime};
use super::session_view::{BlockView, SessionView};
use super::templates::{DraftPlan, DraftProgression, PlannedBlockView, TemplateView};
use super::view_exercises::ExerciseView;

/// The version of the document that is written; only this one is read.
pub const VERSION: u32 = 1;

/// An exercise of the person's own.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExerciseLine {
    name: String,
    primary_muscles: Vec<Muscle>,
    secondary_muscles: Vec<Muscle>,
    equipment: Equipment,
    mechanic: Option<Mechanic>,
    force: Option<Force>,
    load: LoadKind,
}

impl ExerciseLine {
    /// The line of an exercise.
    #[must_use]
    pub fn new(exercise: &ExerciseView) -> Self {
        let traits = exercise.traits;
        Self {
            name: exercise.name.clone(),
            primary_muscles: traits.primary.iter().collect(),
            secondary_muscles: traits.secondary.iter().collect(),
            equipment: traits.equipment,
            mechanic: traits.mechanic,
            force: traits.force,
            load: traits.load,
        }
    }

    fn read(self) -> Result<(ExerciseName, Traits), Invalid> {
        let traits = Traits {
            primary: self.primary_muscles.into_iter().collect(),
            secondary: self.secondary_muscles.into_iter().collect(),
            equipment: self.equipment,
            mechanic: self.mechanic,
            force: self.force,
            load: self.load,
        };
        Ok((ExerciseName::parse(&self.name)?, traits))
    }
}

/// A template.
#[derive(Debug, Serialize, Deserialize)]
pub struct TemplateLine {
    title: String,
    notes: Option<String>,
    exercises: Vec<PlannedLine>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PlannedLine {
    exercise: String,
    superset: Option<u16>,
    notes: Option<String>,
    target: Target,
    rest: Option<DefaultRest>,
    progression: Progression,
}

impl TemplateLine {
    /// The line of a template.
    #[must_use]
    pub fn new(template: &TemplateView) -> Self {
        let planned = |block: &PlannedBlockView| PlannedLine {
            exercise: block.exercise_name.clone(),
            superset: block.superset,
            notes: block.notes.clone(),
            target: block.target,
            rest: block.rest,
            progression: block.progression.clone(),
        };
        Self {
            title: template.title.clone(),
            notes: template.notes.clone(),
            exercises: template.blocks.iter().map(planned).collect(),
        }
    }

    fn read(self) -> Result<TemplateToImport, Invalid> {
        let planned = |line: PlannedLine| {
            Ok(DraftPlan {
                exercise: ExerciseRef::Name(ExerciseName::parse(&line.exercise)?),
                superset: line.superset,
                notes: line.notes.as_deref().map(Notes::parse).transpose()?,
                target: line.target,
                rest: line.rest.map(|rest| DefaultRest::new(rest.seconds())).transpose()?,
                progression: DraftProgression::Chosen(line.progression),
            })
        };
        Ok(TemplateToImport {
            title: Title::parse(&self.title)?,
            notes: self.notes.as_deref().map(Notes::parse).transpose()?,
            blocks: self.exercises.into_iter().map(planned).collect::<Result<_, Invalid>>()?,
        })
    }
}

/// A workout session.
#[derive(Debug, Serialize, Deserialize)]
pub struct SessionLine {
    title: Option<String>,
    notes: Option<String>,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    exercises: Vec<BlockLine>,
}

#[derive(Debug, Serialize, Deserialize)]
struct BlockLine {
    exercise: String,
    superset: Option<u16>,
    notes: Option<String>,
    sets: Vec<SetLine>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SetLine {
    kind: SetKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_kg: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reps: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rpe: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration_s: Option<i64>,
}

impl SessionLine {
    /// The line of a workout session.
    #[must_use]
    pub fn new(session: &SessionView) -> Self {
        let block = |block: &BlockView| BlockLine {
            exercise: block.exercise_name.clone(),
            superset: block.superset,
            notes: block.notes.clone(),
            sets: block.sets.iter().map(SetLine::new).collect(),
        };
        Self {
            title: session.title.clone(),
            notes: session.notes.clone(),
            started_at: session.started_at,
            ended_at: session.ended_at,
            exercises: session.blocks.iter().map(block).collect(),
        }
    }
}

impl SetLine {
    fn new(set: &Set) -> Self {
        Self {
            kind: set.kind,
            weight_kg: set.weight.map(Weight::kilograms),
            reps: set.reps.map(|reps| reps.get().into()),
            rpe: set.rpe.map(Rpe::get),
            distance_m: set.distance.map(Distance::metres),
            duration_s: set.duration.map(|duration| duration.seconds().into()),
        }
    }

    fn read(&self) -> Result<Set, Invalid> {
        Ok(Set {
            kind: self.kind,
            weight: self.weight_kg.map(Weight::from_kilograms).transpose()?,
            reps: self.reps.map(Reps::new).transpose()?,
            rpe: self.rpe.map(Rpe::new).transpose()?,
            distance: self.distance_m.map(Distance::from_metres).transpose()?,
            duration: self.duration_s.map(SetDuration::from_seconds).transpose()?,
        })
    }
}

/// A template on its way in.
#[derive(Clone, Debug)]
pub struct TemplateToImport {
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
    exercises: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    templates: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    workout_sessions: Vec<&'a RawValue>,
}

impl Document {
    /// Reads a document. What is wrong with one workout session costs no other; its problem tells the line of
    /// the document that it begins on.
    ///
    /// # Errors
    ///
    /// [`UnreadableDocument`].
    pub fn read(json: &[u8]) -> Result<Self, UnreadableDocument> {
        let shape = |error: serde_json::Error| UnreadableDocument::Shape(error.to_string());
        let raw: Raw<'_> = serde_json::from_slice(json).map_err(shape)?;
        if raw.format != ExportFormat::Spotter {
            return Err(UnreadableDocument::Shape("its format is another app's".into()));
        }
        if raw.version != VERSION {
            return Err(UnreadableDocument::Version(raw.version));
        }
        let mut lines = Lines::of(json);
        let mut problems = ImportProblems::default();
        let exercises = each(&raw.exercises, &mut lines, &mut problems, "an exercise", ExerciseLine::read);
        let templates = each(&raw.templates, &mut lines, &mut problems, "a template", TemplateLine::read);
        let mut names = Names::default();
        let mut sessions = Vec::new();
        for value in &raw.workout_sessions {
            let line = lines.of_part(value.get());
            match serde_json::from_str::<SessionLine>(value.get()) {
                Ok(read) => match names.session(line, &read) {
                    Ok(session) => sessions.push(session),
                    Err(invalid) => problems.note(line, format!("a workout session {invalid}: left out")),
                },
                Err(error) => problems.note(line, format!("a workout session is left out: {error}")),
            }
        }
        let export = ParsedExport { format: ExportFormat::Spotter, names: names.list, sessions, problems };
        Ok(Self { export, exercises, templates })
    }
}

fn each<'a, L: Deserialize<'a>, T>(
    values: &[&'a RawValue],
    lines: &mut Lines<'_>,
    problems: &mut ImportProblems,
    what: &str,
    read: impl Fn(L) -> Result<T, Invalid>,
) -> Vec<T> {
    let mut all = Vec::new();
    for value in values {
        let line = lines.of_part(value.get());
        match serde_json::from_str::<L>(value.get()) {
            Ok(raw) => match read(raw) {
                Ok(good) => all.push(good),
                Err(invalid) => problems.note(line, format!("{what} {invalid}: left out")),
            },
            Err(error) => problems.note(line, format!("{what} is left out: {error}")),
        }
    }
    all
}

/// Finds the lines of parts of a text, each part after the one before or anywhere.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    fn of_part(&mut self, part: &str) -> u64 {
        let offset =
            (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let breaks = memchr::memchr_iter(b'\n', &self.text[self.at..offset]).count();
        (self.at, self.line) = (offset, self.line + breaks as u64);
        self.line
    }
}

/// The names of exercises, each once.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: std::collections::HashMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &str) -> Result<u32, Invalid> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        let checked = ExerciseName::parse(name)?;
        let place = u32::try_from(self.list.len()).map_err(|_| Invalid::new("has too many exercises"))?;
        self.list.push(checked.as_str().to_owned());
        self.places.insert(name.to_owned(), place);
        Ok(place)
    }

    fn session(&mut self, line: u64, read: &SessionLine) -> Result<ParsedSession, Invalid> {
        let sets: usize = read.exercises.iter().map(|block| block.sets.len()).sum();
        if read.exercises.len() > MOST_BLOCKS || sets > MOST_SETS {
            return Err(Invalid::new("has too many exercises or sets"));
        }
        let mut blocks = Vec::with_capacity(read.exercises.len());
        for block in &read.exercises {
            blocks.push(ParsedBlock {
                line,
                name: self.place(&block.exercise)?,
                superset: block.superset,
                notes: block.notes.as_deref().map(Notes::parse).transpose()?,
                sets: block.sets.iter().map(SetLine::read).collect::<Result<_, _>>()?,
            });
        }
        Ok(ParsedSession {
            line,
            title: read.title.as_deref().map(Title::parse).transpose()?,
            started: WrittenTime::Instant(read.started_at),
            ended: read.ended_at.map(|end| Ended::At(WrittenTime::Instant(end))),
            notes: read.notes.as_deref().map(Notes::parse).transpose()?,
            blocks,
        })
    }
}
