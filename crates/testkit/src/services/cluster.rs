//! A PostgreSQL of a test's own, which it may crash.

use super::error::{Declined, ServicesError};
use super::postgres::{self, Premises, Up};
use super::{Durability, apt};

/// A running server that nobody else knows of. It ends when this is dropped.
///
/// It is started from this machine's programs, which are installed first where apt can do that: a server that
/// the environment names is not ours to crash, and a container might come back on another port.
// Dropped in order: first the process, then the folder it writes to.
#[derive(Debug)]
pub struct Cluster {
    up: Option<Up>,
    premises: Premises,
    port: u16,
    url: String,
}

impl Cluster {
    /// Starts an empty one and waits until it answers. Blocks the calling thread.
    ///
    /// # Errors
    ///
    /// [`ServicesError::Uncrashable`] when this machine has no programs that work and none can be installed.
    pub fn start(durability: Durability) -> Result<Self, ServicesError> {
        let start = || postgres::with_programs(|programs| Self::start_from(programs, durability));
        start()
            .or_else(|first| match apt::install("postgresql") {
                Ok(()) => start(),
                Err(apt) => Err(Declined::because(format!("{first}; {apt}"))),
            })
            .map_err(|declined| ServicesError::Uncrashable(declined.to_string()))
    }

    fn start_from(programs: &std::path::Path, durability: Durability) -> Result<Self, Declined> {
        let premises = Premises::prepare(programs, durability)?;
        let up = premises.start_on_free_port()?;
        let (port, url) = (up.port, up.url.clone());
        Ok(Self { up: Some(up), premises, port, url })
    }

    /// Where its first database is, as a role that may do everything.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Crashes it as `pg_ctl restart --mode immediate` does: every process of it drops what it has in hand, and
    /// the next start recovers from the write-ahead log. It comes back at the same address. Blocks the calling
    /// thread until it answers.
    ///
    /// # Errors
    ///
    /// [`ServicesError::Lost`] when it does not come back.
    pub fn crash(&mut self) -> Result<(), ServicesError> {
        drop(self.up.take());
        let up = self.premises.start(self.port);
        self.up = Some(up.map_err(|declined| ServicesError::Lost(declined.to_string()))?);
        Ok(())
    }
}
