//! Whether the running API does what its description says: schemathesis, the same cases every time, with a time limit.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use spotter_testkit::services::process::{self, Ending};

use crate::interrupt::Interrupt;
use crate::server::Server;
use crate::{run, workspace};

/// The version that the checks below were written for.
const VERSION: &str = "4.32.5";

/// The whole check may take this long.
const LIMIT: Duration = Duration::from_mins(5);

/// What is checked of every answer.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// # Errors
///
/// When the tool can't be installed, the server does not start, or an answer breaks its description.
pub(crate) async fn run(interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let Some(python) = find_python() else {
        eprintln!("schemathesis: left out, there is no python3 here");
        return Ok(());
    };
    let tool = install(&python, interrupt)
        .await
        .context("schemathesis can't be installed (--no-schemathesis leaves it out)")?;
    let (server, token) = tokio::select! {
        signed_in = serve_and_sign_in() => signed_in?,
        _ = interrupt.next() => bail!("stopped while the server was starting"),
    };
    let check =
        tokio::time::timeout(LIMIT, run::to_the_end(command(&tool, &server, &token), interrupt)).await;
    match check {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            // Its folder goes away with the server, and whoever looks for the reason needs its log.
            let kept = workspace::target().join("schemathesis-server.log");
            let copied = std::fs::copy(server.log(), &kept).is_ok();
            Err(if copied {
                error.context(format!("the server's log is in {}", kept.display()))
            } else {
                error
            })
        }
        Err(_) => bail!("schemathesis was not done within {LIMIT:?}"),
    }
}

async fn serve_and_sign_in() -> anyhow::Result<(Server, String)> {
    let server = Server::start().await?;
    let token = server.sign_in().await?;
    Ok((server, token))
}

fn command(tool: &Path, server: &Server, token: &str) -> Command {
    let mut command = process::command(tool, Ending::Terminate);
    command
        .arg("run")
        .arg(format!("{}/openapi.json", server.base()))
        .arg("--header")
        .arg(format!("Authorization: Bearer {token}"))
        .args(["--checks", CHECKS])
        .args(["--phases", "examples,coverage,fuzzing"])
        .args(["--max-examples", "25", "--generation-deterministic"])
        .args(["--suppress-health-check", "all"])
        .args(["--request-timeout", "10", "--workers", "1", "--no-color"])
        // It leaves files where it runs.
        .current_dir(server.folder())
        .stdin(Stdio::null());
    command
}

fn find_python() -> Option<PathBuf> {
    let python = PathBuf::from("python3");
    let found = Command::new(&python)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    found.then_some(python)
}

/// Puts the tool into a folder of its own below `target`, once a version.
async fn install(python: &Path, interrupt: &mut Interrupt) -> anyhow::Result<PathBuf> {
    let home = workspace::target().join("schemathesis").join(VERSION);
    let programs = home.join("bin");
    let tool = programs.join("st");
    let complete = home.join("complete");
    if complete.is_file() {
        return Ok(tool);
    }
    eprintln!("schemathesis: installing {VERSION}");
    let mut environment = process::command(python, Ending::Terminate);
    environment.args(["-m", "venv", "--clear"]).arg(&home).stdin(Stdio::null());
    run::to_the_end(environment, interrupt).await?;
    let mut packages = process::command(&programs.join("python"), Ending::Terminate);
    packages
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("schemathesis=={VERSION}"))
        .stdin(Stdio::null());
    run::to_the_end(packages, interrupt).await?;
    std::fs::write(complete, VERSION)?;
    Ok(tool)
}
