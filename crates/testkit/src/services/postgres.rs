//! The third way to PostgreSQL: this machine's own programs, on a fresh folder and a free port.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::error::Declined;
use super::process::{self, Ending, Supervised};
use super::readiness::{self, Deadline};
use super::running::{Keep, Provenance, Running};
use super::scratch::{Owner, Scratch};
use super::{Durability, programs};

/// The user as whom a server runs that refuses to run as root.
const USER: &str = "postgres";

/// How long a fresh server may take until it answers, on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A free port may be taken by somebody else before the server gets to it.
const ATTEMPTS: usize = 3;

/// # Errors
///
/// When no program is found that works, for a reason that names the last one tried.
pub(super) fn start(durability: Durability, provenance: Provenance) -> Result<Running, Declined> {
    let mut last =
        Declined::because("initdb and postgres are neither in PATH nor in /usr/lib/postgresql/*/bin");
    for programs in programs::postgres_folders() {
        match start_from(&programs, durability, provenance) {
            Ok(running) => return Ok(running),
            Err(declined) => last = Declined::because(format!("{}: {declined}", programs.display())),
        }
    }
    Err(last)
}

fn start_from(programs: &Path, durability: Durability, provenance: Provenance) -> Result<Running, Declined> {
    let scratch = Scratch::new()?;
    let owner = if rustix::process::geteuid().is_root() {
        Some(Owner::named(USER).ok_or_else(|| {
            Declined::because(format!("it refuses to run as root, and there is no user {USER}"))
        })?)
    } else {
        None
    };
    let cluster = scratch.folder("cluster", owner)?;
    let sockets = scratch.folder("sockets", owner)?;
    let log = scratch.path().join("server.log");
    let run = |program: &str| -> Result<Command, Declined> {
        let mut command = command(&programs.join(program), owner)?;
        let output = File::options().create(true).append(true).open(&log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).current_dir(scratch.path());
        Ok(command)
    };

    let made = run("initdb")?
        .arg("--pgdata")
        .arg(&cluster)
        .args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .status()?;
    if !made.success() {
        return Err(Declined::because(format!("initdb failed: {}", tail(&log))));
    }

    let mut reason = String::new();
    for _ in 0..ATTEMPTS {
        let port = readiness::free_port()?;
        let mut server = run("postgres")?;
        server.arg("-D").arg(&cluster);
        for setting in settings(port, &sockets, durability) {
            server.args(["-c", &setting]);
        }
        let server = Supervised::start(server, Ending::Quit)?;
        let url = format!("postgres://{USER}@127.0.0.1:{port}/postgres");
        let deadline = Deadline::within(PATIENCE).or_once(|| server.has_ended());
        match readiness::postgres(&url, deadline) {
            Ok(version) => return Ok(Running::new(url, version, provenance, Keep::Process(server, scratch))),
            Err(why) => reason = format!("{why}: {}", tail(&log)),
        }
    }
    Err(Declined::because(reason))
}

fn command(program: &Path, owner: Option<Owner>) -> Result<Command, Declined> {
    match owner {
        None => Ok(process::command(program, Ending::Quit)),
        Some(_) => process::command_as(USER, program, Ending::Quit)
            .ok_or_else(|| Declined::because("it refuses to run as root, and setpriv is missing")),
    }
}

fn settings(port: u16, sockets: &Path, durability: Durability) -> Vec<String> {
    let mut settings = vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", sockets.display()),
        "max_connections=200".to_owned(),
    ];
    if durability == Durability::Fast {
        settings.extend(FAST.map(str::to_owned));
    }
    settings
}

/// What a database that nobody will miss may leave out.
pub(super) const FAST: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// The last lines that a server said, for the reason why it was declined.
pub(super) fn tail(log: &Path) -> String {
    let said = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = said.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
}
