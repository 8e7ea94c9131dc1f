//! The classic export of Strong: a number that does not apply is zero, times have no zone, weights no unit, and
//! there are no supersets.

use std::io::{self, Write};

use spotter_domain::workout::{Distance, SetDuration, SetKind};

use super::{hundredths, kilometres, quoted};
use crate::training::as_elsewhere;
use crate::{DemoSession, History};

const HEADER: &str = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,\
    Workout Notes,RPE";

/// Writes a history, earliest first, in kilograms and kilometres.
///
/// # Errors
///
/// Those of `out`.
pub fn strong(history: &History, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "{HEADER}")?;
    history.sessions.iter().try_for_each(|session| write_session(session, &mut out))
}

fn write_session(session: &DemoSession, out: &mut impl Write) -> io::Result<()> {
    let started = session.started.strftime("%Y-%m-%d %H:%M:%S").to_string();
    for block in &session.blocks {
        let mut number = 0;
        for set in &block.sets {
            write!(out, "{started},")?;
            quoted(out, session.title.as_str())?;
            write!(out, ",{},", duration(session.minutes))?;
            quoted(out, as_elsewhere(block.exercise))?;
            let order = match set.kind {
                SetKind::Warmup => "W".to_owned(),
                SetKind::Drop => "D".to_owned(),
                SetKind::Failure => "F".to_owned(),
                SetKind::Normal => {
                    number += 1;
                    number.to_string()
                }
            };
            // Assistance is written as a plain number.
            let weight = set.weight.map_or(0, |weight| weight.steps().unsigned_abs());
            let distance = set.distance.map_or(0, Distance::centimetres);
            let seconds = set.duration.map_or(0, SetDuration::seconds);
            write!(out, ",{order},{},{},", hundredths(weight), set.repetitions())?;
            write!(out, "{},{seconds},", kilometres(distance))?;
            quoted(out, block.notes.as_ref().map_or("", |notes| notes.as_str()))?;
            out.write_all(b",")?;
            quoted(out, session.notes.as_ref().map_or("", |notes| notes.as_str()))?;
            let halves = set.rpe.map_or(0, |rpe| u32::from(rpe.halves()));
            writeln!(out, ",{}", hundredths(halves * 50))?;
        }
    }
    Ok(())
}

fn duration(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}
