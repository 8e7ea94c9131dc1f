//! Registrations and their decision logs.

mod decision;
pub(crate) mod queries;
pub(crate) mod repository;
