//! The program as a process on a free port of the loopback address.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use spotter_demo_data::fill::PASSWORD;
use spotter_testkit::services::process::{self, Ending, Supervised};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use super::Database;
use crate::client::{Call, Client};

/// The key that tokens are made with.
pub(super) const SIGNING_KEY: &str = "nothing that is signed here is kept";

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_mins(1);

/// What its announcement begins with.
const ANNOUNCEMENT: &str = "Spotter listens on http://";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    // In this order: first the process, then the folder it writes to.
    process: Supervised,
    folder: TempDir,
    program: PathBuf,
    database: Database,
    address: SocketAddr,
}

impl Server {
    /// Starts the program on a database, as it is by default, but without limits and with `Server-Timing`, and
    /// waits until it listens.
    ///
    /// # Errors
    ///
    /// When it does not come to that.
    pub(crate) async fn start(program: &Path, database: &Database) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("spotter-bench-").tempdir()?;
        let output = folder.path().join("output");
        let mut command = command(program, database, &["serve"]);
        command
            .current_dir(folder.path())
            .env("SPOTTER_HTTP__ADDRESS", "127.0.0.1:0")
            .env("SPOTTER_HTTP__SERVER_TIMING", "true")
            .env("SPOTTER_LIMITS__ENABLED", "false")
            .stdin(Stdio::null())
            .stdout(File::create(&output)?)
            .stderr(File::create(folder.path().join("log"))?);
        let process = Supervised::start(command, Ending::Terminate)?;
        let deadline = Instant::now() + PATIENCE;
        let address = loop {
            if let Some(address) = announced(&fs::read_to_string(&output)?) {
                break address?;
            }
            if process.has_ended() || Instant::now() >= deadline {
                let said = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
                bail!("the server did not start: {}", said.lines().last().unwrap_or("it said nothing"));
            }
            sleep(Duration::from_millis(20)).await;
        };
        Ok(Self { process, folder, program: program.to_owned(), database: database.clone(), address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// A connection to it.
    ///
    /// # Errors
    ///
    /// When it takes none.
    pub(crate) async fn connect(&self) -> anyhow::Result<Client> {
        if self.process.has_ended() {
            bail!("the server has ended; its last words: {}", self.last_words());
        }
        Client::connect(self.address).await
    }

    /// Somebody new.
    ///
    /// # Errors
    ///
    /// When somebody has that address.
    pub(crate) async fn sign_up(&self, email: &str) -> anyhow::Result<Person> {
        let body = json!({ "email": email, "password": PASSWORD, "display_name": "Somebody" });
        let call = Call::post_json("/api/v1/auth/signup", &body);
        let issued = self.connect().await?.expect(201, &call).await?;
        self.person(&issued).await
    }

    /// Somebody whom the database was filled with.
    ///
    /// # Errors
    ///
    /// When there is nobody of that address.
    pub(crate) async fn sign_in(&self, email: &str) -> anyhow::Result<Person> {
        let body = json!({ "email": email, "password": PASSWORD });
        let call = Call::post_json("/api/v1/auth/login", &body);
        let issued = self.connect().await?.expect(200, &call).await?;
        self.person(&issued).await
    }

    async fn person(&self, issued: &Value) -> anyhow::Result<Person> {
        let token = issued["access_token"].as_str().context("signing in gave no access_token")?;
        let profile = self.connect().await?.expect(200, &Call::get("/api/v1/me").by(token)).await?;
        let id = profile["id"].as_str().context("a profile has no id")?;
        Ok(Person { id: id.to_owned(), token: token.to_owned() })
    }

    /// The id of an exercise.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub(crate) async fn exercise(&self, name: &str, token: &str) -> anyhow::Result<String> {
        let path = format!("/api/v1/exercises/resolve?name={}", name.replace(' ', "%20"));
        let resolved = self.connect().await?.expect(200, &Call::get(path).by(token)).await?;
        let id =
            resolved["exercise"]["id"].as_str().with_context(|| format!("no exercise is called {name}"))?;
        Ok(id.to_owned())
    }

    /// Has everything that is derived recomputed by `spotter progress verify`. Answers how many workout sessions
    /// there are, and how many differences.
    ///
    /// # Errors
    ///
    /// When it does not tell.
    pub(crate) async fn verify(&self) -> anyhow::Result<(u64, u64)> {
        let mut command = command(&self.program, &self.database, &["progress", "verify"]);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        let output = tokio::process::Command::from(command).kill_on_drop(true).output().await?;
        let said = String::from_utf8_lossy(&output.stdout);
        let told = said.lines().last().and_then(verified);
        told.with_context(|| {
            format!("`spotter progress verify` failed: {}", String::from_utf8_lossy(&output.stderr).trim())
        })
    }

    fn last_words(&self) -> String {
        let said = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        said.lines().last().unwrap_or("none").to_owned()
    }
}

/// The program, with nothing of our own environment's settings.
fn command(program: &Path, database: &Database, arguments: &[&str]) -> Command {
    let mut command = process::command(program, Ending::Terminate);
    for (name, _) in std::env::vars() {
        if name.starts_with("SPOTTER_") || name.starts_with("OTEL_") || name == "RUST_LOG" {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .env("SPOTTER_DATABASE__URL", database.url())
        .env("SPOTTER_AUTH__SIGNING_KEY", SIGNING_KEY);
    command
}

/// The address of an announcement, once its whole line is there.
fn announced(said: &str) -> Option<anyhow::Result<SocketAddr>> {
    let (_, rest) = said.split_once(ANNOUNCEMENT)?;
    let (address, _) = rest.split_once('\n')?;
    Some(address.parse().with_context(|| format!("{address} is no address")))
}

/// `2001 people, 301500 workout sessions, 0 differences`
fn verified(line: &str) -> Option<(u64, u64)> {
    let number = |part: &str, what: &str| part.strip_suffix(what)?.trim().parse().ok();
    let mut parts = line.split(", ").skip(1);
    Some((number(parts.next()?, "workout sessions")?, number(parts.next()?, "differences")?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_program_says_is_understood() {
        assert_eq!(super::verified("3 people, 301 workout sessions, 2 differences"), Some((301, 2)));
        assert_eq!(super::verified("nothing"), None);
        assert!(super::announced("Spotter listens on http://127.0.0.1:80").is_none());
        let address = super::announced("Spotter listens on http://127.0.0.1:80\nAPI").unwrap().unwrap();
        assert_eq!(address.port(), 80);
    }
}
