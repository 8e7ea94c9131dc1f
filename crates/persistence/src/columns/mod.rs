//! Batches by their columns: the form of the batches that arrive thousands of times a minute.
//!
//! PostgreSQL takes rows from arrays, one for each column, in four fifths of the time that it takes them from a
//! JSON document, measured over whole inserts of registrations, decisions and announcements. SQLite knows no
//! arrays; there the rows are lists in one document, which have no names to be compared.

mod cells;

use serde::Serialize;
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use self::cells::Cells;
use crate::Backend;
use crate::sql::Sql;

/// Rows on their way into a statement. Every column has as many cells as the first.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    backend: Backend,
    columns: Vec<(&'static str, Cells)>,
}

impl Columns {
    /// No column yet.
    pub(crate) const fn new(backend: Backend) -> Self {
        Self { backend, columns: Vec::new() }
    }

    fn column(mut self, name: &'static str, cells: Cells) -> Self {
        self.columns.push((name, cells));
        self
    }

    pub(crate) fn uuids(self, name: &'static str, cells: impl IntoIterator<Item = Uuid>) -> Self {
        self.column(name, Cells::Uuids(cells.into_iter().collect()))
    }

    /// Ids, or none; the nil id counts as none.
    pub(crate) fn uuids_or_null(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Self {
        self.column(name, Cells::UuidsOrNull(cells.into_iter().collect()))
    }

    pub(crate) fn texts(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.column(name, Cells::Texts(cells.into_iter().map(Into::into).collect()))
    }

    /// Texts, or none; the empty text counts as none.
    pub(crate) fn texts_or_null<'a>(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = Option<&'a str>>,
    ) -> Self {
        let cells = cells.into_iter().map(|cell| cell.filter(|text| !text.is_empty()).map(str::to_owned));
        self.column(name, Cells::TextsOrNull(cells.collect()))
    }

    pub(crate) fn integers(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = impl Into<i32>>,
    ) -> Self {
        self.column(name, Cells::Integers(cells.into_iter().map(Into::into).collect()))
    }

    /// Numbers, or none; the least there is counts as none.
    pub(crate) fn integers_or_null(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = Option<i32>>,
    ) -> Self {
        let cells = cells.into_iter().map(|cell| cell.filter(|number| *number != i32::MIN));
        self.column(name, Cells::IntegersOrNull(cells.collect()))
    }

    /// Numbers that are never beyond the database's own.
    pub(crate) fn counts(self, name: &'static str, cells: impl IntoIterator<Item = u32>) -> Self {
        let cells = cells.into_iter().map(|number| i32::try_from(number).unwrap_or(i32::MAX));
        self.column(name, Cells::Integers(cells.collect()))
    }

    pub(crate) fn longs(self, name: &'static str, cells: impl IntoIterator<Item = i64>) -> Self {
        self.column(name, Cells::BigIntegers(cells.into_iter().collect()))
    }

    /// Numbers that the database's own may not reach; beyond them all they stay beyond them all.
    pub(crate) fn bigs(self, name: &'static str, cells: impl IntoIterator<Item = u64>) -> Self {
        let cells = cells.into_iter().map(|number| i64::try_from(number).unwrap_or(i64::MAX));
        self.column(name, Cells::BigIntegers(cells.collect()))
    }

    pub(crate) fn times(self, name: &'static str, cells: impl IntoIterator<Item = Timestamp>) -> Self {
        self.column(name, Cells::Times(cells.into_iter().collect()))
    }

    /// Instants, or none; the first one of 1970 counts as none.
    pub(crate) fn times_or_null(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = Option<Timestamp>>,
    ) -> Self {
        let cells = cells.into_iter().map(|cell| cell.filter(|at| *at != Timestamp::UNIX_EPOCH));
        self.column(name, Cells::TimesOrNull(cells.collect()))
    }

    pub(crate) fn bytes(self, name: &'static str, cells: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.column(name, Cells::Bytes(cells.into_iter().collect()))
    }

    /// Values as documents of their own.
    pub(crate) fn json(
        self,
        name: &'static str,
        cells: impl IntoIterator<Item = impl Serialize>,
    ) -> Result<Self, StoreError> {
        let cells: Result<Vec<String>, _> =
            cells.into_iter().map(|cell| serde_json::to_string(&cell)).collect();
        match cells {
            Ok(cells) => Ok(self.column(name, Cells::Json(cells))),
            Err(error) => Err(StoreError::Corrupt {
                table: "a batch",
                column: name,
                id: String::new(),
                detail: format!("it can't be written as JSON: {error}"),
            }),
        }
    }

    /// The names of all columns.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// What stands behind `FROM`: the rows, named `alias`, in their order, bound from parameter `first` on. The
    /// text does not depend on how many they are.
    pub(crate) fn rows(&self, alias: &str, first: usize) -> String {
        match self.backend {
            Backend::Postgres => {
                let of = |part: fn(&str, &Cells, usize) -> String| -> String {
                    let parts: Vec<String> = (first..)
                        .zip(&self.columns)
                        .map(|(number, (name, cells))| part(name, cells, number))
                        .collect();
                    parts.join(", ")
                };
                let read = of(|name, cells, _| cells.read_postgres(name));
                let bound = of(|_, cells, number| format!("${number}::{}[]", cells.postgres()));
                format!("(SELECT {read} FROM unnest({bound}) AS u({})) AS {alias}", self.names())
            }
            Backend::Sqlite => {
                let read =
                    |(index, (name, cells)): (usize, &(&'static str, Cells))| cells.read_sqlite(name, index);
                let read: Vec<String> = self.columns.iter().enumerate().map(read).collect();
                format!("(SELECT {} FROM jsonb_each(${first})) AS {alias}", read.join(", "))
            }
        }
    }

    /// How many parameters are bound.
    pub(crate) const fn parameters(&self) -> usize {
        match self.backend {
            Backend::Postgres => self.columns.len(),
            Backend::Sqlite => 1,
        }
    }

    /// Binds the parameters behind those that `sql` has.
    pub(crate) fn bind(self, mut sql: Sql) -> Sql {
        match self.backend {
            Backend::Postgres => {
                sql.values.extend(self.columns.into_iter().map(|(_, cells)| cells.into_array()));
                sql
            }
            Backend::Sqlite => {
                let document = self.document();
                sql.text(document)
            }
        }
    }

    /// The rows as lists in a list.
    fn document(&self) -> String {
        let rows = self.columns.first().map_or(0, |(_, cells)| cells.len());
        let mut document = String::from("[");
        for row in 0..rows {
            document.push_str(if row == 0 { "[" } else { ",[" });
            for (index, (_, cells)) in self.columns.iter().enumerate() {
                if index > 0 {
                    document.push(',');
                }
                cells.write(row, &mut document);
            }
            document.push(']');
        }
        document.push(']');
        document
    }
}

/// What stands behind `FROM` to find, for each row of `asked` and by an index, the rows `r` of `table` that `found`
/// says, however many are asked for. With `asked` come its columns.
///
/// PostgreSQL may take a list of hundreds as a reason to read the whole table: what has an offset is looked up for
/// one row after the other. SQLite keeps to the order of a cross join.
pub(crate) fn looked_up(backend: Backend, asked: &str, table: &str, found: &str) -> String {
    match backend {
        Backend::Postgres => {
            format!("{asked} CROSS JOIN LATERAL (SELECT * FROM {table} AS r WHERE {found} OFFSET 0) AS r")
        }
        Backend::Sqlite => format!("{asked} CROSS JOIN {table} AS r WHERE {found}"),
    }
}

/// A statement that inserts rows into a table.
pub(crate) fn insert(backend: Backend, (table, name): (&'static str, &'static str), columns: Columns) -> Sql {
    let (names, rows) = (columns.names(), columns.rows("r", 1));
    let text = format!("INSERT INTO {table} ({names}) SELECT {names} FROM {rows}");
    columns.bind(Sql::new(backend, table, name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(backend: Backend) -> Columns {
        Columns::new(backend)
            .uuids("id", [Uuid::from_u128(1), Uuid::from_u128(2)])
            .texts_or_null("name", [Some("it's \"one\""), None])
            .json("reason", [Some(1), None])
            .unwrap()
    }

    #[test]
    fn the_text_does_not_depend_on_the_number_of_rows() {
        assert_eq!(
            insert(Backend::Postgres, ("t", "insert"), columns(Backend::Postgres)).text,
            "INSERT INTO t (id, name, reason) SELECT id, name, reason FROM (SELECT id, \
             NULLIF(name, '') AS name, reason::jsonb AS reason \
             FROM unnest($1::uuid[], $2::text[], $3::text[]) AS u(id, name, reason)) AS r"
        );
        assert_eq!(
            insert(Backend::Sqlite, ("t", "insert"), columns(Backend::Sqlite)).text,
            "INSERT INTO t (id, name, reason) SELECT id, name, reason FROM (SELECT \
             unhex(value->>0) AS id, value->>1 AS name, value->2 AS reason FROM jsonb_each($1)) AS r"
        );
    }

    #[test]
    fn on_sqlite_the_rows_are_lists_in_a_list() {
        assert_eq!(
            columns(Backend::Sqlite).document(),
            "[[\"00000000000000000000000000000001\",\"it's \\\"one\\\"\",1],\
             [\"00000000000000000000000000000002\",null,null]]"
        );
    }
}
