//! A PostgreSQL of our own, which writes every commit to the disk before it says so.

use anyhow::{bail, ensure};
use spotter_testkit::services::{DATABASE_URL, Durability, Provenance, Services, Wanted};

use super::database;
use crate::processes::postmaster_of;

/// What has to be on for a commit to be as durable as in production.
const DURABLE: [&str; 3] = ["fsync", "synchronous_commit", "full_page_writes"];

/// A running PostgreSQL. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    services: Services,
}

impl Cluster {
    /// # Errors
    ///
    /// When there is none to be had, or it is not durable.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let services = Services::start(Wanted::postgres().with_durability(Durability::Durable))?;
        let cluster = Self { services };
        let Some(postgres) = cluster.services.postgres() else { bail!("there is no PostgreSQL") };
        if postgres.provenance() == Provenance::Environment {
            bail!(
                "{DATABASE_URL} is set: unset it, so that a PostgreSQL is started of which the settings are known"
            );
        }
        let admin = database::connect(&cluster.url("postgres")).await?;
        for setting in DURABLE {
            let row = database::rows(&admin, &format!("SHOW {setting}")).await?;
            let value: String = row[0].try_get_by_index(0)?;
            ensure!(value == "on", "{setting} is {value}");
        }
        Ok(cluster)
    }

    /// What it is.
    pub(crate) fn version(&self) -> String {
        self.services.postgres().map(ToString::to_string).unwrap_or_default()
    }

    /// Its first process, if that is one of this machine.
    ///
    /// # Errors
    ///
    /// When it can't be asked.
    pub(crate) async fn postmaster(&self) -> anyhow::Result<Option<u32>> {
        let admin = database::connect(&self.url("postgres")).await?;
        let row = database::rows(&admin, "SELECT pg_backend_pid()").await?;
        let backend: i32 = row[0].try_get_by_index(0)?;
        Ok(postmaster_of(backend.unsigned_abs()))
    }

    /// Where a database of it is.
    pub(crate) fn url(&self, database: &str) -> String {
        let server =
            self.services.postgres().map(spotter_testkit::services::Running::url).unwrap_or_default();
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        format!("{base}/{database}")
    }

    /// Makes an empty database.
    ///
    /// # Errors
    ///
    /// When it is there already.
    pub(crate) async fn create(&self, name: &str) -> anyhow::Result<String> {
        self.run(&format!("CREATE DATABASE {name}")).await?;
        Ok(self.url(name))
    }

    /// Makes a copy of a database that nobody is connected to.
    ///
    /// # Errors
    ///
    /// When somebody is, or the copy is there already.
    pub(crate) async fn copy(&self, from: &str, name: &str) -> anyhow::Result<String> {
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {from}")).await?;
        Ok(self.url(name))
    }

    async fn run(&self, sql: &str) -> anyhow::Result<()> {
        let admin = database::connect(&self.url("postgres")).await?;
        database::execute(&admin, sql).await
    }
}
