//! Clubs and who belongs to them.

mod queries;
mod repository;
