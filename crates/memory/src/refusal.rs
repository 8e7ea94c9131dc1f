//! The errors by which a database refuses a statement.

use std::fmt::Display;

use spotter_domain::StoreError;

/// A unique key is taken, or a version is not the one expected.
pub(crate) fn conflict(what: &str) -> StoreError {
    StoreError::Conflict(what.to_owned())
}

/// A statement touched no row where it should have touched one.
pub(crate) fn missing(table: &'static str, id: impl Display) -> StoreError {
    corrupt(table, "id", &id, "there is no such row")
}

/// A row refers to one that does not exist.
pub(crate) fn dangling(table: &'static str, column: &'static str, id: impl Display) -> StoreError {
    corrupt(table, column, &id, "refers to a row that does not exist")
}

/// Something makes no sense.
fn corrupt(table: &'static str, column: &'static str, id: &dyn Display, detail: &str) -> StoreError {
    StoreError::Corrupt { table, column, id: id.to_string(), detail: detail.to_owned() }
}
