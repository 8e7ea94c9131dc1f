//! `cargo xtask bench`: how fast the program is, beside a yardstick in the same run.

use std::process::Command;

use clap::Args;
use spotter_testkit::services::DATABASE_URL;
use spotter_testkit::services::process::{self, Ending};

use crate::cargo::cargo;
use crate::interrupt::Interrupt;
use crate::{run, workspace};

/// The command's arguments.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// What the benchmark takes: names of rows, --quick, --json FILE; --help tells them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// # Errors
///
/// When something does not build, a service is not to be had, or an answer was wrong.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    // In one go, so that both share every dependency's features and build.
    let packages = ["--package", "spotter-server", "--package", "spotter-bench", "--bins"];
    let build = [&["build", "--quiet", "--release", "--locked"], packages.as_slice()].concat();
    run::to_the_end(cargo(&build), interrupt).await?;
    run::to_the_end(command(&arguments.rest), interrupt).await
}

fn command(arguments: &[String]) -> Command {
    let mut command = process::command(&workspace::released("bench"), Ending::Terminate);
    command
        .arg("--spotter")
        .arg(workspace::released("spotter"))
        .args(arguments)
        // It brings a database of its own, on which nothing else is done and every commit is flushed.
        .env_remove(DATABASE_URL);
    command
}
