//! Workout sessions, the exercises in them, templates, imports and consents.

pub(crate) mod consent;
pub(crate) mod exercise;
pub(crate) mod explain;
pub(crate) mod import;
mod queries;
pub(crate) mod session;
mod sets;
pub(crate) mod template;
