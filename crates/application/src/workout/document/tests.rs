//! What a document holds looks as it does in the API, is read, and what is wrong with a part of it is told in short,
//! in words for people, and costs no other.

use serde_json::json;
use spotter_domain::account::DefaultRest;
use spotter_domain::id::{ExerciseId, TemplateId};
use spotter_domain::workout::{
    Deload, Percentage, Progression, RepRange, Reps, Set, SetKind, Target, TargetLoad, Weight,
};
use uuid::Uuid;

use super::*;
use crate::workout::DraftProgression;
use crate::workout::templates::{PlannedBlockView, TemplateView};

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

/// A workout session with one exercise that has these sets, each on a line of its own from the fourth on.
fn squats(sets: &[&str]) -> String {
    let sets = sets.join(",\n");
    document(&[], &[&session(&format!("{{\"exercise_name\":\"Squat\",\"sets\":[\n{sets}]}}"))])
}

fn template(exercise: &str, sets: &str, progression: &str) -> String {
    format!(
        r#"{{"title":"Push","exercises":[{{"exercise_name":"{exercise}","sets":{sets},"reps":{{"min":8,"max":12}},"progression":{progression}}}]}}"#
    )
}

fn read(json: &str) -> Document {
    Document::read(json.as_bytes()).unwrap()
}

fn problems(document: &Document) -> Vec<(u64, &str)> {
    let listed = &document.export.problems.listed;
    listed.iter().map(|problem| (problem.line, problem.detail.as_str())).collect()
}

fn kg(kilograms: f64) -> Weight {
    Weight::from_kilograms(kilograms).unwrap()
}

fn percent(percent: u16) -> Percentage {
    Percentage::new(percent).unwrap()
}

/// A template with a planned exercise of each kind of load and each progression.
fn planned() -> TemplateView {
    let deload = Deload::new(2, percent(15)).unwrap();
    let block = |load, rest: Option<u16>, progression| PlannedBlockView {
        exercise: ExerciseId::from(Uuid::nil()),
        exercise_name: "Squat".into(),
        superset: rest.map(|_| 0),
        notes: None,
        target: Target {
            sets: 3,
            reps: RepRange::new(Reps::new(5).unwrap(), Reps::new(8).unwrap()).unwrap(),
            load,
        },
        rest: rest.map(|rest| DefaultRest::new(rest).unwrap()),
        progression,
    };
    TemplateView {
        id: TemplateId::from(Uuid::nil()),
        title: "Push".into(),
        notes: Some("slow".into()),
        blocks: vec![
            block(
                TargetLoad::Weight(kg(82.5)),
                Some(150),
                Progression::Double { increment: kg(2.5), deload },
            ),
            block(
                TargetLoad::OfOneRepMax(percent(75)),
                None,
                Progression::Wave { percentages: vec![percent(70), percent(90)], increment: kg(5.0), deload },
            ),
            block(TargetLoad::Open, None, Progression::Linear { increment: kg(0.01), deload }),
            block(TargetLoad::Open, None, Progression::None),
        ],
        version: 1,
    }
}

#[test]
fn a_template_is_written_as_the_api_shows_it_and_read_again() {
    let line = serde_json::to_value(TemplateLine::new(&planned()).numbered(7)).unwrap();
    let deload = json!({"after_failures": 2, "percent": 15});
    let plan =
        |superset: Option<u16>, weight: Option<f64>, part: Option<u8>, rest: Option<u16>, progression| {
            json!({"exercise_name": "Squat", "superset": superset, "notes": null, "sets": 3,
            "reps": {"min": 5, "max": 8}, "weight_kg": weight, "percent_of_one_rep_max": part, "rest_s": rest,
            "progression": progression})
        };
    let expected = json!({"number": 7, "title": "Push", "notes": "slow", "exercises": [
        plan(Some(0), Some(82.5), None, Some(150),
            json!({"type": "double", "increment_kg": 2.5, "deload": deload.clone()})),
        plan(None, None, Some(75), None,
            json!({"type": "wave", "increment_kg": 5, "percentages": [70, 90], "deload": deload.clone()})),
        plan(None, None, None, None, json!({"type": "linear", "increment_kg": 0.01, "deload": deload})),
        plan(None, None, None, None, json!({"type": "none"})),
    ]});
    assert_eq!(line, expected);
    let again = read(&document(&[&line.to_string()], &[]));
    assert_eq!(problems(&again), []);
    let [template] = &again.templates[..] else { panic!("one template") };
    assert_eq!((template.number, template.title.as_str()), (Some(7), "Push"));
    for (plan, block) in template.blocks.iter().zip(planned().blocks) {
        let DraftProgression::Chosen(progression) = &plan.progression else { panic!("{plan:?}") };
        assert_eq!(
            (plan.target, plan.rest, progression, plan.superset),
            (block.target, block.rest, &block.progression, block.superset)
        );
    }
}

#[test]
fn w5_a_set_that_is_none_costs_itself_alone() {
    let document = read(&squats(&[
        r#"{"weight_kg":100,"reps":5.0}"#,
        r#"{"kind":"normal","weight_kg":1e9,"reps":5}"#,
        r#"{"kind":"normal","reps":-5}"#,
        r#"{"reps":"five"}"#,
        r#"{"reps":2.5}"#,
        r#"{"weight_kg":1e999}"#,
        r#"{"duration_s":86401}"#,
        "7",
        r#"{"reps":1,"reps":2}"#,
        r#"{"reps":3}"#,
    ]));
    let [session] = &document.export.sessions[..] else { panic!("one workout session") };
    let reps: Vec<_> = session.blocks[0].sets.iter().map(Set::repetitions).collect();
    assert_eq!(reps, [5, 3]);
    assert_eq!(
        problems(&document),
        [
            (5, "The set's weight_kg must be a weight from -2000 to 2000 kg, not 1e9; the set is left out."),
            (6, "The set's reps must be 0 to 10000 repetitions, not -5; the set is left out."),
            (7, "The set's reps must be a whole number, not \"five\"; the set is left out."),
            (8, "The set's reps must be a whole number, not 2.5; the set is left out."),
            (
                9,
                "The set's weight_kg must be a weight from -2000 to 2000 kg, not 1e999; the set is left out."
            ),
            (10, "The set's duration_s must be 0 to 86400 seconds, not 86401; the set is left out."),
            (11, "The set must be an object, not 7; the set is left out."),
            (12, "The set's reps must not be there twice; the set is left out."),
        ]
    );
}

#[test]
fn w5_a_kind_or_an_rpe_that_can_not_be_costs_no_set() {
    let document =
        read(&squats(&[r#"{"kind":"myo","reps":5,"rpe":7.3}"#, r#"{"kind":"drop","rpe":"hard"}"#]));
    let sets = &document.export.sessions[0].blocks[0].sets;
    assert_eq!((sets[0].kind, sets[0].repetitions(), sets[0].rpe), (SetKind::Normal, 5, None));
    assert_eq!((sets[1].kind, sets[1].rpe), (SetKind::Drop, None));
    let rpe = "The set's rpe must be 1 to 10 in steps of 0.5, not";
    let kind = "The set's kind must be normal, warmup, drop or failure, not \"myo\"";
    assert_eq!(
        problems(&document),
        [
            (4, format!("{kind}; the set counts as a normal one.").as_str()),
            (4, format!("{rpe} 7.3; the set is taken over without it.").as_str()),
            (5, format!("{rpe} \"hard\"; the set is taken over without it.").as_str()),
        ]
    );
}

#[test]
fn w5_what_else_is_wrong_in_a_workout_session_costs_no_more_than_itself() {
    let broken = "{\"title\":7,\"notes\":[],\"started_at\":\"2026-04-08T16:50:00Z\",\"ended_at\":\"later\",\
        \"template\":-1,\"exercises\":[\n{\"exercise_name\":\"!!!\",\"sets\":[{}]},\n{\"sets\":[]},\n\
        {\"exercise_name\":\"Dip\"},\n{\"exercise_name\":\"Squat\",\"superset\":-1,\"sets\":[{}]}]}";
    let document = read(&document(&[], &[broken]));
    let [session] = &document.export.sessions[..] else { panic!("one workout session") };
    assert_eq!((&session.title, &session.notes, session.ended, session.template), (&None, &None, None, None));
    assert_eq!((session.blocks.len(), session.blocks[0].superset, session.blocks[0].line), (1, None, 7));
    assert_eq!(document.export.names, ["Squat"]);
    let lost = "the exercise is left out with its sets.";
    let without = "the workout session is taken over without it.";
    let time = "must be a time such as 2026-04-08T16:50:00Z, not \"later\"";
    assert_eq!(
        problems(&document).iter().map(|(line, told)| format!("{line} {told}")).collect::<Vec<_>>(),
        [
            format!("3 The workout session's ended_at {time}; {without}"),
            format!("3 The workout session's title must be text, not 7; {without}"),
            format!("3 The workout session's notes must be text, not []; {without}"),
            format!(
                "3 The workout session's template must be a whole number from 0 to 4294967295, not -1; {without}"
            ),
            format!("4 The exercise's exercise_name must have a letter or a digit; {lost}"),
            format!("5 The exercise's exercise_name is missing; {lost}"),
            format!("6 The exercise's sets is missing; {lost}"),
            "7 The exercise's superset must be a whole number from 0 to 65535, not -1; \
             the exercise is taken over without it."
                .to_owned(),
        ]
    );
}

#[test]
fn w5_a_workout_session_that_is_none_costs_no_other_and_leaves_no_name_behind() {
    let none = r#"{"started_at":"2026-02-29T16:50:00Z","exercises":[{"exercise_name":"Dip","sets":[]}]}"#;
    let many = session(&format!(
        r#"{{"exercise_name":"Dip","sets":[{}]}},7"#,
        vec![r#"{"reps":-1}"#; 1_001].join(",")
    ));
    let good = session(r#"{"exercise_name":"Squat","sets":[{"kind":"normal","reps":5}]}"#);
    let document = read(&document(&[], &[none, &many, &good, "7"]));
    assert_eq!((document.export.sessions.len(), document.export.sessions[0].line), (1, 5));
    assert_eq!(document.export.names, ["Squat"]);
    let lost = "the workout session is left out.";
    let time = "must be a time such as 2026-04-08T16:50:00Z, not \"2026-02-29T16:50:00Z\"";
    assert_eq!(
        problems(&document).iter().map(|(line, told)| format!("{line} {told}")).collect::<Vec<_>>(),
        [
            format!("3 The workout session's started_at {time}; {lost}"),
            format!(
                "4 The workout session that begins here has more than 100 exercises or 1000 sets; {lost}"
            ),
            format!("6 The workout session must be an object, not 7; {lost}"),
        ]
    );
}

#[test]
fn texts_are_mended_as_those_of_rows_are() {
    let long = "t".repeat(201);
    let session = format!(
        r#"{{"title":"{long}","notes":"a\u0007b\nc","started_at":"2026-04-08T16:50:00Z","exercises":[
            {{"exercise_name":"Front\u0000 Squat","sets":[]}}]}}"#
    );
    let template = format!(r#"{{"title":" {long}\u001b","exercises":[]}}"#);
    let document = read(&document(&[&template], &[&session]));
    assert_eq!(document.export.names, ["Front Squat"]);
    let read = &document.export.sessions[0];
    assert_eq!(read.title.as_ref().unwrap().as_str(), "t".repeat(200));
    assert_eq!(read.notes.as_ref().unwrap().as_str(), "ab\nc");
    assert_eq!(document.templates[0].title.as_str(), "t".repeat(200));
    assert_eq!(
        problems(&document),
        [
            (2, "The template's title is longer than 200 characters and was cut."),
            (3, "The workout session's title is longer than 200 characters and was cut."),
            (3, "The workout session's note holds control characters, which were left out."),
            (4, "The exercise's name holds control characters, which were left out."),
        ]
    );
}

#[test]
fn a_name_that_is_written_with_spaces_around_it_is_the_same_name() {
    let both = session(r#"{"exercise_name":"Squat","sets":[]},{"exercise_name":" Squat ","sets":[]}"#);
    assert_eq!(read(&document(&[], &[&both])).export.names, ["Squat"]);
}

#[test]
fn w5_a_template_that_can_not_be_planned_costs_no_other() {
    let none = r#"{"type":"none"}"#;
    let two = r#"{"title":"Both","exercises":[{"exercise_name":"Dip","sets":3,"reps":{"min":8,"max":5},"weight_kg":1}]}"#;
    let document = read(&document(
        &[
            &template("Dip", "0", none),
            &template("!!!", "3", none),
            &template("Dip", "3", r#"{"type":"wave","percentages":[70,0]}"#),
            &template("Dip", "3", r#"{"type":"wave","percentages":[]}"#),
            &template("Dip", "3", r#"{"type":"linear","deload":{"after_failures":3,"percent":100}}"#),
            two,
            r#"{"exercises":[]}"#,
            &template("Dip", "3", none),
        ],
        &[],
    ));
    assert_eq!(document.templates.len(), 1);
    let told = |field: &str, why: &str| {
        format!("The template's exercises[0].{field} {why}; the template is left out.")
    };
    assert_eq!(
        problems(&document).iter().map(|(_, told)| *told).collect::<Vec<_>>(),
        [
            told("sets", "must be 1 to 255 sets, not 0").as_str(),
            &told("exercise_name", "must have a letter or a digit"),
            &told("progression.percentages[1]", "must be 1 to 150 percent, not 0"),
            "The template must have 1 to 12 percentages in a wave; the template is left out.",
            &told("progression.deload", "must be after 1 to 10 failures, and by less than 100 percent"),
            &told("reps", "must be a range of repetitions from 1 on, the smaller number first"),
            "The template's title is missing; the template is left out.",
        ]
    );
}

#[test]
fn what_is_wrong_is_told_in_short_however_long_the_document_is() {
    let long = "x".repeat(100_000);
    let document = read(&squats(&[&format!(r#"{{"kind":"{long}"}}"#)]));
    let [(4, detail)] = problems(&document)[..] else { panic!("{:?}", document.export.problems) };
    assert!(detail.len() < 300, "{detail}");
    let format = Document::read(format!(r#"{{"format":"{long}","version":1}}"#).as_bytes());
    assert!(format.unwrap_err().to_string().len() < 300);
}

#[test]
fn what_is_no_document_is_told_in_words_for_people() {
    let why = |json: &str| match Document::read(json.as_bytes()) {
        Err(UnreadableDocument::Shape(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why("{\"format\":\n\"spotter\""), "it breaks off on line 2");
    assert_eq!(why("{\n\n7}"), "line 3 is no JSON");
    assert_eq!(why("[]"), "it must be an object");
    assert_eq!(why("{}"), "the document's format is missing");
    assert_eq!(why(r#"{"format":"hevy","version":1}"#), "the document's format must be spotter");
    let version = r#"{"format":"spotter","version":1.5}"#;
    assert_eq!(why(version), "the document's version must be a whole number of 0 or more, not 1.5");
    let sessions = r#"{"format":"spotter","version":1,"workout_sessions":{}}"#;
    assert_eq!(why(sessions), "the document's workout_sessions must be an array, not {}");
}

#[test]
fn more_parts_than_anybody_has_are_refused_before_they_are_kept() {
    let parts = |count: usize| {
        format!(r#"{{"format":"spotter","version":1,"exercises":[0{}]}}"#, ",0".repeat(count - 1))
    };
    assert_eq!(read(&parts(parts::MOST_PARTS)).export.problems.total, parts::MOST_PARTS as u64);
    let refused = Document::read(parts(parts::MOST_PARTS + 1).as_bytes()).unwrap_err();
    assert!(refused.to_string().contains("at most 500000 elements"), "{refused}");
}
