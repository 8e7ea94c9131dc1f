//! SQLite files for one test each, copied from a migrated one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use sea_orm_migration::MigratorTrait;
use spotter_migrations::Migrator;
use tempfile::TempDir;

use super::TemplateKey;

/// A database file in a directory that goes with it.
#[derive(Debug)]
pub(super) struct SqliteDatabase {
    url: String,
    _directory: TempDir,
}

impl SqliteDatabase {
    pub(super) fn empty() -> Self {
        let directory = tempfile::Builder::new().prefix("spotter-test-").tempdir().unwrap();
        let url = url_of(&directory.path().join("spotter.sqlite"));
        Self { url, _directory: directory }
    }

    pub(super) async fn migrated() -> Self {
        let template = template().await;
        let directory = tempfile::Builder::new().prefix("spotter-test-").tempdir().unwrap();
        let file = directory.path().join("spotter.sqlite");
        fs::copy(template, &file).unwrap();
        Self { url: url_of(&file), _directory: directory }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

fn url_of(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// The migrated file of this build, made by whichever test process comes first.
async fn template() -> PathBuf {
    let TemplateKey { name, build } = TemplateKey::of_this_build();
    let directory = std::env::temp_dir().join("spotter-testkit");
    fs::create_dir_all(&directory).unwrap();
    let template = directory.join(format!("{name}-{build}.sqlite"));
    // The others wait here while one migrates. Closing the file gives the lock back, also after a crash.
    let lock = File::create(directory.join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    if !template.exists() {
        remove_older(&directory, &name);
        let unfinished = template.with_extension("unfinished");
        migrate(&unfinished).await;
        fs::rename(&unfinished, &template).unwrap();
    }
    template
}

async fn migrate(file: &Path) {
    let mut options = ConnectOptions::new(url_of(file));
    options.max_connections(1).sqlx_logging(false);
    let database = Database::connect(options).await.unwrap();
    Migrator::up(&database, None).await.unwrap();
    // Everything into the one file that is copied.
    database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    database.execute_unprepared("PRAGMA journal_mode = DELETE").await.unwrap();
    database.close().await.unwrap();
}

fn remove_older(directory: &Path, name: &str) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        if file_name.starts_with(&format!("{name}-")) {
            fs::remove_file(&path).unwrap();
        }
    }
}
