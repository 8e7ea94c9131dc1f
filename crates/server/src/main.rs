//! `spotter`: parses arguments, builds, waits for a signal and drains.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use spotter_server::cli::{Cli, Command, Operator, Progress};
use spotter_server::commands::{config, migrate, openapi, operator, progress, serve};
use spotter_server::exit::Failure;
use spotter_server::settings;

fn main() -> ExitCode {
    match parse().and_then(run) {
        Ok(text) => {
            // Whoever reads us may have stopped reading: that is no failure of ours.
            let _gone = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let _gone = writeln!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.code())
        }
    }
}

/// The command line, or what is wrong with it. Help and version are told by the parser itself.
fn parse() -> Result<Cli, Failure> {
    Cli::try_parse().map_err(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        Failure::Usage(format!("{}; see spotter --help", first.trim_start_matches("error: ")))
    })
}

fn run(cli: Cli) -> Result<String, Failure> {
    let loaded = settings::load(cli.overrides.into_flags(), std::env::vars())?;
    let settings = &loaded.settings;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other("the runtime can't start", error))?;
    match cli.command {
        Command::Serve { demo } => {
            runtime.block_on(serve::run(settings, demo.into())).map(|()| String::new())
        }
        Command::Migrate { direction } => runtime.block_on(migrate::run(settings, direction)),
        Command::Operator { action: Operator::Grant { email } } => {
            runtime.block_on(operator::grant(settings, &email))
        }
        Command::Progress { action: Progress::Verify { repair } } => {
            runtime.block_on(progress::verify(settings, repair.into()))
        }
        Command::Config => Ok(config::run(&loaded)),
        Command::Openapi => openapi::run(),
    }
}
