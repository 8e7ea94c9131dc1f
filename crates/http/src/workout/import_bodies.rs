//! Imports as they are sent.

use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::id::{ExerciseId, TemplateId};
use spotter_domain::workout::{Import, ImportMode};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::words;

/// Names the import.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct ImportPath {
    /// The import.
    id: Uuid,
}

/// What an import did, or would do.
#[derive(Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportBody {
    id: Uuid,
    #[schema(schema_with = words::export_format)]
    format: &'static str,
    /// Whether it was only tried: nothing was written.
    dry_run: bool,
    created_at: Timestamp,
    sessions: SessionsBody,
    /// How many sets the new workout sessions have.
    sets: u64,
    exercises: ExercisesBody,
    templates: TemplatesBody,
    /// What could not be taken over, by line: the first thousand.
    problems: Vec<ImportProblemBody>,
    /// How many problems there are.
    problems_total: u64,
    /// When it was undone.
    #[schema(required)]
    undone_at: Option<Timestamp>,
    /// What was taken back.
    #[schema(required)]
    undone: Option<UndoneBody>,
}

/// Workout sessions of a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportedSessions)]
pub(crate) struct SessionsBody {
    /// How many are new.
    created: u64,
    /// How many were there already.
    unchanged: u64,
}

/// Names of exercises in a file.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportedExercises)]
pub(crate) struct ExercisesBody {
    /// How many were known.
    matched: u64,
    /// The exercises that were made because their names were not known.
    created: Vec<CreatedBody>,
}

/// An exercise that an import made.
#[derive(Serialize, ToSchema)]
#[schema(as = CreatedExercise)]
pub(crate) struct CreatedBody {
    /// The exercise; null where the import was only tried.
    #[schema(required)]
    id: Option<Uuid>,
    name: String,
}

/// Templates of a file; only the document of Spotter has some.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportedTemplates)]
pub(crate) struct TemplatesBody {
    /// The templates that were made.
    created: Vec<CreatedTemplateBody>,
    /// How many were there already.
    unchanged: u64,
}

/// A template that an import made.
#[derive(Serialize, ToSchema)]
#[schema(as = CreatedTemplate)]
pub(crate) struct CreatedTemplateBody {
    /// The template; null where the import was only tried.
    #[schema(required)]
    id: Option<Uuid>,
    title: String,
}

/// Something that could not be taken over.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportProblem)]
pub(crate) struct ImportProblemBody {
    /// The line that it begins on, counted from 1.
    line: u64,
    detail: String,
}

/// What undoing took back.
#[derive(Serialize, ToSchema)]
#[schema(as = UndoneImport)]
pub(crate) struct UndoneBody {
    /// How many workout sessions were deleted.
    sessions_deleted: u64,
    /// How many stay because they were edited since.
    sessions_kept: u64,
}

impl ImportBody {
    pub(super) fn new(import: Import) -> Self {
        let report = import.report;
        let created = report.exercises_created.into_iter();
        let problems = report.problems.listed.into_iter();
        Self {
            id: import.id.uuid(),
            format: import.format.as_str(),
            dry_run: import.mode == ImportMode::DryRun,
            created_at: import.created_at,
            sessions: SessionsBody { created: report.sessions_created, unchanged: report.sessions_unchanged },
            sets: report.sets,
            exercises: ExercisesBody {
                matched: report.exercises_matched,
                created: created
                    .map(|made| CreatedBody { id: made.id.map(ExerciseId::uuid), name: made.name })
                    .collect(),
            },
            templates: TemplatesBody {
                created: report
                    .templates_created
                    .into_iter()
                    .map(|made| CreatedTemplateBody { id: made.id.map(TemplateId::uuid), title: made.title })
                    .collect(),
                unchanged: report.templates_unchanged,
            },
            problems: problems
                .map(|problem| ImportProblemBody { line: problem.line, detail: problem.detail })
                .collect(),
            problems_total: report.problems.total,
            undone_at: import.undone.map(|undone| undone.at),
            undone: import.undone.map(|undone| UndoneBody {
                sessions_deleted: undone.sessions_deleted,
                sessions_kept: undone.sessions_kept,
            }),
        }
    }
}

impl Representation for ImportBody {}
