//! Every index is there for a constraint or for a query that uses it, and none does what another does.

#![expect(clippy::unwrap_used, reason = "a helper that meets something unexpected has failed its test")]

use std::collections::BTreeSet;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use spotter_persistence::Backend;
use spotter_persistence::explain::named_queries;
use spotter_testkit::database::TestDatabase;

#[derive(Debug)]
struct Index {
    table: String,
    name: String,
    unique: bool,
    columns: Vec<String>,
    predicate: String,
}

const SQLITE: &str = "\
    SELECT m.name AS table_name, l.name AS name, l.\"unique\" <> 0 AS is_unique, \
        (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) \
            AS columns, \
        coalesce((SELECT substr(s.sql, instr(s.sql, ' WHERE ')) FROM sqlite_master s \
            WHERE s.name = l.name AND l.partial), '') AS predicate \
    FROM sqlite_master m JOIN pragma_index_list(m.name) l \
    WHERE m.type = 'table' AND m.name <> 'seaql_migrations'";

const POSTGRES: &str = "\
    SELECT x.indrelid::regclass::text AS table_name, i.relname::text AS name, x.indisunique AS is_unique, \
        (SELECT string_agg(a.attname::text, ',' ORDER BY k.position) \
            FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, position) \
            JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum) AS columns, \
        coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS predicate \
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
    WHERE i.relnamespace = 'public'::regnamespace AND x.indrelid <> 'seaql_migrations'::regclass";

/// One connection, no more: a setting of the session belongs to it.
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

async fn all(connection: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let backend = connection.get_database_backend();
    connection.query_all_raw(Statement::from_string(backend, sql)).await.unwrap()
}

fn read(row: &QueryResult) -> Index {
    let columns: String = row.try_get("", "columns").unwrap();
    Index {
        table: row.try_get("", "table_name").unwrap(),
        name: row.try_get("", "name").unwrap(),
        unique: row.try_get("", "is_unique").unwrap(),
        columns: columns.split(',').map(str::to_owned).collect(),
        predicate: row.try_get("", "predicate").unwrap(),
    }
}

/// The plans of all named queries, by name.
async fn plans(connection: &DatabaseConnection, backend: Backend) -> Vec<(String, String)> {
    let (explain, column) = match backend {
        Backend::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Backend::Postgres => ("EXPLAIN", "QUERY PLAN"),
    };
    let mut plans = Vec::new();
    for query in named_queries(backend) {
        let sql = format!("{explain} {}", query.sql);
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, query.values);
        let rows =
            connection.query_all_raw(statement).await.unwrap_or_else(|e| panic!("{}: {e}", query.name));
        let lines: Vec<String> = rows.iter().map(|row| row.try_get("", column).unwrap()).collect();
        plans.push((query.name, lines.join("\n")));
    }
    plans
}

/// Whether a plan names an index, and not only one whose name begins alike.
fn names(plan: &str, index: &str) -> bool {
    plan.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == index)
}

async fn every_index_earns_its_keep(url: &str, backend: Backend, catalogue: &str) {
    let connection = connect(url).await;
    if backend == Backend::Postgres {
        // The tables are empty, and an empty table is read fastest from end to end.
        all(&connection, "SELECT set_config('enable_seqscan', 'off', false)").await;
    }
    let indexes: Vec<Index> = all(&connection, catalogue).await.iter().map(read).collect();
    let plans = plans(&connection, backend).await;
    connection.close().await.unwrap();

    assert!(indexes.len() > 15, "the catalogue was not read: {indexes:#?}");
    let idle: BTreeSet<&str> = indexes
        .iter()
        .filter(|index| !index.unique && !plans.iter().any(|(_, plan)| names(plan, &index.name)))
        .map(|index| index.name.as_str())
        .collect();
    assert!(idle.is_empty(), "no query uses {idle:?}: {plans:#?}");
    for short in &indexes {
        let covering = indexes.iter().find(|long| is_covered(short, long));
        assert!(covering.is_none(), "{} does nothing that {covering:?} does not", short.name);
    }
}

/// Whether `long` can stand in for `short`. A unique index can't be replaced: it says something.
fn is_covered(short: &Index, long: &Index) -> bool {
    short.name != long.name
        && short.table == long.table
        && !short.unique
        && short.predicate == long.predicate
        && long.columns.starts_with(&short.columns)
}

#[tokio::test]
async fn every_index_earns_its_keep_on_sqlite() {
    let database = TestDatabase::sqlite_migrated().await;
    every_index_earns_its_keep(database.url(), Backend::Sqlite, SQLITE).await;
}

#[tokio::test]
async fn every_index_earns_its_keep_on_postgres() {
    let database = TestDatabase::postgres_migrated().await;
    every_index_earns_its_keep(database.url(), Backend::Postgres, POSTGRES).await;
}

const SMALL: [&str; 23] = [
    "json_each",
    "jsonb_each",
    "page",
    "expired",
    "found",
    "p",
    "q",
    "r",
    "s",
    "l",
    "n",
    "t",
    "k",
    "d",
    "run",
    "newest",
    "oldest",
    "subquery",
    // The sixteen lanes of the outbox.
    "l",
    "heads",
    "taken",
    // What is counted, and a row without a table.
    "n",
    "CONSTANT",
];

#[tokio::test]
async fn no_named_query_reads_a_whole_table_on_sqlite() {
    let database = TestDatabase::sqlite_migrated().await;
    let connection = connect(database.url()).await;
    for (name, plan) in plans(&connection, Backend::Sqlite).await {
        // The document of a list of ids or of a batch, and what a common table expression holds, are read whole.
        let scans: Vec<&str> = plan
            .lines()
            .filter(|line| line.starts_with("SCAN "))
            .filter(|line| !SMALL.iter().any(|small| names(line, small)))
            .filter(|line| !line.contains("INDEX"))
            .collect();
        assert!(scans.is_empty(), "{name}: {plan}");
    }
    connection.close().await.unwrap();
}
