//! Running a command to its end, or to ours.

use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Child;
use tokio::time::timeout;

use crate::interrupt::Interrupt;

/// On a terminal, Ctrl-C has already reached the command itself; it gets this long before it is asked again.
const OWN_ACCORD: Duration = Duration::from_secs(5);

/// How long a command that was asked to end may take before it is killed.
const GRACE: Duration = Duration::from_secs(15);

/// Runs a command and waits for it. If we are asked to stop, so is the command.
///
/// # Errors
///
/// When it can't be started, fails, or was stopped.
pub(crate) async fn to_the_end(command: Command, interrupt: &mut Interrupt) -> anyhow::Result<()> {
    let name = describe(&command);
    let mut command = tokio::process::Command::from(command);
    let mut child = command.kill_on_drop(true).spawn().with_context(|| format!("{name} can't be started"))?;
    let status = tokio::select! {
        status = child.wait() => status?,
        signal = interrupt.next() => {
            end(&mut child, signal).await?;
            bail!("{name} was stopped");
        }
    };
    if !status.success() {
        bail!("{name} failed: {status}");
    }
    Ok(())
}

async fn end(child: &mut Child, signal: Signal) -> std::io::Result<ExitStatus> {
    if signal == Signal::INT
        && let Ok(status) = timeout(OWN_ACCORD, child.wait()).await
    {
        return status;
    }
    if let Some(id) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
        // Refused only when it has just ended.
        let _ = kill_process(id, Signal::TERM);
    }
    if let Ok(status) = timeout(GRACE, child.wait()).await {
        return status;
    }
    child.kill().await?;
    child.wait().await
}

/// The command as somebody would have typed it, without what keeps it from outliving us.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let own = words.iter().position(|word| word == "--").filter(|_| words[0].ends_with("setpriv"));
    let own = &words[own.map_or(0, |position| position + 1)..];
    own.iter().take(4).cloned().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failure_is_told_by_what_was_run() {
        let mut interrupt = Interrupt::listen().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "exit 3"]);
        let error = to_the_end(command, &mut interrupt).await.unwrap_err().to_string();
        assert!(error.starts_with("sh -c exit 3 failed"), "{error}");
    }

    #[tokio::test]
    async fn a_command_is_stopped_with_us() {
        let mut child = tokio::process::Command::new("sleep").arg("60").spawn().unwrap();
        let status = end(&mut child, Signal::TERM).await.unwrap();
        assert!(!status.success());
    }

    #[test]
    fn what_guards_a_command_is_not_part_of_its_name() {
        let mut command = Command::new("/usr/bin/setpriv");
        command.args(["--pdeathsig", "TERM", "--", "cargo", "fmt"]);
        assert_eq!(describe(&command), "cargo fmt");
    }
}
