//! `cargo xtask chaos`: more of the plans under which nodes are killed and the database crashes, or one of them again.

use clap::Args;
use spotter_testkit::services::DATABASE_URL;

use crate::cargo::cargo;
use crate::interrupt::Interrupt;
use crate::run;

/// The test that follows the plans of the seeds that it is told.
const TEST: &str = "chaos::the_seeds_that_were_asked_for";

/// Tells it the seeds: one, or the first and the last with two dots between.
const SEEDS: &str = "SPOTTER_CHAOS_SEEDS";

/// Has it print every step.
const IN_FULL: &str = "SPOTTER_CHAOS_IN_FULL";

/// The command's arguments.
#[derive(Debug, Args)]
#[group(id = "chaos")]
pub(crate) struct Arguments {
    /// How many plans to follow; each takes a few seconds
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// From which seed on; `cargo xtask test` follows those of 1 to 20
    #[arg(long, default_value_t = 21)]
    from: u64,
    /// Follow the plan of this seed alone
    #[arg(long, conflicts_with_all = ["seeds", "from"])]
    seed: Option<u64>,
    /// Print every step of the plans
    #[arg(long)]
    in_full: bool,
}

/// # Errors
///
/// When something does not build, there is no PostgreSQL that may be crashed, or something acknowledged was lost.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let test = ["test", "--quiet", "--locked", "--package", "spotter-server", "--test", "process", "--"];
    let mut command = cargo(&[&test[..], &["--exact", TEST, "--ignored", "--nocapture"]].concat());
    // It brings a database of its own, which it crashes.
    command.env(SEEDS, arguments.asked()).env_remove(DATABASE_URL);
    if arguments.in_full {
        command.env(IN_FULL, "1");
    }
    run::to_the_end(command, interrupt).await
}

impl Arguments {
    /// The seeds as the test is told them.
    fn asked(&self) -> String {
        match self.seed {
            Some(seed) => seed.to_string(),
            None => format!("{}..{}", self.from, self.from.saturating_add(self.seeds - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn asked(line: &[&str]) -> String {
        Line::parse_from([&["chaos"], line].concat()).arguments.asked()
    }

    #[test]
    fn one_seed_or_several_are_asked_for() {
        assert_eq!(asked(&["--seed", "7"]), "7");
        assert_eq!(asked(&["--seeds", "50", "--from", "1"]), "1..50");
        assert_eq!(asked(&["--seeds", "1"]), "21..21");
        assert_eq!(asked(&["--from", "18446744073709551615"]), "18446744073709551615..18446744073709551615");
        assert!(Line::try_parse_from(["chaos", "--seed", "7", "--from", "3"]).is_err());
    }

    #[test]
    fn the_test_that_is_run_is_there() {
        let source = crate::workspace::root().join("crates/server/tests/process/chaos.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let (_, name) = TEST.split_once("::").unwrap();
        for told in [format!("async fn {name}()"), format!("\"{SEEDS}\""), format!("\"{IN_FULL}\"")] {
            assert!(source.contains(&told), "{told}");
        }
    }
}
