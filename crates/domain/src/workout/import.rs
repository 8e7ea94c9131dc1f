//! What was brought along from another app.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ExerciseId, ImportId, TemplateId};
use crate::{Invalid, Timestamp};

/// The shape of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Rows of the app Strong.
    Strong,
    /// Rows of the app Hevy, which is also how Spotter writes rows.
    Hevy,
    /// Spotter's own document.
    Spotter,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Strong, Self::Hevy, Self::Spotter];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Hevy => "hevy",
            Self::Spotter => "spotter",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == word)
            .ok_or_else(|| Invalid::new("must be strong, hevy or spotter"))
    }
}

/// The unit of a weight that is written without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightUnit {
    /// Kilograms.
    #[default]
    Kg,
    /// Pounds.
    Lb,
}

impl WeightUnit {
    /// The word that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kg => "kg",
            Self::Lb => "lb",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "kg" => Ok(Self::Kg),
            "lb" => Ok(Self::Lb),
            _ => Err(Invalid::new("must be kg or lb")),
        }
    }
}

/// Something in a file that could not be taken over (rule W5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// The line that it begins on, counted from 1.
    pub line: u64,
    /// What is wrong, and what became of it.
    pub detail: String,
}

/// The problems of a file: the first ones, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblems {
    /// The first ones by line.
    pub listed: Vec<ImportProblem>,
    /// How many there are.
    pub total: u64,
}

impl ImportProblems {
    /// How many are listed at most.
    pub const MOST_LISTED: usize = 1_000;

    /// Notes a problem.
    pub fn note(&mut self, line: u64, detail: impl Into<String>) {
        self.total += 1;
        if self.listed.len() < Self::MOST_LISTED {
            self.listed.push(ImportProblem { line, detail: detail.into() });
        }
    }
}

/// An exercise that an import made because its name was not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedExercise {
    /// The exercise; none where the import was only tried.
    pub id: Option<ExerciseId>,
    /// What it is called.
    pub name: String,
}

/// A template that an import made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedTemplate {
    /// The template; none where the import was only tried.
    pub id: Option<TemplateId>,
    /// What it is called.
    pub title: String,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// How many workout sessions are new.
    pub sessions_created: u64,
    /// How many were there already.
    pub sessions_unchanged: u64,
    /// How many sets the new ones have.
    pub sets: u64,
    /// How many names of exercises were known.
    pub exercises_matched: u64,
    /// The exercises that were made.
    pub exercises_created: Vec<CreatedExercise>,
    /// How many templates were there already.
    pub templates_unchanged: u64,
    /// The templates that were made.
    pub templates_created: Vec<CreatedTemplate>,
    /// What could not be taken over.
    pub problems: ImportProblems,
}

/// Whether an import only tells what it would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// It is done.
    Real,
    /// It is only tried.
    DryRun,
}

/// What an undone import took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// When it was undone.
    pub at: Timestamp,
    /// How many workout sessions were deleted.
    pub sessions_deleted: u64,
    /// How many stay because they were edited since.
    pub sessions_kept: u64,
}

/// A file that was brought along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Names the import.
    pub id: ImportId,
    /// Whose it is.
    pub account: AccountId,
    /// What kind of file it was.
    pub format: ExportFormat,
    /// Whether it was only tried.
    pub mode: ImportMode,
    /// What it did.
    pub report: ImportReport,
    /// When it was done.
    pub created_at: Timestamp,
    /// What was taken back, if it was.
    pub undone: Option<Undone>,
}
