//! `spotter config`.

use crate::settings::{Loaded, explain};

/// The settings in force and where each came from, secrets hidden.
#[must_use]
pub fn run(loaded: &Loaded) -> String {
    explain(loaded)
}
