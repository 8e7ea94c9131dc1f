//! The export of Hevy: what does not apply is empty, times have neither seconds nor a zone, and the newest workout
//! session comes first.

use std::io::{self, Write};

use jiff::ToSpan;
use jiff::civil::DateTime;
use spotter_domain::workout::{Reps, SetDuration, SetKind};

use super::{hundredths, kilometres, quoted};
use crate::training::as_elsewhere;
use crate::{DemoSession, History};

const HEADER: &str = "\"title\",\"start_time\",\"end_time\",\"description\",\"exercise_title\",\"superset_id\",\
    \"exercise_notes\",\"set_index\",\"set_type\",\"weight_kg\",\"reps\",\"distance_km\",\"duration_seconds\",\"rpe\"";

/// Writes a history, latest first, in kilograms and kilometres.
///
/// # Errors
///
/// Those of `out`.
pub fn hevy(history: &History, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "{HEADER}")?;
    history.sessions.iter().rev().try_for_each(|session| write_session(session, &mut out))
}

fn write_session(session: &DemoSession, out: &mut impl Write) -> io::Result<()> {
    let ended = session.started + i64::from(session.minutes).minutes();
    for block in &session.blocks {
        for (index, set) in block.sets.iter().enumerate() {
            quoted(out, session.title.as_str())?;
            write!(out, ",\"{}\",\"{}\",", time(session.started), time(ended))?;
            quoted(out, &one_line(session.notes.as_ref().map_or("", |notes| notes.as_str())))?;
            out.write_all(b",")?;
            quoted(out, as_elsewhere(block.exercise))?;
            write!(out, ",{},", told(block.superset))?;
            quoted(out, &one_line(block.notes.as_ref().map_or("", |notes| notes.as_str())))?;
            let kind = match set.kind {
                SetKind::Normal => "normal",
                SetKind::Warmup => "warmup",
                SetKind::Drop => "dropset",
                SetKind::Failure => "failure",
            };
            // Assistance is written as a plain number.
            let weight = set.weight.map(|weight| hundredths(weight.steps().unsigned_abs()));
            let distance = set.distance.map(|distance| kilometres(distance.centimetres()));
            write!(out, ",{index},\"{kind}\",{},{},", told(weight), told(set.reps.map(Reps::get)))?;
            write!(out, "{},{},", told(distance), told(set.duration.map(SetDuration::seconds)))?;
            writeln!(out, "{}", told(set.rpe.map(|rpe| hundredths(u32::from(rpe.halves()) * 50))))?;
        }
    }
    Ok(())
}

fn time(time: DateTime) -> String {
    time.strftime("%-d %b %Y, %H:%M").to_string()
}

/// Line breaks are written as two characters.
fn one_line(text: &str) -> String {
    text.replace('\n', "\\n")
}

fn told(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
