//! A service that answers, where it came from, and what keeps it alive.

use std::fmt;

use super::docker::Container;
use super::process::Supervised;
use super::scratch::Scratch;

/// Where a service came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// The environment named it; it is left alone.
    Environment,
    /// A container that was started for this run.
    Docker,
    /// A program of this machine, started for this run.
    Machine,
    /// A program that was installed first, then started for this run.
    Installed,
}

impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Environment => "named by the environment",
            Self::Docker => "a container",
            Self::Machine => "started from this machine's programs",
            Self::Installed => "installed with apt, then started",
        })
    }
}

/// What ends with a service. Fields are dropped in order: first the process, then the folder it writes to.
#[derive(Debug)]
#[expect(dead_code, reason = "held for what happens when they are dropped")]
pub(super) enum Keep {
    Nothing,
    Container(Container),
    Process(Supervised, Scratch),
}

/// A service that answers.
#[derive(Debug)]
pub struct Running {
    url: String,
    version: String,
    provenance: Provenance,
    #[expect(dead_code, reason = "held for what happens when it is dropped")]
    keep: Keep,
}

impl Running {
    pub(super) fn new(url: String, version: String, provenance: Provenance, keep: Keep) -> Self {
        Self { url, version, provenance, keep }
    }

    /// The address, with everything that is needed to use it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it came from.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }
}

/// What it is and where it came from. Leaves the address out: one from the environment may hold a password.
impl fmt::Display for Running {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}", self.version, self.provenance)
    }
}
