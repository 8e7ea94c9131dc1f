//! What is read from files, and what comes back from those that were written here.

mod damage;
mod files;
mod hevy;
mod round_trip;
mod strong;

use spotter_domain::workout::{Set, SetKind};

use super::*;

const STRONG_CLASSIC: &str = include_str!("../fixtures/strong_classic.csv");
const STRONG_NUMBERED: &str = include_str!("../fixtures/strong_numbered.csv");
const HEVY: &str = include_str!("../fixtures/hevy.csv");

const HEVY_HEADER: &str = "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,\
    set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe";

/// Reads a file that arrives at once.
fn read_bytes(bytes: &[u8], options: ReadOptions) -> Result<ParsedExport, Unreadable> {
    read_in_pieces(bytes, usize::MAX, options)
}

/// Reads a file that arrives in pieces of this size.
fn read_in_pieces(bytes: &[u8], size: usize, options: ReadOptions) -> Result<ParsedExport, Unreadable> {
    let mut reader = ExportReader::new(options);
    for piece in bytes.chunks(size) {
        reader.feed(piece)?;
    }
    reader.finish()
}

fn read(text: &str) -> ParsedExport {
    read_bytes(text.as_bytes(), ReadOptions::default()).unwrap()
}

/// Reads a file that has no problems.
fn read_clean(text: &str) -> ParsedExport {
    let export = read(text);
    assert_eq!(export.problems.listed, []);
    export
}

/// A file of Hevy with these rows.
fn hevy(rows: &[&str]) -> String {
    format!("{HEVY_HEADER}\n{}\n", rows.join("\n"))
}

/// A row of Hevy with these fields from the number of the set on.
fn bench(rest: &str) -> String {
    format!("Push,\"8 Apr 2026, 16:50\",,,Bench Press,,,{rest}")
}

/// A set as a test writes it: kind, kilograms, repetitions, RPE, metres, seconds.
fn set(
    kind: SetKind,
    weight: Option<f64>,
    reps: Option<i64>,
    rpe: Option<f64>,
    distance: Option<f64>,
    seconds: Option<i64>,
) -> Set {
    use spotter_domain::workout::{Distance, Reps, Rpe, SetDuration, Weight};
    Set {
        kind,
        weight: weight.map(|weight| Weight::from_kilograms(weight).unwrap()),
        reps: reps.map(|reps| Reps::new(reps).unwrap()),
        rpe: rpe.map(|rpe| Rpe::new(rpe).unwrap()),
        distance: distance.map(|distance| Distance::from_metres(distance).unwrap()),
        duration: seconds.map(|seconds| SetDuration::from_seconds(seconds).unwrap()),
    }
}

/// The exercises of a workout session, each with the number of its sets.
fn outline<'a>(export: &'a ParsedExport, session: &ParsedSession) -> Vec<(&'a str, usize)> {
    session
        .blocks
        .iter()
        .map(|block| (export.names[block.name as usize].as_str(), block.sets.len()))
        .collect()
}

fn local(text: &str) -> WrittenTime {
    WrittenTime::Local(text.parse().unwrap())
}

fn problem_lines(export: &ParsedExport) -> Vec<u64> {
    export.problems.listed.iter().map(|problem| problem.line).collect()
}
