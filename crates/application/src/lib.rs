//! What happens: use cases, one file each.

pub mod error;
pub mod operations;
pub mod statements;

pub use error::{Error, FieldError, Refusal};
