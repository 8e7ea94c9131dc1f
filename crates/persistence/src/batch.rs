//! Batches: rows that travel as one JSON document, so that a batch of any size is one statement with one
//! parameter and one cached plan.

use std::fmt::Write;

use crate::Backend;

/// How a column of a batch is written in JSON and read from it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Uuid,
    Text,
    Integer,
    BigInteger,
    Time,
    Json,
}

impl Kind {
    const fn postgres(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::BigInteger => "bigint",
            Self::Time => "timestamptz",
            Self::Json => "jsonb",
        }
    }
}

/// What stands behind `FROM`: the rows of the document bound as parameter `n`, named `r`, in their order.
pub(crate) fn rows(backend: Backend, n: u8, columns: &[(&'static str, Kind)]) -> String {
    let mut list = String::new();
    for (column, kind) in columns {
        if !list.is_empty() {
            list.push_str(", ");
        }
        // Writing to a string can't fail.
        let _ = match (backend, kind) {
            (Backend::Postgres, kind) => write!(list, "{column} {}", kind.postgres()),
            (Backend::Sqlite, Kind::Uuid) => write!(list, "unhex(value->>'{column}', '-') AS {column}"),
            (Backend::Sqlite, Kind::Json) => write!(list, "value->'{column}' AS {column}"),
            (Backend::Sqlite, _) => write!(list, "value->>'{column}' AS {column}"),
        };
    }
    match backend {
        Backend::Postgres => format!("jsonb_to_recordset(${n}::jsonb) AS r({list})"),
        Backend::Sqlite => format!("(SELECT {list} FROM json_each(${n})) AS r"),
    }
}

/// A statement that inserts the rows of the document bound as parameter 1 into `table`.
pub(crate) fn insert(backend: Backend, table: &str, columns: &[(&'static str, Kind)]) -> String {
    let names: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
    let (names, rows) = (names.join(", "), rows(backend, 1, columns));
    format!("INSERT INTO {table} ({names}) SELECT {names} FROM {rows}")
}

/// As [`insert`], of rows that all belong to one owner, bound as parameter 2: it need not be in each of them.
pub(crate) fn insert_owned(
    backend: Backend,
    table: &str,
    owner: &str,
    columns: &[(&'static str, Kind)],
) -> String {
    let names: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
    let (names, rows) = (names.join(", "), rows(backend, 1, columns));
    format!("INSERT INTO {table} ({owner}, {names}) SELECT $2, {names} FROM {rows}")
}

/// A condition that says again which rows a batch is about, bound as parameter `n` by `Sql::only`.
///
/// PostgreSQL takes every document for a hundred rows and would rather read the whole table than look that
/// many up; of a list it knows the length. SQLite starts from the document anyway.
pub(crate) fn only(backend: Backend, column: &str, n: u8) -> String {
    match backend {
        Backend::Postgres => format!(" AND {}", backend.any_of(column, n)),
        Backend::Sqlite => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_does_not_depend_on_the_number_of_rows() {
        let columns = [("id", Kind::Uuid), ("at", Kind::Time), ("reason", Kind::Json)];
        assert_eq!(
            insert(Backend::Postgres, "t", &columns),
            "INSERT INTO t (id, at, reason) SELECT id, at, reason \
             FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, at timestamptz, reason jsonb)"
        );
        assert_eq!(
            insert(Backend::Sqlite, "t", &columns),
            "INSERT INTO t (id, at, reason) SELECT id, at, reason \
             FROM (SELECT unhex(value->>'id', '-') AS id, value->>'at' AS at, value->'reason' AS reason \
             FROM json_each($1)) AS r"
        );
    }
}
