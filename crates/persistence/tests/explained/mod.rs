//! Asking a database what it does for a query.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use sea_orm::sea_query::{ArrayType, PostgresQueryBuilder, QueryBuilder};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use serde_json::Value;
use spotter_persistence::explain::NamedQuery;

/// One connection, no more: a setting of the session belongs to it.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

pub(crate) async fn all(connection: &DatabaseConnection, statement: Statement) -> Vec<QueryResult> {
    connection.query_all_raw(statement).await.unwrap()
}

/// A query as a text that has its values in it.
fn executed(name: &str, values: &[sea_orm::Value]) -> String {
    let text = |value: &sea_orm::Value| {
        let text = PostgresQueryBuilder.value_to_string(value);
        // Without their type, ids in a list are texts.
        match value {
            sea_orm::Value::Array(ArrayType::Uuid, _) => text + "::uuid[]",
            _ => text,
        }
    };
    let values: Vec<String> = values.iter().map(text).collect();
    format!("{name}({})", values.join(", "))
}

/// The plans of a query with what it did: once made for these values, once made for any, which is the one that
/// the server keeps for a statement that is used again and again.
pub(crate) async fn postgres_plans(connection: &DatabaseConnection, query: &NamedQuery) -> [Value; 2] {
    let NamedQuery { sql, values, .. } = query;
    let explain = "EXPLAIN (ANALYZE, FORMAT JSON)";
    connection.execute_unprepared(&format!("PREPARE q AS {sql}")).await.unwrap();
    let mut plans = Vec::new();
    for mode in ["force_custom_plan", "force_generic_plan"] {
        connection.execute_unprepared(&format!("SET plan_cache_mode = {mode}")).await.unwrap();
        let text = format!("{explain} EXECUTE {}", executed("q", values));
        let rows = all(connection, Statement::from_string(DbBackend::Postgres, text)).await;
        plans.push(rows[0].try_get::<Value>("", "QUERY PLAN").unwrap());
    }
    connection.execute_unprepared("DEALLOCATE q").await.unwrap();
    plans.try_into().unwrap()
}

/// What a node of a plan did to a table.
#[derive(Debug)]
pub(crate) struct Visit {
    /// The table.
    pub(crate) table: String,
    /// Whether it was read from end to end.
    pub(crate) whole: bool,
    /// How many rows were looked at.
    pub(crate) rows: f64,
}

/// What a node of a plan and those below it did; `heap` is the table that an index is read for.
pub(crate) fn visits(node: &Value, heap: Option<&str>) -> Vec<Visit> {
    let text = |key: &str| node[key].as_str();
    let number = |key: &str| node[key].as_f64().unwrap_or_default();
    let table = text("Relation Name").or(heap);
    let mut visits = Vec::new();
    if let Some(table) = table {
        let each = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"];
        let loops = number("Actual Loops");
        // Of several loops the average is told, rounded: it may be half a row too much.
        let rounded = if loops > 1.0 { 0.5 } else { 0.0 };
        let rows = (each.into_iter().map(number).sum::<f64>() - rounded).max(0.0) * loops;
        let whole = text("Node Type") == Some("Seq Scan");
        visits.push(Visit { table: table.to_owned(), whole, rows });
    }
    for below in node["Plans"].as_array().into_iter().flatten() {
        let indexes = matches!(text("Node Type"), Some("Bitmap Heap Scan" | "BitmapAnd" | "BitmapOr"));
        visits.extend(self::visits(below, table.filter(|_| indexes)));
    }
    visits
}

/// The lines of SQLite's plan of a query.
pub(crate) async fn sqlite_plan(connection: &DatabaseConnection, query: NamedQuery) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", query.sql);
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, query.values);
    let rows = all(connection, statement).await;
    rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect()
}
