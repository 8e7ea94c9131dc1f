//! Events and the counters of their seats.

pub(crate) mod queries;
pub(crate) mod repository;
