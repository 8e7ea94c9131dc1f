//! Rows on their way to values. A column that can't become its value is an error that names the row.

use chrono::{DateTime, Utc};
use sea_orm::{QueryResult, TryGetable};
use serde::de::DeserializeOwned;
use spotter_domain::{Invalid, StoreError, Timestamp};
use uuid::Uuid;

use crate::time;

/// One row of a result.
#[derive(Debug)]
pub(crate) struct Row {
    result: QueryResult,
    table: &'static str,
}

impl Row {
    pub(crate) fn new(result: QueryResult, table: &'static str) -> Self {
        Self { result, table }
    }

    /// The error of a column that makes no sense. What it holds is not repeated.
    pub(crate) fn corrupt(&self, column: &'static str, detail: impl Into<String>) -> StoreError {
        let id =
            self.result.try_get::<Uuid>("", "id").map_or_else(|_| String::from("?"), |id| id.to_string());
        StoreError::Corrupt { table: self.table, column, id, detail: detail.into() }
    }

    pub(crate) fn get<T: TryGetable>(&self, column: &'static str) -> Result<T, StoreError> {
        self.result
            .try_get("", column)
            .map_err(|_| self.corrupt(column, format!("can't be read as {}", std::any::type_name::<T>())))
    }

    pub(crate) fn id<T: From<Uuid>>(&self, column: &'static str) -> Result<T, StoreError> {
        self.get::<Uuid>(column).map(T::from)
    }

    pub(crate) fn int<T: TryFrom<i32>>(&self, column: &'static str) -> Result<T, StoreError> {
        T::try_from(self.get::<i32>(column)?).map_err(|_| self.corrupt(column, "is out of range"))
    }

    pub(crate) fn int_or_null<T: TryFrom<i32>>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        let number = self.get::<Option<i32>>(column)?;
        number.map(T::try_from).transpose().map_err(|_| self.corrupt(column, "is out of range"))
    }

    pub(crate) fn big(&self, column: &'static str) -> Result<u64, StoreError> {
        u64::try_from(self.get::<i64>(column)?).map_err(|_| self.corrupt(column, "is negative"))
    }

    pub(crate) fn big_or_null(&self, column: &'static str) -> Result<Option<u64>, StoreError> {
        let number = self.get::<Option<i64>>(column)?;
        number.map(u64::try_from).transpose().map_err(|_| self.corrupt(column, "is negative"))
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.time_or_null(column)?.ok_or_else(|| self.corrupt(column, "is null"))
    }

    pub(crate) fn time_or_null(&self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        let Some(at) = self.get::<Option<DateTime<Utc>>>(column)? else { return Ok(None) };
        match time::from_chrono(at) {
            Some(at) => Ok(Some(at)),
            None => Err(self.corrupt(column, "is out of range")),
        }
    }

    /// Reads a text by the rule of its type.
    pub(crate) fn parse<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Result<T, StoreError> {
        parse(&self.get::<String>(column)?).map_err(|invalid| self.corrupt(column, invalid.to_string()))
    }

    pub(crate) fn parse_or_null<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Result<Option<T>, StoreError> {
        let text = self.get::<Option<String>>(column)?;
        let value = text.as_deref().map(parse).transpose();
        value.map_err(|invalid| self.corrupt(column, invalid.to_string()))
    }

    /// A value that its type has checked.
    pub(crate) fn valid<T>(
        &self,
        column: &'static str,
        checked: Result<T, Invalid>,
    ) -> Result<T, StoreError> {
        checked.map_err(|invalid| self.corrupt(column, invalid.to_string()))
    }

    pub(crate) fn digest(&self, column: &'static str) -> Result<[u8; 32], StoreError> {
        self.get::<Vec<u8>>(column)?.try_into().map_err(|_| self.corrupt(column, "must have 32 bytes"))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let json = self.get::<serde_json::Value>(column)?;
        serde_json::from_value(json).map_err(|_| self.corrupt(column, "is not JSON of the expected form"))
    }

    /// JSON that is kept as text.
    pub(crate) fn json_text<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let json = self.get::<String>(column)?;
        serde_json::from_str(&json).map_err(|_| self.corrupt(column, "is not JSON of the expected form"))
    }
}

/// Rows to values, the first bad one being the error of all.
pub(crate) fn all<T: TryFrom<Row, Error = StoreError>>(rows: Vec<Row>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(T::try_from).collect()
}

/// A row, if there is one, to its value.
pub(crate) fn one<T: TryFrom<Row, Error = StoreError>>(row: Option<Row>) -> Result<Option<T>, StoreError> {
    row.map(T::try_from).transpose()
}
