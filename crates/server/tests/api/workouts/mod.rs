//! Workouts: what people lift, and what follows from it.

mod batches;
mod catalogue;
mod catalogue_pages;
mod consent;
mod consent_given;
mod exercises;
mod exercises_names;
mod exercises_refused;
mod exercises_versions;
mod from_template;
mod incremental;
mod merge;
mod next;
mod next_loads;
pub(crate) mod sessions;
mod templates;
mod templates_refused;
