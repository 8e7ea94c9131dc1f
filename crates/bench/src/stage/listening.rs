//! A process that says where it listens.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use spotter_testkit::services::process::{Ending, Supervised};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often is looked whether it does.
const LOOK: Duration = Duration::from_millis(1);

/// A process with a folder of its own. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Listening {
    // In this order: first the process, then the folder it writes to.
    process: Supervised,
    folder: TempDir,
    address: SocketAddr,
    began: Instant,
}

impl Listening {
    /// Starts a command and waits until it has printed its address behind `announcement`.
    ///
    /// # Errors
    ///
    /// When it does not come to that.
    pub(super) async fn start(mut command: Command, announcement: &str) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("spotter-bench-").tempdir()?;
        let output = folder.path().join("output");
        command
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(File::create(&output)?)
            .stderr(File::create(folder.path().join("log"))?);
        let began = Instant::now();
        let process = Supervised::start(command, Ending::Terminate)?;
        let address = loop {
            if let Some(address) = announced(&fs::read_to_string(&output)?, announcement) {
                break address?;
            }
            if process.has_ended() || began.elapsed() >= PATIENCE {
                bail!("it did not start: {}", last_words(folder.path()));
            }
            sleep(LOOK).await;
        };
        Ok(Self { process, folder, address, began })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it works.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its process id.
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// When it was started.
    pub(super) fn began(&self) -> Instant {
        self.began
    }

    /// # Errors
    ///
    /// When it has ended.
    pub(super) fn is_there(&self) -> anyhow::Result<()> {
        if self.process.has_ended() {
            bail!("the server has ended; its last words: {}", last_words(self.folder.path()));
        }
        Ok(())
    }
}

fn last_words(folder: &Path) -> String {
    let said = fs::read_to_string(folder.join("log")).unwrap_or_default();
    said.lines().last().unwrap_or("none").to_owned()
}

/// The address of an announcement, once its whole line is there.
fn announced(said: &str, announcement: &str) -> Option<anyhow::Result<SocketAddr>> {
    let (_, rest) = said.split_once(announcement)?;
    let (address, _) = rest.split_once('\n')?;
    Some(address.parse().with_context(|| format!("{address} is no address")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_address_counts_once_its_line_is_whole() {
        let announced = |said| super::announced(said, "listens on http://");
        assert!(announced("Spotter listens on http://127.0.0.1:80").is_none());
        let address = announced("Spotter listens on http://127.0.0.1:80\nAPI").unwrap().unwrap();
        assert_eq!(address.port(), 80);
    }
}
