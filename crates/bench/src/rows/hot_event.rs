//! `hot-event`: everybody registers for one event on PostgreSQL, beside one plain statement a registration.

use std::path::Path;

use super::registration::measure;
use super::{Findings, Scale};
use crate::report::Row;

/// How many seats there are; everybody else waits.
const CAPACITY: u64 = 500;

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let measured = measure(program, scale, 1, CAPACITY).await?;
    let lines = vec![
        measured.same().goal("at least 5 x", |line| line.times() >= 5.0),
        measured.best(),
        measured.ceiling(),
        measured.p99().goal("at most 50 ms", |line| line.work.spread.median <= 50.0),
    ];
    let mut notes = measured.notes();
    notes.push(format!("Each turn has an event of its own with {CAPACITY} seats; everybody else waits."));
    let Findings { checked, wrong } = measured.findings;
    Ok(Row { name: "hot-event", busy_before_percent: None, lines, notes, checked, wrong })
}
