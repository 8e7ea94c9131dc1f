//! Statements with their parameters.

use std::borrow::Cow;

use sea_orm::{Statement, Value};
use serde::Serialize;
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::error::Place;
use crate::{Backend, time};

/// A statement on its way to the database. Parameters are bound in the order of their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    pub(crate) backend: Backend,
    pub(crate) place: Place,
    pub(crate) text: Cow<'static, str>,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// The statement `name` upon `table`.
    pub(crate) fn new(
        backend: Backend,
        table: &'static str,
        name: &'static str,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { backend, place: Place { table, statement: name }, text: text.into(), values: Vec::new() }
    }

    fn value(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }

    pub(crate) fn uuid(self, id: Uuid) -> Self {
        self.value(Value::Uuid(Some(id)))
    }

    pub(crate) fn uuid_or_null(self, id: Option<Uuid>) -> Self {
        self.value(Value::Uuid(id))
    }

    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        self.value(Value::String(Some(text.into())))
    }

    pub(crate) fn text_or_null(self, text: Option<&str>) -> Self {
        self.value(Value::String(text.map(str::to_owned)))
    }

    pub(crate) fn int(self, number: impl Into<i64>) -> Self {
        self.value(Value::BigInt(Some(number.into())))
    }

    pub(crate) fn int_or_null(self, number: Option<impl Into<i64>>) -> Self {
        self.value(Value::BigInt(number.map(Into::into)))
    }

    /// A number that the database's own may not reach; beyond them all it stays beyond them all.
    pub(crate) fn big(self, number: u64) -> Self {
        self.int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub(crate) fn flag(self, flag: bool) -> Self {
        self.flag_or_null(Some(flag))
    }

    pub(crate) fn flag_or_null(self, flag: Option<bool>) -> Self {
        self.value(Value::Bool(flag))
    }

    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        self.value(Value::Bytes(Some(bytes.to_vec())))
    }

    pub(crate) fn time(self, at: Timestamp) -> Self {
        self.time_or_null(Some(at))
    }

    pub(crate) fn time_or_null(self, at: Option<Timestamp>) -> Self {
        let value = time::to_value(self.backend, at);
        self.value(value)
    }

    /// Ids for [`Backend::any_of`].
    pub(crate) fn ids(self, ids: impl IntoIterator<Item = Uuid>) -> Self {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let value = match self.backend {
            Backend::Postgres => Value::from(ids),
            Backend::Sqlite => {
                let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
                Value::String(Some(format!("[{}]", quoted.join(","))))
            }
        };
        self.value(value)
    }

    /// Instants for [`Backend::any_time_of`].
    pub(crate) fn times(self, times: impl IntoIterator<Item = Timestamp>) -> Self {
        let value = match self.backend {
            Backend::Postgres => Value::from(times.into_iter().map(time::to_chrono).collect::<Vec<_>>()),
            Backend::Sqlite => {
                let quoted: Vec<String> =
                    times.into_iter().map(|at| format!("\"{}\"", time::to_text(at))).collect();
                Value::String(Some(format!("[{}]", quoted.join(","))))
            }
        };
        self.value(value)
    }

    /// Numbers in a list: an array on PostgreSQL, a JSON document on SQLite.
    pub(crate) fn numbers(self, numbers: impl IntoIterator<Item = i32>) -> Self {
        let numbers: Vec<i32> = numbers.into_iter().collect();
        let value = match self.backend {
            Backend::Postgres => Value::from(numbers),
            Backend::Sqlite => {
                let digits: Vec<String> = numbers.iter().map(i32::to_string).collect();
                Value::String(Some(format!("[{}]", digits.join(","))))
            }
        };
        self.value(value)
    }

    /// Ids for [`crate::batch::only`].
    pub(crate) fn only(self, ids: impl IntoIterator<Item = Uuid>) -> Self {
        match self.backend {
            Backend::Postgres => self.ids(ids),
            Backend::Sqlite => self,
        }
    }

    /// Rows for [`crate::batch::rows`], as one JSON document.
    pub(crate) fn rows(self, rows: &[impl Serialize]) -> Result<Self, StoreError> {
        self.json(rows)
    }

    /// A value as text of JSON.
    pub(crate) fn json(self, value: &(impl Serialize + ?Sized)) -> Result<Self, StoreError> {
        match serde_json::to_string(value) {
            Ok(document) => Ok(self.text(document)),
            Err(error) => Err(StoreError::Corrupt {
                table: self.place.table,
                column: self.place.statement,
                id: String::new(),
                detail: format!("it can't be written as JSON: {error}"),
            }),
        }
    }

    pub(crate) fn into_statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend.sea_orm(), self.text, self.values)
    }
}
