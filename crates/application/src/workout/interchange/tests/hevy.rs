//! The exports of Hevy.

use jiff::Timestamp;
use spotter_domain::text::Notes;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{ExportFormat, SetKind, Weight};

use super::*;

#[test]
fn an_export_is_read() {
    let export = read_clean(HEVY);
    assert_eq!(export.format, ExportFormat::Hevy);
    assert_eq!(export.names, ["Bench Press (Barbell)", "Chin Up", "Plank", "Running"]);
    let [evening, run] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!((evening.line, evening.started), (2, local("2026-04-08T16:50:00")));
    assert_eq!(evening.ended, Some(Ended::At(local("2026-04-08T18:02:00"))));
    assert_eq!(evening.notes.as_ref().unwrap().as_str(), "good\nday");
    assert_eq!(
        evening.blocks[0].sets,
        [
            set(SetKind::Warmup, Some(40.0), Some(10), None, None, None),
            set(SetKind::Normal, Some(102.5), Some(5), Some(8.5), None, None),
            set(SetKind::Failure, Some(102.5), Some(4), Some(10.0), None, None),
        ]
    );
    assert_eq!((run.started, run.ended), (local("2024-01-07T17:15:00"), None));
    assert_eq!(run.blocks[0].sets, [set(SetKind::Normal, None, None, None, Some(5_200.0), Some(1_800))]);
}

#[test]
fn an_index_that_starts_over_begins_a_second_block() {
    let export = read_clean(HEVY);
    let evening = &export.sessions[0];
    let bench = "Bench Press (Barbell)";
    assert_eq!(outline(&export, evening), [(bench, 3), ("Chin Up", 1), ("Plank", 1), (bench, 1), (bench, 1)]);
    let notes: Vec<_> = evening.blocks.iter().map(|block| block.notes.as_ref().map(Notes::as_str)).collect();
    assert_eq!(notes, [Some("slow down"), None, None, None, Some("again")]);
    let lines: Vec<_> = evening.blocks.iter().map(|block| block.line).collect();
    assert_eq!(lines, [2, 5, 6, 7, 8]);
}

#[test]
fn superset_zero_is_a_superset() {
    let supersets: Vec<_> = read(HEVY).sessions[0].blocks.iter().map(|block| block.superset).collect();
    assert_eq!(supersets, [None, Some(0), Some(0), None, None]);
}

#[test]
fn tabs_pounds_and_miles_are_read() {
    let export = read_clean(include_str!("../fixtures/hevy_tabs.tsv"));
    let [legs] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!(legs.started, local("2025-12-01T09:05:00"));
    assert_eq!(legs.blocks[0].sets[0].weight, Some(Weight::from_pounds(225.0).unwrap()));
    assert_eq!(legs.blocks[1].sets[0].distance.unwrap().centimetres(), 160_934);
}

#[test]
fn a_written_offset_makes_instants() {
    let export = read_clean(&hevy(&[
        "a,2026-10-25 02:30:00+01:00,2026-10-25T02:00:00Z,,Squat,,,0,normal,100,5,,,",
        "b,2026-10-25T02:30:00,,,Squat,,,0,normal,100,5,,,",
    ]));
    let instant = |text: &str| WrittenTime::Instant(text.parse::<Timestamp>().unwrap());
    assert_eq!(export.sessions[0].started, instant("2026-10-25T01:30:00Z"));
    assert_eq!(export.sessions[0].ended, Some(Ended::At(instant("2026-10-25T02:00:00Z"))));
    assert_eq!(export.sessions[1].started, local("2026-10-25T02:30:00"));
}

#[test]
fn rows_of_one_workout_session_may_stand_apart() {
    let row = |title: &str, start: &str, name: &str, index| {
        format!("{title},\"{start}\",,,{name},,,{index},normal,100,5,,,")
    };
    let rows = [
        row("Push", "8 Apr 2026, 16:50", "Bench Press", 0),
        row("Push", "9 Apr 2026, 16:50", "Bench Press", 0),
        row("Pull", "8 Apr 2026, 16:50", "Chin Up", 0),
        row("Push", "8 Apr 2026, 16:50", "Bench Press", 1),
        row("Push", "2026-04-08 16:50:00", "Dip", 0),
    ];
    let export = read_clean(&hevy(&rows.each_ref().map(String::as_str)));
    let outlines: Vec<_> = export.sessions.iter().map(|session| outline(&export, session)).collect();
    assert_eq!(
        outlines,
        [vec![("Bench Press", 2), ("Dip", 1)], vec![("Bench Press", 1)], vec![("Chin Up", 1)]]
    );
}

#[test]
fn the_types_of_sets_are_read_in_any_case_and_others_are_reported() {
    let rows = ["0,WarmUp,20,5,,,", "1,Dropset,20,5,,,", "2,,20,5,,,", "3,myo,20,5,,,"].map(bench);
    let export = read(&hevy(&rows.each_ref().map(String::as_str)));
    let kinds: Vec<_> = export.sessions[0].blocks[0].sets.iter().map(|set| set.kind).collect();
    assert_eq!(kinds, [SetKind::Warmup, SetKind::Drop, SetKind::Normal, SetKind::Normal]);
    assert_eq!(problem_lines(&export), [5]);
}

#[test]
fn a_workout_session_of_too_many_sets_is_one_problem() {
    let mut text = hevy(&["b,\"9 Apr 2026, 16:50\",,,Dip,,,0,normal,,5,,,"]);
    for index in 0..=MOST_SETS {
        text.push_str(&bench(&format!("{index},normal,100,5,,,\n")));
    }
    let export = read(&text);
    assert_eq!((problem_lines(&export), export.problems.total), (vec![3], 1));
    assert_eq!(export.sessions.len(), 1);
    assert_eq!(export.names, ["Dip"], "the name of an exercise that is nowhere else is left out with it");
    assert_eq!(outline(&export, &export.sessions[0]), [("Dip", 1)]);

    let just = read(&text[..text.trim_end().rfind('\n').unwrap()]);
    assert_eq!((just.sessions[1].blocks[0].sets.len(), just.problems.total), (MOST_SETS, 0));
}

#[test]
fn a_workout_session_of_too_many_blocks_is_one_problem() {
    let rows = vec![bench("0,normal,100,5,,,"); MOST_BLOCKS + 1];
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let export = read(&hevy(&rows));
    assert_eq!((problem_lines(&export), export.sessions.len()), (vec![2], 0));
    assert_eq!(read_clean(&hevy(&rows[1..])).sessions[0].blocks.len(), MOST_BLOCKS);
}
