//! People, their keys and their tokens.

mod queries;
mod repository;
mod tokens;
