//! The exports of Strong in each of their variants.

use std::time::Duration;

use spotter_domain::workout::{ExportFormat, SetKind, Weight, WeightUnit};

use super::*;

fn pounds() -> ReadOptions {
    ReadOptions { format: None, weight_unit: WeightUnit::Lb }
}

#[test]
fn the_classic_variant_is_read() {
    let export = read_clean(STRONG_CLASSIC);
    assert_eq!(export.format, ExportFormat::Strong);
    assert_eq!(export.names, ["Bench Press (Barbell)", "Chin Up", "Plank", "Running (Treadmill)"]);
    let [push, run] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!(push.title.as_ref().unwrap().as_str(), "Push");
    assert_eq!((push.line, push.started), (2, local("2026-04-08T16:50:00")));
    assert_eq!(push.ended, Some(Ended::After(Duration::from_mins(122))));
    assert_eq!(push.notes.as_ref().unwrap().as_str(), "Slept badly,\nbut strong");
    assert_eq!(
        outline(&export, push),
        [("Bench Press (Barbell)", 4), ("Chin Up", 2), ("Plank", 1), ("Bench Press (Barbell)", 1)]
    );
    assert_eq!(push.blocks[0].notes.as_ref().unwrap().as_str(), "paused");
    assert_eq!(
        push.blocks[0].sets,
        [
            set(SetKind::Warmup, Some(40.0), Some(10), None, None, None),
            set(SetKind::Normal, Some(102.5), Some(5), Some(8.5), None, None),
            set(SetKind::Normal, Some(102.5), Some(4), Some(9.0), None, None),
            set(SetKind::Drop, Some(80.0), Some(8), None, None, None),
        ]
    );
    assert_eq!((run.line, run.started), (13, local("2026-04-09T07:15:30")));
    assert_eq!(run.ended, Some(Ended::After(Duration::from_mins(45))));
}

#[test]
fn a_zero_of_the_classic_variant_stands_for_nothing() {
    let export = read_clean(STRONG_CLASSIC);
    let push = &export.sessions[0];
    assert_eq!(push.blocks[1].sets[0], set(SetKind::Normal, None, Some(10), None, None, None));
    assert_eq!(push.blocks[1].sets[1], set(SetKind::Failure, None, Some(7), None, None, None));
    assert_eq!(push.blocks[2].sets, [set(SetKind::Normal, None, None, None, None, Some(90))]);
    let run = &export.sessions[1].blocks[0];
    assert_eq!(run.sets, [set(SetKind::Normal, None, None, None, Some(5_200.0), Some(1_800))]);
}

#[test]
fn the_person_says_which_unit_the_classic_variant_has() {
    let text = include_bytes!("../fixtures/strong_classic_bare.csv");
    let export = read_bytes(text, pounds()).unwrap();
    assert_eq!(export.problems.total, 0);
    let legs = &export.sessions[0];
    assert_eq!(legs.started, local("2019-11-02T18:05:00"));
    assert_eq!(
        outline(&export, legs),
        [("Squat (Barbell)", 2), ("Squat (Barbell)", 1)],
        "it starts over at 1"
    );
    assert_eq!(legs.blocks[0].sets[0].weight, Some(Weight::from_pounds(225.0).unwrap()));
    assert_eq!(legs.blocks[0].sets[1].reps.unwrap().get(), 0, "a lift that failed");

    let run = read_bytes(STRONG_CLASSIC.as_bytes(), pounds()).unwrap();
    let distance = run.sessions[1].blocks[0].sets[0].distance.unwrap();
    assert_eq!(distance.centimetres(), 836_859, "5.2 miles");
}

#[test]
fn the_variant_of_android_is_read() {
    let export = read_clean(include_str!("../fixtures/strong_android.csv"));
    let [session] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!(session.title.as_ref().unwrap().as_str(), "Früh");
    assert_eq!(session.ended, Some(Ended::After(Duration::from_mins(62))));
    let sets: Vec<_> = session.blocks.iter().flat_map(|block| &block.sets).copied().collect();
    assert_eq!(sets[0], set(SetKind::Normal, Some(140.5), Some(5), Some(8.5), None, None));
    assert_eq!(sets[1].weight, Some(Weight::from_pounds(315.0).unwrap()));
    assert_eq!(sets[2], set(SetKind::Normal, None, None, None, Some(2_000.0), Some(480)));
    assert_eq!(sets[3], set(SetKind::Normal, None, None, None, Some(4_988.97), Some(1_500)));
}

#[test]
fn the_variant_of_ios_is_read() {
    let export = read_clean(include_str!("../fixtures/strong_ios.csv"));
    let [session] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!(session.title.as_ref().unwrap().as_str(), "Pull, heavy");
    assert_eq!(session.started, local("2022-01-31T17:04:59"));
    assert_eq!(session.blocks[0].notes.as_ref().unwrap().as_str(), "say \"up\"");
    assert_eq!(session.blocks[0].sets, [set(SetKind::Normal, Some(70.5), Some(8), None, None, None)]);
    assert_eq!(session.blocks[1].sets, [set(SetKind::Normal, None, None, None, Some(5_000.0), Some(1_500))]);
}

#[test]
fn the_numbered_variant_leaves_empty_what_does_not_apply() {
    let export = read_clean(STRONG_NUMBERED);
    let [first, second] = &export.sessions[..] else { panic!("{export:?}") };
    assert_eq!(first.ended, Some(Ended::After(Duration::from_secs(3_605))));
    assert_eq!(first.notes.as_ref().unwrap().as_str(), "First one");
    assert_eq!(
        first.blocks[0].sets,
        [
            set(SetKind::Normal, None, Some(8), None, None, None),
            set(SetKind::Normal, Some(0.0), Some(7), Some(10.0), None, None),
        ]
    );
    assert_eq!(first.blocks[1].sets, [set(SetKind::Normal, None, None, None, Some(1_500.0), Some(420))]);
    assert_eq!(second.ended, None);
    assert_eq!(second.blocks[0].sets, [set(SetKind::Normal, Some(100.0), Some(0), None, None, None)]);

    let pounds = read_clean(&STRONG_NUMBERED.replace("(kg)", "(lb)"));
    let weight = pounds.sessions[1].blocks[0].sets[0].weight;
    assert_eq!(weight, Some(Weight::from_pounds(100.0).unwrap()), "the header's unit is that of the file");
}

#[test]
fn warm_ups_between_numbers_do_not_begin_a_block() {
    let orders = ["W", "W", "1", "2", "D", "3", "F", "1", "2"];
    let rows: Vec<_> = orders.iter().map(|order| format!("2026-04-08 16:50,Squat,{order},100,5")).collect();
    let export = read_clean(&format!("Date,Exercise Name,Set Order,Weight,Reps\n{}", rows.join("\n")));
    assert_eq!(outline(&export, &export.sessions[0]), [("Squat", 7), ("Squat", 2)]);
    assert_eq!(export.sessions[0].title, None);
}

#[test]
fn a_unit_that_is_not_known_costs_the_set_only_if_there_is_a_weight() {
    let export = read(
        "Date,Exercise Name,Weight,Weight Unit,Reps\n2026-04-08 16:50,Squat,12,stone,5\n2026-04-08 16:50,Squat,0,stone,5",
    );
    assert_eq!(problem_lines(&export), [2]);
    assert_eq!(outline(&export, &export.sessions[0]), [("Squat", 1)]);
}

#[test]
fn different_notes_of_one_exercise_are_all_kept() {
    let export = read_clean(
        "Date,Exercise Name,Reps,Notes,Workout Notes\n2026-04-08 16:50,Squat,5,easy,a\n\
         2026-04-08 16:50,Squat,5,hard,\n2026-04-08 16:50,Squat,5,easy,b",
    );
    assert_eq!(export.sessions[0].blocks[0].notes.as_ref().unwrap().as_str(), "easy\nhard");
    assert_eq!(export.sessions[0].notes.as_ref().unwrap().as_str(), "a\nb");
}
