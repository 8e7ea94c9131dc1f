//! What is written here comes back, whatever it is and however it arrives.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{Distance, Reps, Rpe, SetDuration, SetKind, Weight};

use super::*;

#[derive(Clone, Debug, PartialEq)]
struct Session {
    title: Option<Title>,
    started: Timestamp,
    ended: Option<Timestamp>,
    notes: Option<Notes>,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
struct Block {
    exercise: ExerciseName,
    superset: Option<u16>,
    notes: Option<Notes>,
    sets: Vec<Set>,
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn write(sessions: &[Session], zone: &TimeZone) -> Vec<u8> {
    let mut writer = HevyWriter::begin(Vec::new(), zone.clone()).unwrap();
    for session in sessions {
        let blocks: Vec<_> = session
            .blocks
            .iter()
            .map(|block| BlockToWrite {
                exercise: &block.exercise,
                superset: block.superset,
                notes: block.notes.as_ref(),
                sets: &block.sets,
            })
            .collect();
        let sets = blocks.iter().map(|block| block.sets.len()).sum();
        let written = writer.write(&SessionToWrite {
            title: session.title.as_ref(),
            started: session.started,
            ended: session.ended,
            notes: session.notes.as_ref(),
            blocks: &blocks,
        });
        assert_eq!(written.unwrap(), Written { rows: sets, empty_blocks: 0 });
    }
    writer.into_inner()
}

fn instant(time: WrittenTime, zone: &TimeZone) -> Timestamp {
    match time {
        WrittenTime::Local(local) => zone.to_ambiguous_timestamp(local).unambiguous().unwrap(),
        WrittenTime::Instant(instant) => instant,
    }
}

/// What was read, as it was before it was written.
fn taken_back(export: ParsedExport, zone: &TimeZone) -> Vec<Session> {
    let names = export.names;
    let block = |block: ParsedBlock| Block {
        exercise: ExerciseName::parse(&names[block.name as usize]).unwrap(),
        superset: block.superset,
        notes: block.notes,
        sets: block.sets,
    };
    let session = |session: ParsedSession| Session {
        title: session.title,
        started: instant(session.started, zone),
        ended: session.ended.map(|ended| match ended {
            Ended::At(time) => instant(time, zone),
            Ended::After(_) => panic!("Hevy writes ends"),
        }),
        notes: session.notes,
        blocks: session.blocks.into_iter().map(block).collect(),
    };
    export.sessions.into_iter().map(session).collect()
}

fn some_set() -> impl Strategy<Value = Set> {
    use prop::option::of;
    let kind = prop::sample::select(&SetKind::ALL[..]);
    let weight = of((-200_000_i32..=200_000).prop_map(|steps| Weight::from_steps(steps).unwrap()));
    let reps = of((0_i64..=10_000).prop_map(|reps| Reps::new(reps).unwrap()));
    let rpe = of((2_u8..=20).prop_map(|halves| Rpe::from_halves(halves).unwrap()));
    let distance = of((0_u32..=100_000_000).prop_map(|length| Distance::from_centimetres(length).unwrap()));
    let duration = of((0_i64..=86_400).prop_map(|seconds| SetDuration::from_seconds(seconds).unwrap()));
    (kind, weight, reps, rpe, distance, duration).prop_map(|(kind, weight, reps, rpe, distance, duration)| {
        Set { kind, weight, reps, rpe, distance, duration }
    })
}

fn some_notes() -> impl Strategy<Value = Option<Notes>> {
    let text = prop_oneof![r#"[\\n\nrt",;'\t \r]{0,20}"#, r"[^\p{Cc}]{0,40}", "[a-z]{0,5}(\n|\r\n)x"];
    text.prop_map(|text| Notes::parse(&text).ok())
}

fn some_block() -> impl Strategy<Value = Block> {
    let name = prop_oneof!["Squat|Bench Press \\(Barbell\\)|Chin Up", r#"[^\p{Cc}]{1,20}|[",;n\\]{1,5}"#];
    // Without a letter or a digit it would be no name of an exercise.
    let name = name.prop_filter_map("a name", |name| ExerciseName::parse(&format!("{name}7")).ok());
    let superset = prop::option::of(prop_oneof![Just(0), any::<u16>()]);
    (name, superset, some_notes(), prop::collection::vec(some_set(), 1..5))
        .prop_map(|(exercise, superset, notes, sets)| Block { exercise, superset, notes, sets })
}

fn some_session() -> impl Strategy<Value = Session> {
    // The last night of summer time in Berlin of 2026, and any other time from 1900 on.
    let started = prop_oneof![1_792_880_000_i64..1_792_900_000, -2_208_988_800_i64..4_102_444_800];
    let started = (started, prop_oneof![4 => Just(0), 1 => 0..1_000_000_000])
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap());
    let took = prop::option::of(0_i64..=7 * 24 * 3_600 - 7_200);
    let title = r#"([^\p{Cc}]{0,20}|["=,;\\n]{1,4})"#.prop_map(|title| Title::parse(&title).ok());
    (title, started, took, some_notes(), prop::collection::vec(some_block(), 1..6)).prop_map(
        |(title, started, took, notes, blocks)| Session {
            title,
            started,
            ended: took.map(|took| started + SignedDuration::from_secs(took)),
            notes,
            blocks,
        },
    )
}

/// Workout sessions of which no two begin at the same time.
fn some_sessions() -> impl Strategy<Value = Vec<Session>> {
    prop::collection::vec(some_session(), 0..6).prop_map(|mut sessions| {
        let mut starts = std::collections::HashSet::new();
        sessions.retain(|session| starts.insert(session.started));
        sessions
    })
}

/// A good file, one row a line, and its number of lines.
fn plain_file() -> impl Strategy<Value = Vec<String>> {
    let plain = prop::collection::vec(some_session(), 1..5).prop_map(|mut sessions| {
        for block in sessions.iter_mut().flat_map(|session| &mut session.blocks) {
            block.notes = None;
        }
        for session in &mut sessions {
            session.notes = None;
        }
        let text = String::from_utf8(write(&sessions, &TimeZone::UTC)).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    plain.prop_filter("it has rows", |lines| lines.len() > 1)
}

fn sets(export: &ParsedExport) -> Vec<Set> {
    export
        .sessions
        .iter()
        .flat_map(|session| &session.blocks)
        .flat_map(|block| &block.sets)
        .copied()
        .collect()
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(sessions in some_sessions(), size in 1_usize..2_000) {
        for zone in [TimeZone::UTC, berlin()] {
            let file = write(&sessions, &zone);
            let export = read_in_pieces(&file, size, ReadOptions::default()).unwrap();
            prop_assert_eq!(&export.problems.listed, &[]);
            prop_assert_eq!(taken_back(export, &zone), &sessions[..]);
        }
    }

    #[test]
    fn pieces_of_any_size_make_the_same_file(
        lines in plain_file(),
        position in any::<prop::sample::Index>(),
        junk in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b',')], 0..30),
    ) {
        let mut file = lines.join("\n").into_bytes();
        let position = position.index(file.len());
        file.splice(position..position, junk);
        let whole = read_bytes(&file, ReadOptions::default());
        for size in [1, 2, 7, 100] {
            prop_assert_eq!(&read_in_pieces(&file, size, ReadOptions::default()), &whole);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_bytes(&bytes, ReadOptions::default());
        for header in [HEVY_HEADER, STRONG_CLASSIC.lines().next().unwrap()] {
            let mut file = format!("{header}\n").into_bytes();
            file.extend(&bytes);
            prop_assert!(read_bytes(&file, ReadOptions::default()).is_ok());
        }
    }

    #[test]
    fn w5_one_bad_line_costs_no_other(
        lines in plain_file(),
        which in any::<prop::sample::Index>(),
        position in any::<prop::sample::Index>(),
        bad in prop_oneof![Just(String::new()), r#"[",;a0 ]{1,4}"#, r"[^\p{Cc}]{1,10}"],
        cut_off in any::<bool>(),
    ) {
        let which = 1 + which.index(lines.len() - 1);
        let mut damaged = lines.clone();
        let line = &mut damaged[which];
        let mut position = position.index(line.len());
        while !line.is_char_boundary(position) {
            position -= 1;
        }
        if cut_off {
            line.truncate(position);
        }
        line.insert_str(position, &bad);
        let export = read(&damaged.join("\n"));
        for (index, problem) in export.problems.listed.iter().enumerate() {
            prop_assert_eq!(problem.line, which as u64 + 1, "{}: {:?}", index, problem);
        }
        let mut others = lines;
        others.remove(which);
        let mut left = sets(&export);
        for set in sets(&read(&others.join("\n"))) {
            let found = left.iter().position(|&one| one == set);
            prop_assert!(found.is_some(), "{:?} is lost", set);
            left.swap_remove(found.unwrap());
        }
        prop_assert!(left.len() <= 1, "{:?}", left);
    }
}

#[test]
fn a_time_that_the_clock_shows_twice_is_written_with_its_offset() {
    let session = |started: &str| Session {
        title: None,
        started: started.parse().unwrap(),
        ended: None,
        notes: None,
        blocks: vec![Block {
            exercise: ExerciseName::parse("Squat").unwrap(),
            superset: None,
            notes: None,
            sets: vec![Set::default()],
        }],
    };
    let sessions =
        [session("2026-10-25T00:30:00Z"), session("2026-10-25T01:30:00Z"), session("2026-10-25T02:30:00Z")];
    let file = write(&sessions, &berlin());
    let text = String::from_utf8(file.clone()).unwrap();
    let starts: Vec<_> = text.lines().skip(1).map(|line| line.split('"').nth(3).unwrap()).collect();
    assert_eq!(starts, ["2026-10-25 02:30:00+02:00", "2026-10-25 02:30:00+01:00", "2026-10-25 03:30:00"]);
    let export = read_bytes(&file, ReadOptions::default()).unwrap();
    assert_eq!(taken_back(export, &berlin()), sessions);
}

#[test]
fn the_rows_are_those_of_hevy() {
    let session = Session {
        title: Some(Title::parse("Pull, \"heavy\"").unwrap()),
        started: "2026-04-08T16:50:00Z".parse().unwrap(),
        ended: Some("2026-04-08T18:02:00.5Z".parse().unwrap()),
        notes: Some(Notes::parse("one\ntwo").unwrap()),
        blocks: vec![Block {
            exercise: ExerciseName::parse("Chin Up").unwrap(),
            superset: Some(0),
            notes: None,
            sets: vec![
                set(SetKind::Drop, Some(-12.25), Some(8), Some(8.5), None, None),
                set(SetKind::Normal, None, None, None, Some(0.01), Some(30)),
            ],
        }],
    };
    let text = String::from_utf8(write(&[session], &TimeZone::UTC)).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], HEVY.lines().next().unwrap());
    let beginning =
        r#""Pull, ""heavy""","2026-04-08 16:50:00","2026-04-08 18:02:00.5","one\ntwo","Chin Up",0,"","#;
    assert_eq!(lines[1], format!(r#"{beginning}0,"dropset",-12.25,8,,,8.5"#));
    assert_eq!(lines[2], format!(r#"{beginning}1,"normal",,,0.00001,30,"#));
}

#[test]
fn what_has_no_set_is_left_out_and_counted() {
    let exercise = ExerciseName::parse("Squat").unwrap();
    let mut writer = HevyWriter::begin(Vec::new(), TimeZone::UTC).unwrap();
    let header = writer.get_mut().len();
    let empty = BlockToWrite { exercise: &exercise, superset: None, notes: None, sets: &[] };
    let sets = [Set::default()];
    let mut session =
        SessionToWrite { title: None, started: Timestamp::UNIX_EPOCH, ended: None, notes: None, blocks: &[] };
    assert_eq!(writer.write(&session).unwrap(), Written::default());
    let none = [empty];
    session.blocks = &none;
    assert_eq!(writer.write(&session).unwrap(), Written { rows: 0, empty_blocks: 1 });
    assert_eq!(writer.get_mut().len(), header);
    let full = BlockToWrite { sets: &sets, ..empty };
    let blocks = [full, empty, full];
    session.blocks = &blocks;
    assert_eq!(writer.write(&session).unwrap(), Written { rows: 2, empty_blocks: 1 });
    let export = read(std::str::from_utf8(writer.get_mut()).unwrap());
    assert_eq!(outline(&export, &export.sessions[0]), [("Squat", 1), ("Squat", 1)]);
}
