//! Feeds the reader of exports with anything: it must not panic, the size of the pieces must make no difference,
//! and what it understood must come back when it is written and read again.
#![no_main]

use std::collections::HashSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;
use spotter_application::workout::interchange::{
    BlockToWrite, Ended, ExportReader, HevyWriter, ParsedExport, ParsedSession, ReadOptions, SessionToWrite,
    Unreadable, WrittenTime,
};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::ImportProblems;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};

fuzz_target!(|file: &[u8]| {
    let whole = read(file, usize::MAX);
    assert_eq!(read(file, 1 + file.len() % 61), whole, "the size of the pieces makes a difference");
    if let Ok(export) = whole {
        check(&export);
        write_and_read(&export, &TimeZone::get("Europe/Berlin").expect("the zone is built in"));
    }
});

fn read(file: &[u8], size: usize) -> Result<ParsedExport, Unreadable> {
    let mut reader = ExportReader::new(ReadOptions::default());
    for piece in file.chunks(size) {
        reader.feed(piece)?;
    }
    reader.finish()
}

/// What holds for everything that was read.
fn check(export: &ParsedExport) {
    let mut unused: HashSet<usize> = (0..export.names.len()).collect();
    for session in &export.sessions {
        assert!((1..=MOST_BLOCKS).contains(&session.blocks.len()));
        assert!(session.blocks.iter().map(|block| block.sets.len()).sum::<usize>() <= MOST_SETS);
        for block in &session.blocks {
            assert!(!block.sets.is_empty() && block.line >= session.line);
            unused.remove(&(block.name as usize));
        }
    }
    assert!(unused.is_empty(), "names of nothing: {unused:?}");
    let ImportProblems { listed, total } = &export.problems;
    assert!(listed.is_sorted_by_key(|problem| problem.line) && listed.len() as u64 <= *total);
    assert!(listed.iter().all(|problem| problem.line > 1 && problem.detail.len() < 1_000));
}

fn instant(time: WrittenTime, zone: &TimeZone) -> Option<Timestamp> {
    match time {
        WrittenTime::Local(local) => zone.to_timestamp(local).ok(),
        WrittenTime::Instant(instant) => Some(instant),
    }
}

/// When a workout session began and ended, where a file can say it: between the years 0 and 9999, and an end well
/// within what is accepted on the clock, which a change to summer time sets forward.
fn times(session: &ParsedSession, zone: &TimeZone) -> Option<(Timestamp, Option<Timestamp>)> {
    let started = instant(session.started, zone)?;
    let ended = match session.ended {
        None => None,
        Some(Ended::At(time)) => instant(time, zone),
        Some(Ended::After(took)) => started.checked_add(took).ok(),
    };
    let longest = SignedDuration::from_hours(6 * 24);
    let ended =
        ended.filter(|ended| (SignedDuration::ZERO..longest).contains(&ended.duration_since(started)));
    let year = |time| (0..=9999).contains(&zone.to_datetime(time).year());
    (year(started) && ended.is_none_or(year)).then_some((started, ended))
}

fn write_and_read(export: &ParsedExport, zone: &TimeZone) {
    let names: Vec<_> =
        export.names.iter().map(|name| ExerciseName::parse(name).expect("it is a valid name")).collect();
    let mut known = HashSet::new();
    let mut sessions = Vec::new();
    let mut writer = HevyWriter::begin(Vec::new(), zone.clone()).expect("a vector takes everything");
    for session in &export.sessions {
        let Some((started, ended)) = times(session, zone) else { continue };
        let title = session.title.as_ref();
        if !known.insert((started, title.map(|title| title.as_str()))) {
            continue;
        }
        let blocks: Vec<_> = session
            .blocks
            .iter()
            .map(|block| BlockToWrite {
                exercise: &names[block.name as usize],
                superset: block.superset,
                notes: block.notes.as_ref(),
                sets: &block.sets,
            })
            .collect();
        let notes = session.notes.as_ref();
        writer
            .write(&SessionToWrite { title, started, ended, notes, blocks: &blocks })
            .expect("a vector takes everything");
        sessions.push((session, started, ended));
    }
    let again = read(&writer.into_inner(), 1_000).expect("it is an export");
    assert_eq!(again.problems, ImportProblems::default());
    assert_eq!(again.sessions.len(), sessions.len());
    for (read, (written, started, ended)) in again.sessions.iter().zip(sessions) {
        assert_eq!(times(read, zone), Some((started, ended)));
        assert_eq!((&read.title, &read.notes), (&written.title, &written.notes));
        assert_eq!(read.blocks.len(), written.blocks.len());
        for (read, written) in read.blocks.iter().zip(&written.blocks) {
            assert_eq!(again.names[read.name as usize], export.names[written.name as usize]);
            assert_eq!((read.superset, &read.notes), (written.superset, &written.notes));
            assert_eq!(read.sets, written.sets);
        }
    }
}
