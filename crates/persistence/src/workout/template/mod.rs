//! Templates, their planned blocks, and what was done by them.

pub(crate) mod head;
pub(crate) mod history;
pub(crate) mod planned;
mod repository;
