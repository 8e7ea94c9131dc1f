//! Exercises of the catalogue and of people.

mod catalogue;
pub(crate) mod personal;
pub(crate) mod repository;

use spotter_domain::StoreError;
use spotter_domain::text::ExerciseName;

use crate::row::Row;

/// A column with what the exercise of another column is called. It is looked up one row after the other: joined,
/// a planner would rather read the whole catalogue.
pub(crate) fn name_of(column: &str) -> String {
    format!("(SELECT e.name FROM exercises e WHERE e.id = {column}) AS exercise_name")
}

/// What [`name_of`] found.
pub(crate) fn read_name(row: &Row) -> Result<ExerciseName, StoreError> {
    row.parse("exercise_name", ExerciseName::parse)
}
