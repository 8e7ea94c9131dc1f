//! What people lift: workout sessions, the exercises in them, templates, and what is brought along from
//! elsewhere.

mod consent;
mod exercise;
mod import;
pub mod limits;
mod loadable;
mod measures;
mod muscle;
mod name_key;
mod one_rep_max;
mod performance;
mod progression;
mod proposal;
mod queries;
mod repository;
mod session;
mod set;
mod template;
mod warm_up;
mod weight;

pub use consent::CoachingConsent;
pub use exercise::{
    CatalogueEntry, CustomExercise, Equipment, Force, LoadKind, Mechanic, PersonalAlias, PersonalExercises,
    Traits,
};
pub use import::{
    CreatedExercise, CreatedTemplate, ExportFormat, Import, ImportMode, ImportProblem, ImportProblems,
    ImportReport, Undone, WeightUnit,
};
pub use measures::{Distance, Reps, Rpe, SetDuration};
pub use muscle::{Muscle, Muscles};
pub use name_key::NameKey;
pub use one_rep_max::OneRepMaxFormula;
pub use performance::Performance;
pub use progression::propose;
pub use proposal::{Proposal, ProposedSet, Reason};
pub use queries::{
    CoachedAthlete, ExerciseQueries, Maker, OwnedTemplate, SessionCursor, SessionFilter, ShownSession,
    ShownTemplate, TemplateHistory, WorkoutQueries,
};
pub use repository::{
    ConsentRepository, ExerciseRepository, ImportRepository, KnownSession, NewSession, PerformedBlock,
    SourceKey, TemplateRepository, WorkoutSessionRepository,
};
pub use session::{Block, Blocks, TimeSpan, WorkoutSession};
pub use set::{Load, Set, SetKind};
pub use template::{
    Deload, Percentage, PlannedBlock, PlannedBlocks, Progression, RepRange, Target, TargetLoad, Template,
};
pub use weight::{Volume, Weight};
