//! Logging workout sessions, planning them, and bringing them along from elsewhere.

pub mod catalogue;
mod consent;
mod custom_exercises;
mod delete_session;
mod desk;
pub mod document;
mod draft;
mod edit_session;
mod export;
mod import_names;
mod import_sessions;
mod import_templates;
pub mod interchange;
mod likeness;
mod log_session;
mod merge_exercise;
mod names;
mod plan;
mod search;
mod session_view;
mod templates;
mod undo_import;
mod view_exercises;
mod view_imports;
mod view_sessions;

pub use consent::{GrantCoachingConsent, WithdrawCoachingConsent};
pub use custom_exercises::{CreateExercise, DeleteExercise, EditExercise, ExerciseChange};
pub use delete_session::DeleteSession;
pub use draft::{DraftBlock, ExerciseRef};
pub use edit_session::{EditSession, SessionChange};
pub use export::ExportHead;
pub use import_sessions::ImportSessions;
pub use log_session::LogSession;
pub use merge_exercise::MergeExercise;
pub use names::{How, PersonalNames, Resolution};
pub use plan::{PlannedNext, PlannedNextBlock, PlannedSet};
pub use search::{ExerciseCursor, ExerciseFilter};
pub use session_view::{BlockView, LoggedSession, SessionView};
pub use templates::{
    CreateTemplate, DeleteTemplate, DraftPlan, DraftProgression, EditTemplate, PlannedBlockView,
    TemplateChange, TemplateView,
};
pub use undo_import::UndoImport;
pub use view_exercises::{ExerciseView, Resolved};

pub(crate) use custom_exercises::Making;
pub(crate) use desk::WorkoutClerk;
pub(crate) use names::NamesCache;
