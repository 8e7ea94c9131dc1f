//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::settings::Flags;

/// Sells out classes fairly and remembers what people lifted.
#[derive(Debug, Parser)]
#[command(name = "spotter", version)]
pub struct Cli {
    /// What overrides the file and the environment.
    #[command(flatten)]
    pub overrides: Overrides,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings on the command line. They win over everything else.
#[derive(Debug, Args)]
pub struct Overrides {
    /// The settings file; spotter.toml in this folder, if there is one, without it
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen, such as 127.0.0.1:8080
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub address: Option<String>,
    /// The database: `sqlite://file` or `postgres://...`
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// How log lines are written: text or json
    #[arg(long, global = true, value_name = "FORMAT")]
    pub log_format: Option<String>,
}

impl Overrides {
    /// The same as the settings' loader takes it.
    #[must_use]
    pub fn into_flags(self) -> Flags {
        let mut values = Vec::new();
        let mut note = |path, flag, value: Option<String>| {
            if let Some(value) = value {
                values.push((path, flag, value));
            }
        };
        note("http.address", "--address", self.address);
        note("database.url", "--database-url", self.database_url);
        note("log.format", "--log-format", self.log_format);
        Flags { file: self.config, values }
    }
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Migrates the database and listens
    Serve {
        /// Fill an empty database with a club, its classes and its people
        #[arg(long)]
        demo: bool,
    },
    /// Changes the schema of the database
    Migrate {
        /// In which direction
        #[command(subcommand)]
        direction: Migrate,
    },
    /// Says who runs the installation
    Operator {
        /// What to do
        #[command(subcommand)]
        action: Operator,
    },
    /// Checks what is derived from workout sessions
    Progress {
        /// What to do
        #[command(subcommand)]
        action: Progress,
    },
    /// Prints the settings in force and where each came from
    Config,
    /// Prints the OpenAPI document
    Openapi,
}

/// Which way the schema changes.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Migrate {
    /// Applies what is pending
    Up,
    /// Takes the last changes back
    Down {
        /// How many
        #[arg(default_value_t = 1)]
        count: u32,
    },
    /// Tells what is applied and what is pending
    Status,
}

/// What to do about operators.
#[derive(Debug, Subcommand)]
pub enum Operator {
    /// Makes an existing account an operator
    Grant {
        /// The address that the account signs in with
        email: String,
    },
}

/// What to do about what is derived from workout sessions.
#[derive(Debug, Subcommand)]
pub enum Progress {
    /// Recomputes every summary and record, and tells each that is kept otherwise
    Verify {
        /// Write what was recomputed where it differs
        #[arg(long)]
        repair: bool,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
