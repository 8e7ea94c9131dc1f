//! `many-events`: everybody registers for one of a thousand events on PostgreSQL, beside one plain statement each.

use std::path::Path;

use super::registration::measure;
use super::{Findings, Scale};
use crate::report::Row;

/// How many events there are in a turn.
const EVENTS: u64 = 1_000;

/// How many seats each of them has.
const CAPACITY: u64 = 20;

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let measured = measure(program, scale, EVENTS, CAPACITY).await?;
    let lines = vec![
        measured.same().goal("at least 1 x", |line| line.times() >= 1.0),
        measured.best(),
        measured.ceiling(),
        measured.p99(),
    ];
    let mut notes = measured.notes();
    notes.push(format!("Each turn has {EVENTS} events of its own with {CAPACITY} seats each."));
    let Findings { checked, wrong } = measured.findings;
    Ok(Row { name: "many-events", busy_before_percent: None, lines, notes, checked, wrong })
}
