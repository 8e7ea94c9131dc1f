//! Clubs and who belongs to them.

pub(crate) mod queries;
pub(crate) mod repository;
