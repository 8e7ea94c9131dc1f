//! The house's chores: `cargo xtask <command>`. This file only dispatches; each command has its own.

mod bench;
mod cargo;
mod chaos;
mod ci;
mod demo_data;
mod fuzz;
mod interrupt;
mod migrate;
mod openapi;
mod run;
mod schemathesis;
mod server;
mod services;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::interrupt::Interrupt;

/// The chores of Spotter's house.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Runs every test against a real PostgreSQL and Redis, then checks the API against its description
    Test(test::Arguments),
    /// Does what every change has to pass: format, lints, documentation, tests
    Ci(ci::Arguments),
    /// Migrates a database: passes everything on to `spotter migrate`
    Migrate(migrate::Arguments),
    /// Prints the API's description, or writes it to docs/openapi.json
    Openapi(openapi::Arguments),
    /// Measures the program beside a yardstick: passes everything on to the benchmark
    Bench(bench::Arguments),
    /// Kills nodes and crashes the database under load, plan by plan, and audits what is left
    Chaos(chaos::Arguments),
    /// Makes training histories that never happened, as files or in a database
    DemoData(demo_data::Arguments),
    /// Feeds what reads files of strangers with what nobody would write, for a bounded time
    Fuzz(fuzz::Arguments),
    /// Starts PostgreSQL and Redis, prints where they are, and keeps them until Ctrl-C
    Services(services::Arguments),
}

// One thread: the kernel ends our children with the thread that started them, so that has to be the main one.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match dispatch(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let mut interrupt = Interrupt::listen()?;
    match cli.chore {
        Chore::Test(arguments) => test::run(&arguments, &mut interrupt).await,
        Chore::Ci(arguments) => ci::run(&arguments, &mut interrupt).await,
        Chore::Migrate(arguments) => migrate::run(&arguments, &mut interrupt).await,
        Chore::Openapi(arguments) => openapi::run(&arguments).await,
        Chore::Bench(arguments) => bench::run(&arguments, &mut interrupt).await,
        Chore::Chaos(arguments) => chaos::run(&arguments, &mut interrupt).await,
        Chore::DemoData(arguments) => demo_data::run(&arguments, &mut interrupt).await,
        Chore::Fuzz(arguments) => fuzz::run(&arguments, &mut interrupt).await,
        Chore::Services(arguments) => services::run(&arguments, &mut interrupt).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn what_has_a_command_line_of_its_own_is_told_everything() {
        for chore in ["bench", "demo-data"] {
            for asked in [&["--help"][..], &["first", "--second", "third"]] {
                let line = [&["xtask", chore], asked].concat();
                let told = format!("{:?}", super::Cli::try_parse_from(line).unwrap());
                assert!(told.contains(&format!("{asked:?}")), "{told}");
            }
        }
    }
}
