//! The third way to PostgreSQL: this machine's own programs, on a fresh folder and a free port.

use std::fs::File;
use std::path::{Path, PathBuf};
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
    with_programs(|programs| start_from(programs, durability, provenance))
}

/// The first thing that can be made with the programs of one of the folders that have them.
///
/// # Errors
///
/// When there is none, for a reason that names the last folder tried.
pub(super) fn with_programs<T>(make: impl Fn(&Path) -> Result<T, Declined>) -> Result<T, Declined> {
    let mut last =
        Declined::because("initdb and postgres are neither in PATH nor in /usr/lib/postgresql/*/bin");
    for programs in programs::postgres_folders() {
        match make(&programs) {
            Ok(thing) => return Ok(thing),
            Err(declined) => last = Declined::because(format!("{}: {declined}", programs.display())),
        }
    }
    Err(last)
}

fn start_from(programs: &Path, durability: Durability, provenance: Provenance) -> Result<Running, Declined> {
    let premises = Premises::prepare(programs, durability)?;
    let up = premises.start_on_free_port()?;
    let Up { server, url, version, .. } = up;
    Ok(Running::new(url, version, provenance, Keep::Process(server, premises.scratch)))
}

/// Where a server's data is and with which program it is served: it can be started there again and again.
#[derive(Debug)]
pub(super) struct Premises {
    programs: PathBuf,
    owner: Option<Owner>,
    durability: Durability,
    scratch: Scratch,
    cluster: PathBuf,
    sockets: PathBuf,
    log: PathBuf,
}

/// A server that answers.
#[derive(Debug)]
pub(super) struct Up {
    pub(super) server: Supervised,
    pub(super) port: u16,
    pub(super) url: String,
    pub(super) version: String,
}

impl Premises {
    /// Makes an empty cluster.
    ///
    /// # Errors
    ///
    /// When the program does not work here.
    pub(super) fn prepare(programs: &Path, durability: Durability) -> Result<Self, Declined> {
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
        let programs = programs.to_owned();
        let premises = Self { programs, owner, durability, scratch, cluster, sockets, log };
        let made = premises
            .run("initdb")?
            .arg("--pgdata")
            .arg(&premises.cluster)
            .args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .status()?;
        if !made.success() {
            return Err(Declined::because(format!("initdb failed: {}", tail(&premises.log))));
        }
        Ok(premises)
    }

    /// # Errors
    ///
    /// When it does not answer in time, however often it was tried.
    pub(super) fn start_on_free_port(&self) -> Result<Up, Declined> {
        let mut reason = String::new();
        for _ in 0..ATTEMPTS {
            match self.start(readiness::free_port()?) {
                Ok(up) => return Ok(up),
                Err(declined) => reason = declined.to_string(),
            }
        }
        Err(Declined::because(reason))
    }

    /// # Errors
    ///
    /// When it does not answer in time.
    pub(super) fn start(&self, port: u16) -> Result<Up, Declined> {
        let mut server = self.run("postgres")?;
        server.arg("-D").arg(&self.cluster);
        for setting in settings(port, &self.sockets, self.durability) {
            server.args(["-c", &setting]);
        }
        let server = Supervised::start(server, Ending::Quit)?;
        let url = format!("postgres://{USER}@127.0.0.1:{port}/postgres");
        let deadline = Deadline::within(PATIENCE).or_once(|| server.has_ended());
        match readiness::postgres(&url, deadline) {
            Ok(version) => Ok(Up { server, port, url, version }),
            Err(why) => Err(Declined::because(format!("{why}: {}", tail(&self.log)))),
        }
    }

    fn run(&self, program: &str) -> Result<Command, Declined> {
        let mut command = command(&self.programs.join(program), self.owner)?;
        let output = File::options().create(true).append(true).open(&self.log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        command.current_dir(self.scratch.path());
        Ok(command)
    }
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
        "max_connections=400".to_owned(),
    ];
    settings.extend(shortcuts(durability).iter().map(|setting| (*setting).to_owned()));
    settings
}

/// What a server may leave out that need not survive more than that.
pub(super) fn shortcuts(durability: Durability) -> &'static [&'static str] {
    match durability {
        Durability::Fast => &["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
        Durability::SurvivesKill => &["fsync=off", "full_page_writes=off"],
        Durability::Durable => &[],
    }
}

/// The last lines that a server said, for the reason why it was declined.
pub(super) fn tail(log: &Path) -> String {
    let said = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = said.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
}
