//! Exercises of the catalogue and of people.

mod catalogue;
pub(crate) mod personal;
pub(crate) mod repository;
