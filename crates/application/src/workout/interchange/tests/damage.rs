//! W5: a bad line is reported with its number and costs no other line.

use spotter_domain::workout::Rpe;

use super::*;

/// Reads rows of one exercise, and compares the lines of the problems and how many sets there are.
fn check(rows: &[&str], problems: &[u64], sets: usize) -> ParsedExport {
    let export = read(&hevy(rows));
    assert_eq!(problem_lines(&export), problems, "{:?}", export.problems);
    assert_eq!(
        export
            .sessions
            .iter()
            .flat_map(|session| &session.blocks)
            .map(|block| block.sets.len())
            .sum::<usize>(),
        sets
    );
    export
}

#[test]
fn w5_a_number_that_is_none_or_out_of_range_costs_its_own_set() {
    for bad in [
        "1,normal,1000000000,5,,,",
        "1,normal,NaN,5,,,",
        "1,normal,inf,5,,,",
        "1,normal,\"1,234.5\",5,,,",
        "1,normal,100,-5,,,",
        "1,normal,100,5.5,,,",
        "1,normal,100,1e3,,,",
        "1,normal,,,-1,,",
        "1,normal,,,9999999,,",
        "1,normal,,,,86401,",
        "1,normal,,,,-1,",
        "1,normal,100kg,5,,,",
    ] {
        let rows = [bench("0,normal,100,5,,,"), bench(bad), bench("2,normal,90,5,,,")];
        check(&rows.each_ref().map(String::as_str), &[3], 2);
    }
}

#[test]
fn w5_a_rating_an_index_or_a_superset_that_is_none_costs_no_set() {
    for (bad, rpe) in
        [("0,normal,100,5,,,11", None), ("0,normal,100,5,,,x", None), ("zero,normal,100,5,,,8", Some(8.0))]
    {
        let export = check(&[&bench(bad)], &[2], 1);
        assert_eq!(export.sessions[0].blocks[0].sets[0].rpe.map(Rpe::get), rpe, "{bad}");
    }
    let export = check(&["Push,\"8 Apr 2026, 16:50\",,,Dip,-1,,0,normal,,5,,,"], &[2], 1);
    assert_eq!(export.sessions[0].blocks[0].superset, None);
}

#[test]
fn w5_a_start_that_is_none_costs_its_own_row() {
    for start in ["29 Feb 2026, 10:00", "8.4.2026 16:50", "", "8 avril 2026, 16:50", "2026-04-08"] {
        let bad = format!("Push,\"{start}\",,,Squat,,,0,normal,100,5,,,");
        check(&[&bad, &bench("0,normal,100,5,,,")], &[2], 1);
    }
}

#[test]
fn w5_an_end_that_makes_no_sense_is_left_out_and_said_once() {
    for end in ["8 Apr 2026, 16:49", "15 Apr 2026, 16:51", "soon"] {
        let row = |index| format!("Push,\"8 Apr 2026, 16:50\",\"{end}\",,Squat,,,{index},normal,100,5,,,");
        let export = check(&[&row(0), &row(1)], &[2], 2);
        assert_eq!(export.sessions[0].ended, None, "{end}");
    }
    let later = "Push,\"8 Apr 2026, 16:50\",\"8 Apr 2026, 17:50\",,Squat,,,1,normal,100,5,,,";
    let export = check(&[&later.replace("17:50", "17:60"), later], &[2], 2);
    assert_eq!(export.sessions[0].ended, Some(Ended::At(local("2026-04-08T17:50:00"))), "a later row has it");
}

#[test]
fn w5_rows_with_another_number_of_fields_are_left_out() {
    let good = bench("0,normal,100,5,,,");
    check(&[&good, "Push,\"8 Apr 2026, 16:50\",,,Squat", &good, "just text"], &[3, 5], 2);
    check(&[&good, &format!("{good},more"), &format!("{good},,,")], &[3], 2);
    check(&[&good, &format!("{good}{}", ",x".repeat(300)), &good], &[3], 2);
}

#[test]
fn w5_a_row_without_an_exercise_is_left_out() {
    let export =
        check(&["Push,\"8 Apr 2026, 16:50\",,,,,,0,normal,100,5,,,", &bench("0,normal,100,5,,,")], &[2], 1);
    assert_eq!(export.sessions[0].line, 3);
}

#[test]
fn w5_an_exercise_that_nothing_could_find_again_by_its_name_is_left_out() {
    let of = |name: &str| bench("0,normal,100,5,,,").replace("Bench Press", name);
    let export = check(&[&of("!!!"), &of("引体向上"), &of("\u{1f3cb}"), &of("7")], &[2, 4], 2);
    assert_eq!(export.names, ["引体向上", "7"]);
}

#[test]
fn w5_a_file_that_was_cut_off_gives_what_came_before() {
    let whole = read_clean(STRONG_CLASSIC);
    let sets = |export: &ParsedExport| -> usize {
        export.sessions.iter().flat_map(|session| &session.blocks).map(|block| block.sets.len()).sum()
    };
    let in_the_note = STRONG_CLASSIC.find("but strong").unwrap();
    let export = read(&STRONG_CLASSIC[..in_the_note + 3]);
    assert_eq!((problem_lines(&export), sets(&export)), (vec![2, 3], 0));
    let in_the_row = STRONG_CLASSIC.rfind("5.2").unwrap();
    let export = read(&STRONG_CLASSIC[..in_the_row]);
    assert_eq!((problem_lines(&export), sets(&export)), (vec![13], sets(&whole) - 1));
    for length in STRONG_CLASSIC.find('\n').unwrap()..STRONG_CLASSIC.len() {
        let lost = 1 + STRONG_CLASSIC[length..].matches("2026-04").count();
        assert!(sets(&read(&STRONG_CLASSIC[..length])) + lost >= sets(&whole), "{length}");
    }
}

#[test]
fn w5_a_stray_quote_swallows_no_other_row() {
    let quoted = |index: u32| {
        format!("\"Push\",\"8 Apr 2026, 16:50\",\"\",\"\",\"Dip\",,\"\",{index},\"normal\",,5,,,")
    };
    let bare = |index: u32| format!("Push,8 Apr 2026 16:50,,,Dip,,,{index},normal,,5,,,");
    let rows = [&quoted as &dyn Fn(u32) -> String, &bare];
    for row in rows {
        let good: Vec<_> = (0..6).map(row).collect();
        for position in 0..good[2].len() {
            let mut damaged = good.clone();
            damaged[2].insert(position, '"');
            let lines: Vec<_> = damaged.iter().map(String::as_str).collect();
            let export = read(&hevy(&lines));
            let reps =
                export.sessions.iter().flat_map(|session| &session.blocks).flat_map(|block| &block.sets);
            assert!(
                reps.filter(|set| set.repetitions() == 5).count() >= 5,
                "{position}: {:?}",
                export.problems
            );
            assert!(
                problem_lines(&export).iter().all(|&line| line == 4),
                "{position}: {:?}",
                export.problems
            );
        }
    }
}

#[test]
fn w5_text_that_is_too_long_is_cut() {
    let (title, name, note) = ("t".repeat(300), "n".repeat(300), "ü".repeat(10_001));
    let row = |index| format!("{title},\"8 Apr 2026, 16:50\",,{note},{name},,{note},{index},normal,100,5,,,");
    let export = check(&[&row(0), &row(1)], &[2, 2, 2, 2], 2);
    let session = &export.sessions[0];
    assert_eq!(session.title.as_ref().unwrap().as_str(), &title[..200]);
    assert_eq!(export.names, [&name[..200]]);
    assert_eq!(session.notes.as_ref().unwrap().as_str().chars().count(), 10_000);
}

#[test]
fn w5_more_different_notes_than_anybody_writes_are_left_out() {
    let rows: Vec<_> = (0..25)
        .map(|index| format!("Push,\"8 Apr 2026, 16:50\",,{index},Squat,,same,{index},normal,100,5,,,"))
        .collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let export = check(&rows, &[22, 23, 24, 25, 26], 25);
    assert_eq!(export.sessions[0].notes.as_ref().unwrap().as_str().lines().count(), 20);
    assert_eq!(export.sessions[0].blocks[0].notes.as_ref().unwrap().as_str(), "same");
}

#[test]
fn w5_a_field_that_is_longer_than_any_text_costs_its_own_row() {
    let good = bench("0,normal,100,5,,,");
    for length in [70_000, 300_000, 1_000_000] {
        for long in
            ["x".repeat(length), format!("\"{}\"", "x".repeat(length)), format!("\"{}", "x".repeat(length))]
        {
            let bad = format!("Push,\"8 Apr 2026, 16:50\",,{long},Squat,,,0,normal,100,5,,,");
            check(&[&good, &bad, &good, "x"], &[3, 5], 2);
            check(&[&good, &bad], &[3], 1);
        }
    }
}

#[test]
fn w5_bytes_that_are_no_text_cost_their_own_row() {
    let good = bench("0,normal,100,5,,,");
    let mut bytes = hevy(&[&good, "@", &good]).into_bytes();
    let position = bytes.iter().position(|&byte| byte == b'@').unwrap();
    bytes[position] = 0xE4;
    let export = read_bytes(&bytes, ReadOptions::default()).unwrap();
    assert_eq!(problem_lines(&export), [3]);
    assert!(export.problems.listed[0].detail.contains("UTF-8"));
}

#[test]
fn w5_control_characters_are_left_out_of_text() {
    let row = bench("0,normal,100,5,,,").replace("Push", "Pu\0sh").replace("Press", "\u{1b}Press");
    let export = check(&[&row, &row], &[2, 2], 2);
    assert_eq!(export.sessions[0].title.as_ref().unwrap().as_str(), "Push");
    assert_eq!(export.names, ["Bench Press"]);
}

#[test]
fn w5_a_second_header_is_skipped_and_followed() {
    let export = read(&format!("{STRONG_CLASSIC}{STRONG_CLASSIC}"));
    assert_eq!(problem_lines(&export), [14]);
    let pounds = HEVY.replace("weight_kg", "weight_lbs").replace("Apr", "May").replace("2024", "2025");
    let export = read(&format!("{HEVY}\u{FEFF}{pounds}"));
    assert_eq!(problem_lines(&export), [10]);
    assert_eq!(export.sessions.len(), 4);
    let weights = [0, 2].map(|index| export.sessions[index].blocks[0].sets[0].weight.unwrap().steps());
    assert_eq!(weights, [4_000, 1_814], "40 kg and 40 lb");
    let export = read(&format!("{HEVY}Date,Exercise Name\n2026-04-08 16:50,Squat\n"));
    assert_eq!(problem_lines(&export), [10, 11]);
}
