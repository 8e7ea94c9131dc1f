//! What wearables recorded, and which wearable is whose.

pub(crate) mod queries;
mod raw;
pub(crate) mod repository;
