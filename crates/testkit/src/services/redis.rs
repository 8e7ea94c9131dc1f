//! The third way to Redis: this machine's own program, on a fresh folder and a free port.

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use super::error::Declined;
use super::postgres::tail;
use super::process::{self, Ending, Supervised};
use super::readiness::{self, Deadline};
use super::running::{Keep, Provenance, Running};
use super::scratch::Scratch;
use super::{Durability, programs};

/// How long a fresh server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(15);

/// A free port may be taken by somebody else before the server gets to it.
const ATTEMPTS: usize = 3;

/// # Errors
///
/// When there is no program, or it does not work.
pub(super) fn start(durability: Durability, provenance: Provenance) -> Result<Running, Declined> {
    let program = programs::on_path("redis-server")
        .or_else(|| programs::on_path("valkey-server"))
        .ok_or_else(|| Declined::because("redis-server is not in PATH"))?;
    let scratch = Scratch::new()?;
    let log = scratch.path().join("server.log");
    let mut reason = String::new();
    for _ in 0..ATTEMPTS {
        let port = readiness::free_port()?;
        let output = File::options().create(true).append(true).open(&log)?;
        let mut server = process::command(&program, Ending::Terminate);
        server
            .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--daemonize", "no"])
            .arg("--dir")
            .arg(scratch.path())
            .args(settings(durability))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let server = Supervised::start(server, Ending::Terminate)?;
        let url = format!("redis://127.0.0.1:{port}");
        let deadline = Deadline::within(PATIENCE).or_once(|| server.has_ended());
        match readiness::redis(&url, deadline) {
            Ok(version) => return Ok(Running::new(url, version, provenance, Keep::Process(server, scratch))),
            Err(why) => reason = format!("{why}: {}", tail(&log)),
        }
    }
    Err(Declined::because(reason))
}

/// No snapshots in any case: a fast one keeps nothing, the others log every write.
pub(super) fn settings(durability: Durability) -> [&'static str; 6] {
    match durability {
        Durability::Fast => ["--save", "", "--appendonly", "no", "--appendfsync", "no"],
        Durability::SurvivesKill => ["--save", "", "--appendonly", "yes", "--appendfsync", "no"],
        Durability::Durable => ["--save", "", "--appendonly", "yes", "--appendfsync", "always"],
    }
}
