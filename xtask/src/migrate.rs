//! `cargo xtask migrate`: the program's own migrations, from the source tree.

use clap::Args;

use crate::cargo::cargo;
use crate::interrupt::Interrupt;
use crate::run;

/// The command's arguments.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What `spotter migrate` takes: up, down with a number of steps, or status
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, default_value = "up")]
    rest: Vec<String>,
}

/// # Errors
///
/// What `spotter migrate` failed with.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let mut command =
        cargo(&["run", "--quiet", "--package", "spotter-server", "--bin", "spotter", "--", "migrate"]);
    command.args(&arguments.rest);
    run::to_the_end(command, interrupt).await
}
