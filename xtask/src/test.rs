//! `cargo xtask test`: every test there is, against real services, and nothing left behind.

use std::process::Command;

use clap::Args;
use spotter_testkit::services::{Services, Wanted};

use crate::cargo::{cargo, has};
use crate::interrupt::Interrupt;
use crate::{run, schemathesis};

/// The command's arguments.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Leave out the check of the running API against its own description
    #[arg(long)]
    no_schemathesis: bool,
    /// What to pass on to the test runner, such as a test's name
    #[arg(last = true, value_name = "ARGUMENT")]
    runner: Vec<String>,
}

/// # Errors
///
/// When a service is not to be had, a test fails, or we are asked to stop.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    // Taken down when this function is left, whichever way.
    let services = Services::start(Wanted::all())?;
    for running in [services.postgres(), services.redis()].into_iter().flatten() {
        eprintln!("services: {running}");
    }

    // The program and the tests in one go, so that both share every dependency's features and build.
    run::to_the_end(cargo(&["build", "--workspace", "--bins", "--tests", "--locked"]), interrupt).await?;
    run::to_the_end(with(&services, runner(&arguments.runner)), interrupt).await?;
    // A name or a filter asks for those tests alone.
    if !arguments.runner.is_empty() {
        return Ok(());
    }
    run::to_the_end(with(&services, cargo(&["test", "--workspace", "--doc", "--locked"])), interrupt).await?;
    if !arguments.no_schemathesis {
        schemathesis::run(interrupt).await?;
    }
    Ok(())
}

/// nextest, which gives every test a process of its own; without it, what cargo brings along.
fn runner(arguments: &[String]) -> Command {
    let mut command = if has("nextest") {
        let profile = if std::env::var_os("CI").is_some() { "ci" } else { "default" };
        cargo(&["nextest", "run", "--workspace", "--locked", "--profile", profile])
    } else {
        cargo(&["test", "--workspace", "--bins", "--tests", "--locked", "--"])
    };
    command.args(arguments);
    command
}

fn with(services: &Services, mut command: Command) -> Command {
    command.envs(services.variables());
    command
}
