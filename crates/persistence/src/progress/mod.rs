//! What is derived from workout sessions: summaries, records, trends, the dashboard.

pub(crate) mod dashboard;
pub(crate) mod queries;
pub(crate) mod record;
pub(crate) mod repository;
mod stretch;
pub(crate) mod summary;
pub(crate) mod trend;
