//! Summaries, records, trends and dashboards.

mod queries;
mod repository;
