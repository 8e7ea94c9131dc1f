//! The queues of events.

mod queries;
mod repository;
