//! Workout sessions and their blocks.

pub(crate) mod block;
pub(crate) mod derived;
pub(crate) mod head;
mod insert;
pub(crate) mod queries;
pub(crate) mod repository;
