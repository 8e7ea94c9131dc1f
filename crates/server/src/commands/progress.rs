//! `spotter progress`.

use std::fmt::Write as _;
use std::io::Write as _;

use spotter_application::Spotter;
use spotter_application::progress::{Remedy, Verified};
use spotter_domain::id::AccountId;

use crate::exit::Failure;
use crate::settings::Settings;
use crate::wiring::{application, check, open_database};

/// How many accounts one statement reads.
const PORTION: u16 = 200;

/// What to do about differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Tell them.
    No,
    /// Tell them and mend them.
    Yes,
}

impl From<bool> for Repair {
    fn from(repair: bool) -> Self {
        if repair { Self::Yes } else { Self::No }
    }
}

/// What a check of everybody found.
#[derive(Debug, Default)]
struct Findings {
    people: u64,
    sessions: u64,
    differences: u64,
    text: String,
}

/// Recomputes everything that is derived from workout sessions, person by person, and compares it with what is
/// kept. Can run beside a server, be stopped at any time and be run again.
///
/// # Errors
///
/// [`Failure`] when the database can't be reached, or when there are differences.
pub async fn verify(settings: &Settings, repair: Repair) -> Result<String, Failure> {
    check(settings)?;
    let database = open_database(settings).await?;
    let spotter = application(settings, &database)?;
    let outcome = verify_all(&spotter, repair).await;
    database.close().await;
    let findings = outcome.map_err(|error| Failure::other("not everybody could be checked", error))?;
    let Findings { people, sessions, differences, mut text } = findings;
    let _infallible =
        writeln!(text, "{people} people, {sessions} workout sessions, {differences} differences");
    match (differences, repair) {
        (0, _) | (_, Repair::Yes) => Ok(text),
        (_, Repair::No) => {
            // What was found is told where answers go, what to do about it where failures go.
            let _gone = std::io::stdout().write_all(text.as_bytes());
            let hint = "run `spotter progress verify --repair` to mend them";
            Err(Failure::Other(format!("{differences} differences were found: {hint}")))
        }
    }
}

async fn verify_all(spotter: &Spotter, repair: Repair) -> Result<Findings, spotter_application::Error> {
    let remedy = match repair {
        Repair::No => Remedy::Report,
        Repair::Yes => Remedy::Repair,
    };
    let mut findings = Findings::default();
    let mut after = None;
    loop {
        let accounts = spotter.accounts(after, PORTION).await?;
        let Some(last) = accounts.last() else { return Ok(findings) };
        after = Some(*last);
        for account in accounts {
            let verified = spotter.verify_progress(account, remedy).await?;
            findings.note(account, &verified);
        }
    }
}

impl Findings {
    fn note(&mut self, account: AccountId, verified: &Verified) {
        self.people += 1;
        self.sessions += verified.sessions;
        self.differences += verified.differences;
        for difference in &verified.told {
            let _infallible = writeln!(self.text, "{account}: {}", difference.what);
        }
        let untold = verified.differences.saturating_sub(verified.told.len() as u64);
        if untold > 0 {
            let _infallible = writeln!(self.text, "{account}: and {untold} more");
        }
    }
}
