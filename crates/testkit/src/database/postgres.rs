//! PostgreSQL databases for one test each, copied from a migrated one.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use spotter_domain::IdGenerator;
use spotter_migrations::Migrator;

use super::TemplateKey;
use crate::ids::RandomIds;
use crate::services::DATABASE_URL;

/// The advisory lock under which templates are made.
const TEMPLATE_LOCK: i64 = 0x0053_504F_5454_4552;

/// How often a copy is tried while somebody else is at the template, a tenth of a second apart.
const COPY_ATTEMPTS: u32 = 300;

/// A database on the tests' server.
#[derive(Debug)]
pub(super) struct PostgresDatabase {
    name: String,
    url: String,
}

impl PostgresDatabase {
    pub(super) async fn empty() -> Self {
        let admin = connect(&admin_url()).await;
        let database = Self::named(new_name());
        run(&admin, &format!("CREATE DATABASE {}", database.name)).await;
        admin.close().await.unwrap();
        database
    }

    pub(super) async fn migrated() -> Self {
        let admin = connect(&admin_url()).await;
        let template = template(&admin).await;
        let database = Self::named(new_name());
        copy(&admin, &template, &database.name).await;
        admin.close().await.unwrap();
        database
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    fn named(name: String) -> Self {
        let url = with_database(&admin_url(), &name);
        Self { name, url }
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let drop_it = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A runtime of its own, on a thread of its own: the test's may be gone, or wait for this very drop.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let admin = connect(&admin_url()).await;
                run(&admin, &drop_it).await;
                admin.close().await.unwrap();
            });
        });
        // A second panic while a failed test unwinds would abort the process and hide the first.
        let dropped = dropping.join().is_ok();
        assert!(dropped || std::thread::panicking(), "the test's database could not be dropped");
    }
}

/// The name of the migrated database of this build, made by whichever test process comes first.
async fn template(admin: &DatabaseConnection) -> String {
    let TemplateKey { name, build } = TemplateKey::of_this_build();
    run(admin, &format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    if comment_of(admin, &name).await.as_deref() != Some(build.as_str()) {
        // Made by another build, or by a process that died over it.
        run(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(admin, &format!("CREATE DATABASE {name}")).await;
        let database = connect(&with_database(&admin_url(), &name)).await;
        Migrator::up(&database, None).await.unwrap();
        database.close().await.unwrap();
        // Last of all: with this comment it counts as finished.
        run(admin, &format!("COMMENT ON DATABASE {name} IS '{build}'")).await;
    }
    run(admin, &format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    name
}

async fn comment_of(admin: &DatabaseConnection, name: &str) -> Option<String> {
    let sql =
        format!("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'");
    let row = admin.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    row.and_then(|row| row.try_get_by_index::<Option<String>>(0).unwrap())
}

/// Copies a template. The server refuses while anybody, such as its own autovacuum, is connected to it.
async fn copy(admin: &DatabaseConnection, template: &str, name: &str) {
    let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
    for attempt in 1..=COPY_ATTEMPTS {
        match admin.execute_unprepared(&sql).await {
            Ok(_) => return,
            Err(error) if error.to_string().contains("being accessed by other users") => {
                assert!(attempt < COPY_ATTEMPTS, "{template} is never left alone: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => panic!("{sql}: {error}"),
        }
    }
}

async fn run(database: &DatabaseConnection, sql: &str) {
    if let Err(error) = database.execute_unprepared(sql).await {
        panic!("{sql}: {error}");
    }
}

/// One connection, no more: the advisory lock belongs to it.
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.min_connections(1).max_connections(1).sqlx_logging(false);
    // Many test processes may wait for the one that migrates.
    options.acquire_timeout(Duration::from_mins(1)).connect_timeout(Duration::from_mins(1));
    Database::connect(options)
        .await
        .unwrap_or_else(|error| panic!("{DATABASE_URL} can't be reached: {error}"))
}

fn admin_url() -> String {
    std::env::var(DATABASE_URL).unwrap_or_else(|_| {
        panic!(
            "run `cargo xtask test`, or set {DATABASE_URL} to a PostgreSQL where databases can be created \
             (such as postgres://user:password@localhost/postgres)"
        )
    })
}

fn new_name() -> String {
    format!("t_{}", RandomIds.next().simple())
}

/// The same URL with another database in it.
fn with_database(url: &str, database: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let authority = base.find("://").map_or(0, |scheme| scheme + 3);
    let server = base[authority..].find('/').map_or(base, |slash| &base[..authority + slash]);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{server}/{database}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_of_a_url_is_replaced() {
        for (url, wanted) in [
            ("postgres://u:p@host:5432/postgres", "postgres://u:p@host:5432/t"),
            ("postgres://u:p@host:5432", "postgres://u:p@host:5432/t"),
            ("postgres://host/a?sslmode=disable", "postgres://host/t?sslmode=disable"),
            ("postgres://host?sslmode=disable", "postgres://host/t?sslmode=disable"),
        ] {
            assert_eq!(with_database(url, "t"), wanted);
        }
    }
}
