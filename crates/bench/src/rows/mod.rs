//! What is measured. To add a row: a module with `run`, a name here, a section in docs/performance.md.

mod cached_get;
mod hot_event;
mod hot_event_sqlite;
mod import;
mod log_session;
mod many_events;
mod outbox;
mod progress_reads;
mod registration;
mod start;

use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use serde::Serialize;

use crate::machine::busy_percent;
use crate::report::Row;

/// The rows by their names on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    /// Everybody registers for one event, on PostgreSQL
    HotEvent,
    /// The same on the embedded database
    HotEventSqlite,
    /// Everybody registers for one of a thousand events, on PostgreSQL
    ManyEvents,
    /// Looking at an event and at a list of events again and again
    CachedGet,
    /// Starting, and resting
    Start,
    /// Logging a workout session of 6 exercises and 24 sets
    LogSession,
    /// What somebody with ten years of history looks at
    ProgressReads,
    /// Bringing along ten years of history
    Import,
    /// Draining what was announced to a handler that does nothing
    Outbox,
}

/// How thoroughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scale {
    /// To see that it works.
    Quick,
    /// To see how fast it is.
    Full,
}

impl Scale {
    /// One of two values.
    pub(crate) fn either<T>(self, quick: T, full: T) -> T {
        match self {
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

/// Measures one row.
///
/// # Errors
///
/// When something that is needed is not to be had, or a request is refused that should not be.
pub(crate) async fn run(name: Name, program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let busy = busy_percent().await;
    let row = match name {
        Name::HotEvent => hot_event::run(program, scale).await.context("hot-event"),
        Name::HotEventSqlite => hot_event_sqlite::run(program, scale).await.context("hot-event-sqlite"),
        Name::ManyEvents => many_events::run(program, scale).await.context("many-events"),
        Name::CachedGet => cached_get::run(program, scale).await.context("cached-get"),
        Name::Start => start::run(program, scale).await.context("start"),
        Name::LogSession => log_session::run(program, scale).await.context("log-session"),
        Name::ProgressReads => progress_reads::run(program, scale).await.context("progress-reads"),
        Name::Import => import::run(program, scale).await.context("import"),
        Name::Outbox => outbox::run(program, scale).await.context("outbox"),
    };
    Ok(Row { busy_before_percent: busy, ..row? })
}

/// What was found when answers were checked.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) checked: u64,
    pub(crate) wrong: Vec<String>,
}

/// So many wrong answers are told one by one.
const TOLD: usize = 20;

impl Findings {
    /// Holds one thing against what it has to be.
    pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, found: &T, wanted: &T) {
        self.checked += 1;
        if found != wanted {
            self.note(format!("{what}: {found:?} instead of {wanted:?}"));
        }
    }

    /// Has something wrong.
    pub(crate) fn note(&mut self, wrong: String) {
        if self.wrong.len() < TOLD {
            self.wrong.push(wrong);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told() {
        let mut findings = Findings::default();
        findings.equal("apples", &2, &2);
        findings.equal("pears", &2, &3);
        assert_eq!(findings.checked, 2);
        assert_eq!(findings.wrong, ["pears: 2 instead of 3"]);
    }
}
