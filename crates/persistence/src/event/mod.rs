//! Events and the counters of their seats.

mod line;
pub(crate) mod lock;
pub(crate) mod queries;
pub(crate) mod repository;
