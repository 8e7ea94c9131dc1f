//! The finders against this machine: whatever it offers has to work and to go away again.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::process::{self, Ending, Supervised};
use super::*;

/// Whether the process is there and not merely waiting to be buried.
fn lives(id: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'))
}

fn sleeper(seconds: u32) -> Command {
    let mut command = process::command(Path::new("/bin/sleep"), Ending::Terminate);
    command.arg(seconds.to_string());
    command
}

#[test]
fn a_supervised_process_ends_when_it_is_dropped() {
    let child = Supervised::start(sleeper(60), Ending::Terminate).unwrap();
    let id = child.id();
    assert!(lives(id));
    assert!(!child.has_ended());
    let began = Instant::now();
    drop(child);
    assert!(!lives(id));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_supervised_process_outlives_the_thread_that_asked_for_it() {
    let child =
        std::thread::spawn(|| Supervised::start(sleeper(60), Ending::Terminate).unwrap()).join().unwrap();
    assert!(wait_for_port(1, Duration::from_millis(200), || child.has_ended()).is_err());
    assert!(lives(child.id()));
}

#[test]
fn a_program_that_is_not_there_is_an_error() {
    let mut missing = Command::new("/nonexistent/server");
    missing.arg("--port");
    assert!(Supervised::start(missing, Ending::Terminate).is_err());
}

#[test]
fn a_missing_service_is_told_with_all_four_ways() {
    let decline = || Err(error::Declined::because("not here"));
    let ways: [Way<'_>; 3] = [("Docker", &decline), ("a machine", &decline), ("apt", &decline)];
    let message = first_of("PostgreSQL", DATABASE_URL, ways).unwrap_err().to_string();
    for way in
        ["SPOTTER_TEST_DATABASE_URL: not set", "Docker: not here", "a machine: not here", "apt: not here"]
    {
        assert!(message.contains(way), "{message}");
    }
}

#[tokio::test]
async fn services_start_inside_a_runtime_and_leave_nothing_behind() {
    let services = Services::start(Wanted::all()).unwrap();
    let variables: Vec<_> = services.variables().collect();
    assert_eq!(variables.len(), 2);
    assert!(variables[0].1.starts_with("postgres"));
    assert!(variables[1].1.starts_with("redis"));
    let postgres = services.postgres().unwrap();
    assert!(postgres.to_string().starts_with("PostgreSQL"), "{postgres}");

    let provenance = postgres.provenance();
    let folders = own_folders();
    drop(services);
    if provenance == Provenance::Machine {
        assert!(folders.iter().all(|folder| !folder.exists()), "{folders:?}");
    }
}

#[test]
fn a_crashed_cluster_comes_back_at_the_same_address_with_what_was_committed() {
    let mut cluster = Cluster::start(Durability::SurvivesKill).unwrap();
    let url = cluster.url().to_owned();
    let started = run(&url, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    cluster.crash().unwrap();
    assert_eq!(cluster.url(), url);
    assert_ne!(run(&url, "INSERT INTO kept VALUES (8)"), started, "the server was not started again");
}

/// Runs statements; says when the server was started.
fn run(url: &str, sql: &str) -> String {
    use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
    let started = async {
        let database = Database::connect(url).await.unwrap();
        database.execute_unprepared(sql).await.unwrap();
        let asked = "SELECT pg_postmaster_start_time()::text AS started, (SELECT MIN(n) FROM kept) AS least";
        let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, asked)).await.unwrap();
        let row = row.unwrap();
        assert_eq!(row.try_get::<i32>("", "least").unwrap(), 7);
        database.close().await.unwrap();
        row.try_get("", "started").unwrap()
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(started)
}

/// The folders that this process has made for services.
fn own_folders() -> Vec<PathBuf> {
    let prefix = format!("spotter-services-{}-", std::process::id());
    let entries = std::fs::read_dir(std::env::temp_dir()).unwrap().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
        .map(|it| it.path())
        .collect()
}
