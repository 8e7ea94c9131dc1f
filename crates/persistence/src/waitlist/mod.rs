//! The queues of events.

pub(crate) mod queries;
pub(crate) mod repository;
