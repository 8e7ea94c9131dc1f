//! `pgbench`, the load generator that comes with PostgreSQL, with a script of ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use spotter_testkit::services::process::{self, Ending};
use tempfile::TempDir;

/// A script in a file.
#[derive(Debug)]
pub(crate) struct Script {
    folder: TempDir,
    program: PathBuf,
}

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    pub(crate) transactions: u64,
    pub(crate) per_second: f64,
}

impl Script {
    /// # Errors
    ///
    /// When it can't be written, or this machine has no `pgbench`.
    pub(crate) fn new(text: &str) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("spotter-bench-").tempdir()?;
        fs::write(folder.path().join("script.sql"), text)?;
        let program = find().context("pgbench is neither in PATH nor in /usr/lib/postgresql/*/bin")?;
        Ok(Self { folder, program })
    }

    /// Runs it over and over, with as many connections as `clients`, each with prepared statements; `variables` are
    /// what the script is told.
    ///
    /// # Errors
    ///
    /// When a transaction fails.
    pub(crate) async fn run(
        &self,
        url: &str,
        clients: usize,
        time: Duration,
        variables: &[(&str, u64)],
    ) -> anyhow::Result<Turn> {
        let mut command = process::command(&self.program, Ending::Terminate);
        command.args(["--no-vacuum", "--protocol=prepared", "--random-seed=7", "--jobs=2", "--file"]);
        command.arg(self.folder.path().join("script.sql"));
        command.arg(format!("--client={clients}")).arg(format!("--time={}", time.as_secs().max(1)));
        command.args(variables.iter().map(|(name, value)| format!("--define={name}={value}")));
        command.arg(url).stdin(Stdio::null());
        let output = tokio::process::Command::from(command).kill_on_drop(true).output().await?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            bail!("pgbench failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let turn = parse(&said).with_context(|| format!("pgbench said: {said}"))?;
        ensure!(turn.transactions > 0, "pgbench did nothing");
        Ok(turn)
    }
}

fn parse(said: &str) -> Option<Turn> {
    let after = |what: &str| said.lines().find_map(|line| line.strip_prefix(what));
    let first = |text: &str| text.split([' ', '/']).next().map(str::to_owned);
    Some(Turn {
        transactions: first(after("number of transactions actually processed: ")?)?.parse().ok()?,
        per_second: first(after("tps = ")?)?.parse().ok()?,
    })
}

/// The first of `PATH`, then the newest of Debian's.
fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    debian.sort_unstable();
    let folders = std::env::split_paths(&path).chain(debian.iter().rev().map(|version| version.join("bin")));
    folders.map(|folder: PathBuf| folder.join("pgbench")).find(|program: &PathBuf| Path::is_file(program))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_pgbench_says_is_understood() {
        let said = "transaction type: s.sql\nnumber of transactions actually processed: 1234\n\
                    number of failed transactions: 0 (0.000%)\nlatency average = 9.8 ms\n\
                    tps = 411.377901 (without initial connection time)\n";
        let turn = super::parse(said).unwrap();
        assert_eq!(turn.transactions, 1_234);
        assert!((turn.per_second - 411.377_901).abs() < 1e-9);
        assert!(super::parse("tps = none").is_none());
    }
}
