//! What a document holds is read, what is wrong with a part of it is told in short and costs no other.

use super::*;

/// A document with these templates and these workout sessions, each on a line of its own from the second on.
fn document(templates: &[&str], sessions: &[&str]) -> String {
    let (templates, sessions) = (templates.join(",\n"), sessions.join(",\n"));
    format!(
        "{{\"format\":\"spotter\",\"version\":1,\"templates\":[\n{templates}],\
         \"workout_sessions\":[\n{sessions}]}}"
    )
}

fn session(exercises: &str) -> String {
    format!(r#"{{"started_at":"2026-04-08T16:50:00Z","exercises":[{exercises}]}}"#)
}

fn template(exercise: &str, sets: u8, progression: &str) -> String {
    let target = format!(r#"{{"sets":{sets},"reps":[8,12],"load":"open"}}"#);
    format!(
        r#"{{"title":"Push","exercises":[{{"exercise":"{exercise}","target":{target},"progression":{progression}}}]}}"#
    )
}

fn read(json: &str) -> Document {
    Document::read(json.as_bytes()).unwrap()
}

fn problems(document: &Document) -> Vec<(u64, &str)> {
    let listed = &document.export.problems.listed;
    listed.iter().map(|problem| (problem.line, problem.detail.as_str())).collect()
}

#[test]
fn w5_a_workout_session_that_is_no_good_costs_no_other_and_leaves_no_name_behind() {
    let bad =
        session(r#"{"exercise":"Dip","sets":[]},{"exercise":"Curl","sets":[{"kind":"normal","reps":-1}]}"#);
    let good = session(r#"{"exercise":"Squat","sets":[{"kind":"normal","reps":5}]}"#);
    let document = read(&document(&[], &[&bad, &good, "7"]));
    assert_eq!((document.export.sessions.len(), document.export.sessions[0].line), (1, 4));
    assert_eq!(document.export.names, ["Squat"]);
    assert_eq!(problems(&document).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn a_name_that_is_written_with_spaces_around_it_is_the_same_name() {
    let both = session(r#"{"exercise":"Squat","sets":[]},{"exercise":" Squat ","sets":[]}"#);
    assert_eq!(read(&document(&[], &[&both])).export.names, ["Squat"]);
}

#[test]
fn w5_a_template_that_can_not_be_planned_costs_no_other() {
    let none = r#"{"type":"none"}"#;
    let (good, no_sets) = (template("Dip", 3, none), template("Dip", 0, none));
    let nameless = template("!!!", 3, none);
    let no_wave = template("Dip", 3, r#"{"type":"wave","percentages":[],"increment":250,"deload":[3,10]}"#);
    let document = read(&document(&[&no_sets, &nameless, &no_wave, &good], &[]));
    assert_eq!(document.templates.len(), 1);
    assert_eq!(
        problems(&document),
        [
            (2, "a template must have at least one set of each exercise: left out"),
            (3, "a template must have exercises with a letter or a digit in their names: left out"),
            (4, "a template must have 1 to 12 percentages in a wave: left out"),
        ]
    );
}

#[test]
fn what_is_wrong_is_told_in_short_however_long_the_document_is() {
    let long = "x".repeat(100_000);
    let kind = session(&format!(r#"{{"exercise":"Squat","sets":[{{"kind":"{long}"}}]}}"#));
    let document = read(&document(&[], &[&kind]));
    let [(3, detail)] = problems(&document)[..] else { panic!("{:?}", document.export.problems) };
    assert!(detail.len() < 300 && detail.contains("unknown variant"), "{detail}");
    let format = Document::read(format!(r#"{{"format":"{long}","version":1}}"#).as_bytes());
    assert!(format.unwrap_err().to_string().len() < 300);
}

#[test]
fn more_parts_than_anybody_has_are_refused_before_they_are_kept() {
    let parts = |count: usize| {
        format!(r#"{{"format":"spotter","version":1,"exercises":[0{}]}}"#, ",0".repeat(count - 1))
    };
    assert_eq!(read(&parts(parts::MOST_PARTS)).export.problems.total, parts::MOST_PARTS as u64);
    let refused = Document::read(parts(parts::MOST_PARTS + 1).as_bytes()).unwrap_err();
    assert!(refused.to_string().contains("more than 500000 elements"), "{refused}");
}
