//! What wearables recorded.

mod queries;
mod repository;
