//! `cargo xtask openapi`: the API's description, as the program itself gives it.

use std::io::Write;

use anyhow::{Context, ensure};
use clap::Args;

use crate::cargo::cargo;
use crate::workspace;

/// The command's arguments.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Write docs/openapi.json instead of printing
    #[arg(long)]
    write: bool,
}

/// # Errors
///
/// When the program gives no description, or none that is JSON.
pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let command =
        cargo(&["run", "--quiet", "--package", "spotter-server", "--bin", "spotter", "--", "openapi"]);
    let output = tokio::process::Command::from(command)
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::inherit())
        .output()
        .await?;
    ensure!(output.status.success(), "spotter openapi failed: {}", output.status);
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("the description is no JSON")?;
    let text = format!("{document:#}\n");
    if arguments.write {
        let file = workspace::root().join("docs").join("openapi.json");
        std::fs::write(&file, text).with_context(|| file.display().to_string())?;
        eprintln!("openapi: {}", file.display());
    } else {
        std::io::stdout().write_all(text.as_bytes())?;
    }
    Ok(())
}
