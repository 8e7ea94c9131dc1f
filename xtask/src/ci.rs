//! `cargo xtask ci`: what every change has to pass, cheapest first.

use std::process::Command;

use clap::Args;

use crate::cargo::cargo;
use crate::interrupt::Interrupt;
use crate::{run, test};

/// The command's arguments.
#[derive(Debug, Args)]
#[group(id = "ci")]
pub(crate) struct Arguments {
    #[command(flatten)]
    test: test::Arguments,
}

/// # Errors
///
/// What the first step that failed said.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    for (step, command) in checks() {
        eprintln!("ci: {step}");
        run::to_the_end(command, interrupt).await?;
    }
    eprintln!("ci: tests");
    test::run(&arguments.test, interrupt).await
}

fn checks() -> Vec<(&'static str, Command)> {
    // Warnings become errors through arguments, not through RUSTFLAGS: those would be part of what identifies
    // a build, and the tests would compile every dependency again.
    let mut documentation =
        cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    vec![
        ("format", cargo(&["fmt", "--all", "--check"])),
        (
            "lints",
            cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]),
        ),
        ("documentation", documentation),
    ]
}
