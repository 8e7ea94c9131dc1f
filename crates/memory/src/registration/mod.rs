//! Registrations and their decision logs.

mod queries;
mod repository;
mod standing;
