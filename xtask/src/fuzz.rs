//! `cargo xtask fuzz`: what is read from strangers, fed with what nobody would write, for a bounded time.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use spotter_testkit::services::process::{self, Ending};

use crate::cargo::has;
use crate::interrupt::Interrupt;
use crate::{run, workspace};

/// What is fuzzed. The seeds and the dictionary of each in `fuzz/` have the same name.
const TARGETS: [&str; 2] = ["export_reader", "document_reader"];

/// No input is longer, in bytes. What only long ones show is the tests' matter; short ones find more in the same time.
const LONGEST_INPUT: u32 = 8 * 1024;

/// The command's arguments.
#[derive(Debug, Args)]
#[group(id = "fuzz")]
pub(crate) struct Arguments {
    /// For how many seconds to look at each target, once everything is built
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Which target; all of them, one after another, unless told
    #[arg(long, value_parser = TARGETS)]
    target: Option<String>,
}

/// # Errors
///
/// When what it takes is not installed, or an input was found that breaks the target.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    if !has_nightly() {
        bail!("fuzzing takes a nightly compiler: rustup toolchain install nightly --profile minimal");
    }
    if !has("fuzz") {
        bail!("fuzzing takes cargo-fuzz: cargo install cargo-fuzz --locked");
    }
    for target in TARGETS.into_iter().filter(|target| arguments.wants(target)) {
        eprintln!("fuzz: {target}, for {} seconds", arguments.seconds);
        look_at(target, arguments.seconds, interrupt).await?;
    }
    Ok(())
}

impl Arguments {
    fn wants(&self, target: &str) -> bool {
        self.target.as_deref().is_none_or(|wanted| wanted == target)
    }
}

/// Looks for an input that breaks a target. What was found interesting on the way is kept beside what is built, so
/// that the next time goes on from there.
async fn look_at(target: &str, seconds: u32, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let home = workspace::target().join("fuzz");
    let (corpus, artifacts) = (home.join("corpus").join(target), home.join("artifacts").join(target));
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    }
    run::to_the_end(command(target, &home, &corpus, &artifacts, seconds), interrupt)
        .await
        .with_context(|| format!("an input that breaks {target} would be in {}", artifacts.display()))
}

/// Cargo's own variable names the compiler of this command, so the nightly one is asked for by way of rustup.
fn nightly(arguments: &[&str]) -> Command {
    let mut command = process::command(Path::new("rustup"), Ending::Terminate);
    command.args(["run", "nightly"]).args(arguments).current_dir(workspace::root());
    command
}

fn has_nightly() -> bool {
    let mut command = nightly(&["rustc", "--version"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn command(target: &str, home: &Path, corpus: &Path, artifacts: &Path, seconds: u32) -> Command {
    let ours = workspace::root().join("fuzz");
    let mut command = nightly(&["cargo", "fuzz", "run", target]);
    command
        .arg(corpus)
        .arg(ours.join("seeds").join(target))
        .arg("--fuzz-dir")
        .arg(&ours)
        .arg("--target-dir")
        .arg(home)
        .arg("--")
        .arg(format!("-dict={}", ours.join(format!("{target}.dict")).display()))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LONGEST_INPUT}"))
        .args(["-print_final_stats=1", "-verbosity=0"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fuzzed_has_a_source_seeds_and_a_dictionary() {
        let ours = workspace::root().join("fuzz");
        for target in TARGETS {
            assert!(ours.join("fuzz_targets").join(target).with_extension("rs").is_file(), "{target}");
            assert!(ours.join(target).with_extension("dict").is_file(), "{target}");
            assert!(fs::read_dir(ours.join("seeds").join(target)).unwrap().count() > 5, "{target}");
        }
    }

    #[test]
    fn all_targets_are_looked_at_unless_one_is_named() {
        let wanted = |target: Option<&str>| {
            let arguments = Arguments { seconds: 1, target: target.map(str::to_owned) };
            TARGETS.into_iter().filter(|target| arguments.wants(target)).collect::<Vec<_>>()
        };
        assert_eq!(wanted(None), TARGETS);
        assert_eq!(wanted(Some(TARGETS[1])), [TARGETS[1]]);
    }
}
