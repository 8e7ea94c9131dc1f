//! What the command line can ask for.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};

use crate::bare;
use crate::machine::Machine;
use crate::report::Report;
use crate::rows::{self, Scale};

/// Measures Spotter beside a yardstick in the same run, and checks its answers.
#[derive(Debug, Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench")]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// What to measure; everything without a name
    #[arg(value_enum, value_name = "NAME")]
    names: Vec<rows::Name>,
    /// Shorter rounds and fewer of them: for finding out whether it works, not how fast it is
    #[arg(long)]
    quick: bool,
    /// Where to write the results as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Fail when a goal is missed
    #[arg(long)]
    strict: bool,
    /// The program to measure; the one beside this one without it
    #[arg(long, value_name = "FILE")]
    spotter: Option<PathBuf>,
    #[command(subcommand)]
    inner: Option<Inner>,
}

/// What the benchmark has itself do in another process.
#[derive(Debug, Subcommand)]
enum Inner {
    /// Answers from memory, with nothing but actix-web
    #[command(hide = true, name = bare::COMMAND)]
    Bare {
        /// The answers
        file: PathBuf,
    },
}

/// Does what the command line asks for.
///
/// # Errors
///
/// When something that is needed is not to be had, or a request is refused that should not be.
pub(crate) async fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    if cfg!(debug_assertions) {
        bail!("this is a debug build, whose figures mean nothing: cargo xtask bench makes a release build");
    }
    if let Some(Inner::Bare { file }) = &cli.inner {
        bare::serve(file).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let program = cli.program()?;
    let scale = if cli.quick { Scale::Quick } else { Scale::Full };
    let names = if cli.names.is_empty() { rows::Name::value_variants() } else { &cli.names };
    let mut report = Report::new(Machine::look(), scale);
    for name in names {
        report.add(rows::run(*name, &program, scale).await?);
    }
    println!("{report}");
    if let Some(file) = &cli.json {
        let text = serde_json::to_string_pretty(&report)?;
        std::fs::write(file, text + "\n").with_context(|| file.display().to_string())?;
    }
    let failed = report.is_wrong() || (cli.strict && report.misses());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Cli {
    fn program(&self) -> anyhow::Result<PathBuf> {
        let program = match &self.spotter {
            Some(program) => program.clone(),
            None => {
                std::env::current_exe()?.with_file_name(format!("spotter{}", std::env::consts::EXE_SUFFIX))
            }
        };
        if !program.is_file() {
            bail!("{} is not there: build it first", program.display());
        }
        // It is started in another folder.
        Ok(program.canonicalize()?)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn rows_are_named_as_the_documentation_names_them() {
        let names = [
            "hot-event",
            "hot-event-sqlite",
            "many-events",
            "cached-get",
            "start",
            "log-session",
            "progress-reads",
            "import",
            "outbox",
        ];
        let cli = Cli::try_parse_from(["bench"].into_iter().chain(names)).unwrap();
        assert_eq!(cli.names, rows::Name::value_variants());
    }
}
