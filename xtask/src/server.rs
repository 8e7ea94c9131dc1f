//! A running Spotter of its own: the built program on an empty embedded database and a free port.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::Client;
use serde_json::{Value, json};
use spotter_testkit::services::free_port;
use spotter_testkit::services::process::{self, Ending, Supervised};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::workspace;

/// Migrating and filling the database with a demonstration takes a while in a debug build.
const PATIENCE: Duration = Duration::from_mins(2);

/// The demonstration's owner, who may do everything that a club allows.
const OWNER_EMAIL: &str = "owner@demo.example";
const OWNER_PASSWORD: &str = "demo-password";

/// A server with the demonstration's data. Dropped, it ends and its data is gone.
#[derive(Debug)]
pub(crate) struct Server {
    // In this order: first the process, then the folder it writes to.
    process: Supervised,
    folder: TempDir,
    base: String,
    client: Client,
}

impl Server {
    /// Starts the program that was built last and waits until it is ready.
    ///
    /// # Errors
    ///
    /// When it was not built, or does not become ready.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let program = workspace::spotter();
        if !program.is_file() {
            bail!("{} is not there: build it first", program.display());
        }
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let log = File::create(folder.path().join("server.log"))?;
        let mut command = process::command(&program, Ending::Terminate);
        command
            .args(["serve", "--demo"])
            .current_dir(folder.path())
            .env("SPOTTER_HTTP__ADDRESS", format!("127.0.0.1:{port}"))
            .env("SPOTTER_DATABASE__URL", format!("sqlite://{}", folder.path().join("spotter.db").display()))
            .env("SPOTTER_LIMITS__ENABLED", "false")
            .env("SPOTTER_LOG__FORMAT", "text")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let process = Supervised::start(command, Ending::Terminate)?;
        let base = format!("http://127.0.0.1:{port}");
        let client = Client::builder().timeout(Duration::from_secs(10)).build()?;
        let server = Self { process, folder, base, client };
        server.wait().await.with_context(|| server.last_words())?;
        Ok(server)
    }

    /// Where it listens.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// What it wrote down.
    pub(crate) fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("server.log")
    }

    /// Where to put files that are to go away with it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn wait(&self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let ready = format!("{}/health/ready", self.base);
        loop {
            let answer = self.client.get(&ready).send().await;
            if answer.as_ref().is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if self.process.has_ended() {
                bail!("it has ended");
            }
            if Instant::now() >= deadline {
                bail!("not ready: {answer:?}");
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// A token of the demonstration's owner.
    ///
    /// # Errors
    ///
    /// When signing in is refused.
    pub(crate) async fn sign_in(&self) -> anyhow::Result<String> {
        let answer: Value = self
            .client
            .post(format!("{}/api/v1/auth/login", self.base))
            .json(&json!({ "email": OWNER_EMAIL, "password": OWNER_PASSWORD }))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let token = answer["access_token"].as_str().context("signing in gave no access_token")?;
        Ok(token.to_owned())
    }

    fn last_words(&self) -> String {
        let said = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = said.lines().rev().take(5).collect();
        let lines: Vec<&str> = lines.into_iter().rev().collect();
        format!("the server did not start; its last words:\n{}", lines.join("\n"))
    }
}
