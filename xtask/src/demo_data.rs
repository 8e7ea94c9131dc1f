//! `cargo xtask demo-data`: training histories that never happened, as files or in a database.

use clap::Args;

use crate::cargo::cargo;
use crate::interrupt::Interrupt;
use crate::run;

/// The command's arguments.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// What the generator takes: csv or fill with their options; --help tells them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, default_value = "--help")]
    rest: Vec<String>,
}

/// # Errors
///
/// What the generator failed with.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    // In a release build: two thousand histories take minutes otherwise.
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--package",
        "spotter-demo-data",
        "--bin",
        "demo-data",
        "--",
    ]);
    command.args(&arguments.rest);
    run::to_the_end(command, interrupt).await
}
