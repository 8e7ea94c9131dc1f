//! Registrations and their decision logs.

mod decision;
pub(crate) mod line;
pub(crate) mod queries;
pub(crate) mod repository;
mod save;
pub(crate) mod standing;
