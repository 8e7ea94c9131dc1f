//! Queries that grow by conditions.

use std::fmt::Write;

use crate::sql::Sql;

/// A query that grows by conditions, each with its parameters.
pub(crate) struct Conditions {
    text: String,
    sql: Sql,
}

impl Conditions {
    /// A query that has a condition already; `text` replaces that of `sql`, whose parameters it has.
    pub(crate) fn upon(sql: Sql, text: String) -> Self {
        Self { text, sql }
    }

    /// Adds a condition; every `?` in it stands for the number of the next parameter.
    pub(crate) fn and(&mut self, condition: &str, bind: impl FnOnce(Sql) -> Sql) {
        self.text.push_str(" AND ");
        let mut number = self.sql.values.len();
        for part in condition.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    number += 1;
                    // Writing to a string can't fail.
                    let _ = write!(self.text, "{before}${number}");
                }
                None => self.text.push_str(part),
            }
        }
        let empty = Sql::new(self.sql.backend, self.sql.place.table, self.sql.place.statement, "");
        self.sql = bind(std::mem::replace(&mut self.sql, empty));
    }

    /// The statement, ended by `tail`.
    pub(crate) fn finish(mut self, tail: &str) -> Sql {
        self.text.push_str(tail);
        Sql { text: self.text.into(), ..self.sql }
    }
}
