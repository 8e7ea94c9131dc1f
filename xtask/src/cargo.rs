//! Cargo, called the same way by every chore, so that nothing is built twice with different flags.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use spotter_testkit::services::process::{self, Ending};

use crate::workspace;

/// `cargo` with these arguments, in the root of the workspace, ending with us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = process::command(&program, Ending::Terminate);
    command.args(arguments).current_dir(workspace::root());
    command
}

/// Whether this machine has cargo's subcommand of this name.
pub(crate) fn has(subcommand: &str) -> bool {
    let mut command = cargo(&[subcommand, "--version"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
