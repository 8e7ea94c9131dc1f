//! `cargo xtask services`: the tests' services, for running single tests by hand.

use std::io::Write;

use clap::Args;
use spotter_testkit::services::{Durability, Services, Wanted};

use crate::interrupt::Interrupt;

/// The command's arguments.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Flush every commit to disk, as in production
    #[arg(long)]
    durable: bool,
}

/// # Errors
///
/// When a service is not to be had.
pub(crate) async fn run(arguments: &Arguments, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let durability = if arguments.durable { Durability::Durable } else { Durability::Fast };
    let services = Services::start(Wanted::all().with_durability(durability))?;
    for running in [services.postgres(), services.redis()].into_iter().flatten() {
        eprintln!("services: {running}");
    }
    let mut out = std::io::stdout().lock();
    for (variable, url) in services.variables() {
        writeln!(out, "export {variable}='{url}'")?;
    }
    out.flush()?;
    drop(out);
    eprintln!("services: running until Ctrl-C");
    interrupt.next().await;
    Ok(())
}
