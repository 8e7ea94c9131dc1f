//! The program `bench`: measures Spotter beside a yardstick in the same run, and checks its answers.

mod bare;
mod cli;
mod client;
mod machine;
mod measure;
mod processes;
mod report;
mod rows;
mod stage;
mod timing;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

/// Nothing takes longer than this, however slow the machine.
const LIMIT: Duration = Duration::from_hours(1);

// One thread: the load takes little, and the machine's other cores are for what is measured.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    // Whatever was started belongs to this future, and is taken down with it.
    let outcome = tokio::select! {
        outcome = cli::run(&cli) => outcome,
        reason = stopped() => reason,
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Ends when we have to: asked to, or out of time.
async fn stopped() -> anyhow::Result<ExitCode> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => bail!("stopped"),
        _ = terminate.recv() => bail!("stopped"),
        () = tokio::time::sleep(LIMIT) => bail!("not done within {LIMIT:?}"),
    }
}
