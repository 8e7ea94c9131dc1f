//! Writes workout sessions as rows of Hevy.

use std::io::{self, Write};

use jiff::tz::{Offset, TimeZone};
use spotter_domain::Timestamp;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{Reps, Rpe, Set, SetDuration, SetKind, Weight};

use super::notes::without_line_breaks;

const HEADER: &str = "\"title\",\"start_time\",\"end_time\",\"description\",\"exercise_title\",\"superset_id\",\
    \"exercise_notes\",\"set_index\",\"set_type\",\"weight_kg\",\"reps\",\"distance_km\",\"duration_seconds\",\"rpe\"\n";

const CENTIMETRES_PER_KILOMETRE: f64 = 100_000.0;

/// A workout session that is to be written.
#[derive(Clone, Copy, Debug)]
pub struct SessionToWrite<'a> {
    /// What it is called.
    pub title: Option<&'a Title>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// What the person wrote about it.
    pub notes: Option<&'a Notes>,
    /// Its exercises.
    pub blocks: &'a [BlockToWrite<'a>],
}

/// An exercise of a workout session that is to be written.
#[derive(Clone, Copy, Debug)]
pub struct BlockToWrite<'a> {
    /// What the exercise is called.
    pub exercise: &'a ExerciseName,
    /// The superset that it belongs to.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<&'a Notes>,
    /// The sets.
    pub sets: &'a [Set],
}

/// What could be written of a workout session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many rows, one for each set. After none, the file holds nothing of the workout session.
    pub rows: usize,
    /// How many blocks without a set were left out.
    pub empty_blocks: usize,
}

/// Writes workout sessions, one after the other, as a file of Hevy in kilograms and kilometres.
///
/// An [`ExportReader`](super::ExportReader) takes them back without loss, if the times are understood in the same
/// time zone, with these exceptions, for which the format has no words:
///
/// - A row is a set. So blocks without sets, and workout sessions without blocks, are left out; [`Written`] says so,
///   and a caller that has to keep them too uses Spotter's own document.
/// - Workout sessions of the same start and the same title are one to whoever reads them.
/// - A year before 0 or after 9999 can't be read.
#[derive(Debug)]
pub struct HevyWriter<W> {
    out: W,
    zone: TimeZone,
}

impl<W: Write> HevyWriter<W> {
    /// Begins a file for somebody who lives in `zone`.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn begin(mut out: W, zone: TimeZone) -> io::Result<Self> {
        out.write_all(HEADER.as_bytes())?;
        Ok(Self { out, zone })
    }

    /// Writes a workout session.
    ///
    /// # Errors
    ///
    /// Those of what is written into.
    pub fn write(&mut self, session: &SessionToWrite<'_>) -> io::Result<Written> {
        let mut beginning = Vec::new();
        quote(&mut beginning, session.title.map_or("", Title::as_str))?;
        beginning.push(b',');
        self.time(&mut beginning, Some(session.started))?;
        beginning.push(b',');
        self.time(&mut beginning, session.ended)?;
        beginning.push(b',');
        quote(&mut beginning, &without_line_breaks(session.notes.map_or("", Notes::as_str)))?;
        let mut written = Written::default();
        for block in session.blocks {
            written.empty_blocks += usize::from(block.sets.is_empty());
            written.rows += block.sets.len();
            self.block(&beginning, block)?;
        }
        Ok(written)
    }

    /// What was written into.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// What was written into, to take out what is there.
    pub const fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    fn block(&mut self, beginning: &[u8], block: &BlockToWrite<'_>) -> io::Result<()> {
        let notes = without_line_breaks(block.notes.map_or("", Notes::as_str));
        let out = &mut self.out;
        for (index, set) in block.sets.iter().enumerate() {
            out.write_all(beginning)?;
            out.write_all(b",")?;
            quote(out, block.exercise.as_str())?;
            number(out, block.superset)?;
            out.write_all(b",")?;
            quote(out, &notes)?;
            let kind = match set.kind {
                SetKind::Normal => "normal",
                SetKind::Warmup => "warmup",
                SetKind::Drop => "dropset",
                SetKind::Failure => "failure",
            };
            write!(out, ",{index},\"{kind}\"")?;
            number(out, set.weight.map(Weight::kilograms))?;
            number(out, set.reps.map(Reps::get))?;
            number(
                out,
                set.distance.map(|distance| f64::from(distance.centimetres()) / CENTIMETRES_PER_KILOMETRE),
            )?;
            number(out, set.duration.map(SetDuration::seconds))?;
            number(out, set.rpe.map(Rpe::get))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Writes the time on the person's clock; where the clock shows it twice, with its offset.
    fn time(&self, out: &mut Vec<u8>, time: Option<Timestamp>) -> io::Result<()> {
        let Some(time) = time else { return quote(out, "") };
        let offset = self.zone.to_offset(time);
        let local = offset.to_datetime(time);
        write!(out, "\"{}", local.strftime("%Y-%m-%d %H:%M:%S%.f"))?;
        if self.zone.to_ambiguous_timestamp(local).is_ambiguous() {
            write_offset(out, offset)?;
        }
        out.write_all(b"\"")
    }
}

fn write_offset(out: &mut Vec<u8>, offset: Offset) -> io::Result<()> {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let seconds = offset.seconds().unsigned_abs();
    write!(out, "{sign}{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)?;
    if !seconds.is_multiple_of(60) {
        write!(out, ":{:02}", seconds % 60)?;
    }
    Ok(())
}

/// Writes a text in quotes.
fn quote(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    for (position, part) in text.split('"').enumerate() {
        if position > 0 {
            out.write_all(b"\"\"")?;
        }
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}

/// Writes a delimiter, and a number behind it if there is one.
fn number(out: &mut impl Write, number: Option<impl std::fmt::Display>) -> io::Result<()> {
    match number {
        Some(number) => write!(out, ",{number}"),
        None => out.write_all(b","),
    }
}
