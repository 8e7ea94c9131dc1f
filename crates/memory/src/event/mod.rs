//! Events and their rosters.

mod queries;
mod repository;
