//! What is derived from workouts: the dashboard, summaries, records, trends.

mod bodies;
pub(crate) mod list_records;
pub(crate) mod list_summaries;
pub(crate) mod view_dashboard;
pub(crate) mod view_trend;

pub(crate) use bodies::BrokenRecordBody;
