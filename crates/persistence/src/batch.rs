//! Batches: rows that travel as one JSON document, so that a batch of any size is one statement with one
//! parameter and one cached plan.

use crate::Backend;

/// How a column of a batch is written in JSON and read from it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Uuid,
    Text,
    Integer,
    BigInteger,
    Time,
}

impl Kind {
    const fn postgres(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::BigInteger => "bigint",
            Self::Time => "timestamptz",
        }
    }
}

/// What stands behind `FROM`: the rows of the document bound as parameter `n`, named `r`, in their order.
///
/// Of the two forms of JSON that either database knows, this is the one that it takes rows from soonest:
/// PostgreSQL from the text as it came, SQLite from its binary form, which is not read again for each column.
pub(crate) fn rows(backend: Backend, n: u8, columns: &[(&'static str, Kind)]) -> String {
    match backend {
        Backend::Postgres => {
            let typed: Vec<String> =
                columns.iter().map(|(column, kind)| format!("{column} {}", kind.postgres())).collect();
            format!("json_to_recordset(${n}::json) AS r({})", typed.join(", "))
        }
        Backend::Sqlite => format!("({}) AS r", sqlite_rows(n, columns)),
    }
}

fn sqlite_rows(n: u8, columns: &[(&'static str, Kind)]) -> String {
    let read = |(column, kind): &(&'static str, Kind)| match kind {
        Kind::Uuid => format!("unhex(value->>'{column}', '-') AS {column}"),
        _ => format!("value->>'{column}' AS {column}"),
    };
    let list: Vec<String> = columns.iter().map(read).collect();
    format!("SELECT {} FROM jsonb_each(${n})", list.join(", "))
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

/// A statement that updates the rows of `table` that belong to the owner bound as parameter 2, from the document
/// bound as parameter 1. Rows are found by the first `keys` columns, and the others are set. The values of the
/// first column are bound once more by `Sql::only`.
pub(crate) fn update_owned(
    backend: Backend,
    table: &str,
    owner: &str,
    columns: &[(&'static str, Kind)],
    keys: usize,
) -> String {
    let (keys, others) = columns.split_at(keys);
    let set: Vec<String> = others.iter().map(|(column, _)| format!("{column} = r.{column}")).collect();
    let same: Vec<String> = keys.iter().map(|(column, _)| format!("t.{column} = r.{column}")).collect();
    let (set, same) = (set.join(", "), same.join(" AND "));
    let begin = format!("UPDATE {table} AS t SET {set} FROM");
    match backend {
        Backend::Postgres => {
            let only: String =
                keys.first().map(|(first, _)| only(backend, &format!("t.{first}"), 3)).unwrap_or_default();
            format!("{begin} {} WHERE t.{owner} = $2 AND {same}{only}", rows(backend, 1, columns))
        }
        // Written down once: SQLite would go through the whole document for each row of the owner.
        Backend::Sqlite => format!(
            "WITH r AS MATERIALIZED ({}) {begin} r WHERE t.{owner} = $2 AND {same}",
            sqlite_rows(1, columns)
        ),
    }
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
        let columns = [("id", Kind::Uuid), ("at", Kind::Time), ("name", Kind::Text)];
        assert_eq!(
            insert(Backend::Postgres, "t", &columns),
            "INSERT INTO t (id, at, name) SELECT id, at, name \
             FROM json_to_recordset($1::json) AS r(id uuid, at timestamptz, name text)"
        );
        assert_eq!(
            insert(Backend::Sqlite, "t", &columns),
            "INSERT INTO t (id, at, name) SELECT id, at, name \
             FROM (SELECT unhex(value->>'id', '-') AS id, value->>'at' AS at, value->>'name' AS name \
             FROM jsonb_each($1)) AS r"
        );
    }
}
