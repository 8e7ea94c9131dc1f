//! What a file has to be to be read at all.

use std::fmt::Write;

use spotter_domain::workout::{ExportFormat, WeightUnit};

use super::*;

fn refusal(bytes: &[u8]) -> Unreadable {
    let refusal = read_bytes(bytes, ReadOptions::default()).unwrap_err();
    assert_eq!(read_in_pieces(bytes, 1, ReadOptions::default()).unwrap_err(), refusal);
    refusal
}

#[test]
fn a_file_without_anything_is_empty() {
    for nothing in ["", "\n", " \r\n\t\n", "\u{FEFF}", "\u{FEFF}\r\n\r\n"] {
        assert_eq!(refusal(nothing.as_bytes()), Unreadable::Empty, "{nothing:?}");
    }
    let bare = read_clean(HEVY_HEADER);
    assert_eq!((bare.format, bare.sessions.len()), (ExportFormat::Hevy, 0));
}

#[test]
fn other_encodings_are_told_apart_from_text() {
    let utf16: Vec<u8> = "\u{FEFF}Date,Exercise Name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let Unreadable::NotText { why } = refusal(&utf16) else { panic!() };
    assert!(why.contains("UTF-16"));
    for bytes in [&b"PK\x03\x04\0\0rest"[..], b"Date,Exercise Name\xE4\n", &utf16[2..]] {
        assert_eq!(refusal(bytes).code(), "not_text", "{bytes:?}");
    }
}

#[test]
fn another_header_is_refused_with_what_it_says() {
    let refused = refusal(b"{\"sessions\": []}");
    assert_eq!(refused.code(), "unknown_header");
    assert!(refused.to_string().contains(r#"{"sessions": []}"#), "{refused}");
    assert_eq!(refusal(b"Date,Workout Name\n1,2\n").code(), "unknown_header");
    assert_eq!(refusal(b"\"Date,Exercise Name\nx").code(), "unknown_header");
    assert_eq!(refusal(&vec![b'x'; 100_000]).code(), "unknown_header");
}

#[test]
fn a_header_has_no_more_columns_than_any_export() {
    let columns = |count: usize| format!("Date,Exercise Name{}", ",x".repeat(count - 2));
    assert!(read_bytes(columns(64).as_bytes(), ReadOptions::default()).is_ok());
    assert_eq!(refusal(columns(65).as_bytes()), Unreadable::TooManyColumns { most: 64 });
    assert_eq!(refusal(columns(1_000).as_bytes()), Unreadable::TooManyColumns { most: 64 });
}

#[test]
fn a_file_is_of_the_format_that_it_is_said_to_be() {
    for (expected, found, text) in [
        (ExportFormat::Strong, ExportFormat::Hevy, HEVY),
        (ExportFormat::Hevy, ExportFormat::Strong, STRONG_CLASSIC),
        (ExportFormat::Spotter, ExportFormat::Hevy, HEVY),
    ] {
        let options = ReadOptions { format: Some(expected), weight_unit: WeightUnit::Kg };
        let refused = read_bytes(text.as_bytes(), options).unwrap_err();
        assert_eq!(refused, Unreadable::WrongFormat { expected, found });
        let options = ReadOptions { format: Some(found), ..options };
        assert!(read_bytes(text.as_bytes(), options).is_ok());
    }
}

#[test]
fn a_reader_that_refused_a_file_takes_nothing_more() {
    let mut reader = ExportReader::new(ReadOptions::default());
    let refused = reader.feed(b"a,b\n").unwrap_err();
    assert_eq!(reader.feed(HEVY.as_bytes()), Err(refused.clone()));
    assert_eq!(reader.finish(), Err(refused));
}

#[test]
fn marks_line_breaks_and_case_make_no_difference() {
    let plain = read_clean(STRONG_NUMBERED);
    let lines: Vec<_> = STRONG_NUMBERED.lines().collect();
    let upper = format!("\u{FEFF}{}\n{}", lines[0].to_uppercase(), lines[1..].join("\n"));
    for text in [upper, lines.join("\r\n"), lines.join("\r"), STRONG_NUMBERED.replace(';', "\t")] {
        assert_eq!(read_clean(&text), plain, "{text}");
    }
}

#[test]
fn columns_may_lack_and_others_may_be_there() {
    let export = read_clean(
        "colour,Exercise Name,Reps,Date\nred,Squat,5,2026-04-08 16:50\n\n,,,\nblue,Dip,7,2026-04-08 16:50,,\n",
    );
    assert_eq!(outline(&export, &export.sessions[0]), [("Squat", 1), ("Dip", 1)]);
}

#[test]
fn a_file_of_too_many_rows_or_workout_sessions_is_refused() {
    let mut text = "Date,Exercise Name\n".to_owned();
    let row = "2026-04-08 16:50,Squat\n";
    text.push_str(&row.repeat(usize::try_from(MOST_ROWS).unwrap() + 1));
    assert_eq!(refusal_of(&text), Unreadable::TooManyRows { most: MOST_ROWS });

    let mut text = "Date,Exercise Name,Workout Name\n".to_owned();
    for number in 0..=MOST_SESSIONS {
        writeln!(text, "2026-04-08 16:50,Squat,{number}").unwrap();
    }
    assert_eq!(refusal_of(&text), Unreadable::TooManySessions { most: MOST_SESSIONS });
}

fn refusal_of(text: &str) -> Unreadable {
    read_bytes(text.as_bytes(), ReadOptions::default()).unwrap_err()
}

#[test]
fn every_refusal_is_a_sentence() {
    let refusals = [
        Unreadable::Empty,
        refusal(b"\0\n"),
        refusal(b"x\n"),
        Unreadable::WrongFormat { expected: ExportFormat::Hevy, found: ExportFormat::Strong },
        Unreadable::TooManyColumns { most: 64 },
        Unreadable::TooManyRows { most: MOST_ROWS },
        Unreadable::TooManySessions { most: MOST_SESSIONS },
    ];
    let codes: std::collections::BTreeSet<_> = refusals.iter().map(Unreadable::code).collect();
    assert_eq!(codes.len(), refusals.len());
    assert!(refusals.iter().all(|refusal| refusal.to_string().starts_with("The ")));
}
