//! A look into the database itself, past everything of ours that reads it.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement, TryGetable,
};

/// A connection to the database of a test.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .min_connections(1)
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(20));
    Database::connect(options).await.unwrap()
}

/// All rows of a query.
pub(crate) async fn all(database: &impl ConnectionTrait, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    database.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// The number that a query counts as `count`.
pub(crate) async fn count(database: &impl ConnectionTrait, sql: &str) -> i64 {
    get(&all(database, sql).await[0], "count")
}

/// A column of a row.
#[track_caller]
pub(crate) fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap_or_else(|error| panic!("{column}: {error}"))
}
