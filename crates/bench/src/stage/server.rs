//! The program as a process on a free port of the loopback address.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use spotter_demo_data::fill::PASSWORD;
use spotter_testkit::services::process::{self, Ending};
use tokio::time::sleep;

use super::Database;
use super::listening::Listening;
use crate::client::{Call, Client};

/// The key that tokens are made with.
pub(super) const SIGNING_KEY: &str = "nothing that is signed here is kept";

/// What its announcement begins with.
const ANNOUNCEMENT: &str = "Spotter listens on http://";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// A setting by its path, as `http.workers`, and its value.
pub(crate) type Setting = (&'static str, &'static str);

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    listening: Listening,
    program: PathBuf,
    database: Database,
}

impl Server {
    /// Starts the program on a database, as it is by default, but without limits and with `Server-Timing`, and
    /// waits until it listens.
    ///
    /// # Errors
    ///
    /// When it does not come to that.
    pub(crate) async fn start(program: &Path, database: &Database) -> anyhow::Result<Self> {
        Self::start_with(program, database, &[]).await
    }

    /// The same with some settings that are not as they are by default.
    ///
    /// # Errors
    ///
    /// When it does not come to that.
    pub(crate) async fn start_with(
        program: &Path,
        database: &Database,
        settings: &[Setting],
    ) -> anyhow::Result<Self> {
        let mut command = command(program, database, &["serve"]);
        command
            .env("SPOTTER_HTTP__ADDRESS", "127.0.0.1:0")
            .env("SPOTTER_HTTP__SERVER_TIMING", "true")
            .env("SPOTTER_LIMITS__ENABLED", "false")
            .envs(settings.iter().map(|(path, value)| (variable(path), value)));
        let listening = Listening::start(command, ANNOUNCEMENT).await.context("the server")?;
        Ok(Self { listening, program: program.to_owned(), database: database.clone() })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.listening.address()
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.listening.id()
    }

    /// Waits until it takes work. Answers how long that took from its start.
    ///
    /// # Errors
    ///
    /// When it does not.
    pub(crate) async fn ready(&self) -> anyhow::Result<Duration> {
        let mut client = self.connect().await?;
        while client.send(&Call::get("/health/ready")).await?.status.as_u16() != 200 {
            sleep(Duration::from_millis(1)).await;
        }
        Ok(self.listening.began().elapsed())
    }

    /// A connection to it.
    ///
    /// # Errors
    ///
    /// When it takes none.
    pub(crate) async fn connect(&self) -> anyhow::Result<Client> {
        self.listening.is_there()?;
        Client::connect(self.address()).await
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
        command.current_dir(self.listening.folder()).stdin(Stdio::null());
        let output = tokio::process::Command::from(command).kill_on_drop(true).output().await?;
        let said = String::from_utf8_lossy(&output.stdout);
        let told = said.lines().last().and_then(verified);
        told.with_context(|| {
            format!("`spotter progress verify` failed: {}", String::from_utf8_lossy(&output.stderr).trim())
        })
    }
}

/// Whether the program has a setting of that path.
///
/// # Errors
///
/// When it does not tell its settings.
pub(crate) async fn has_setting(program: &Path, database: &Database, path: &str) -> anyhow::Result<bool> {
    let folder = tempfile::Builder::new().prefix("spotter-bench-").tempdir()?;
    let mut command = command(program, database, &["config"]);
    command.current_dir(folder.path()).stdin(Stdio::null());
    let output = tokio::process::Command::from(command).kill_on_drop(true).output().await?;
    if !output.status.success() {
        bail!("`spotter config` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let start = format!("{path} = ");
    Ok(String::from_utf8_lossy(&output.stdout).lines().any(|line| line.starts_with(&start)))
}

/// The name of a setting in the environment.
fn variable(path: &str) -> String {
    format!("SPOTTER_{}", path.to_uppercase().replace('.', "__"))
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
        assert_eq!(super::variable("desk.largest_batch"), "SPOTTER_DESK__LARGEST_BATCH");
    }
}
