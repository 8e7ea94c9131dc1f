//! Feeds the reader of Spotter's own document with anything: it must not panic, what it says of a problem must be
//! short, and what it understood must come back when it is written and read again.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use spotter_application::workout::document::{
    Document, ExerciseLine, SessionLine, TemplateLine, TemplateToImport, UnreadableDocument,
};
use spotter_application::workout::interchange::{Ended, ParsedSession, WrittenTime};
use spotter_application::workout::{
    BlockView, DraftPlan, DraftProgression, ExerciseRef, ExerciseView, PlannedBlockView, SessionView,
    TemplateView,
};
use spotter_domain::Timestamp;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{ImportProblems, Progression, Volume};
use uuid::Uuid;

fuzz_target!(|file: &[u8]| {
    match Document::read(file) {
        Ok(document) => {
            check(file, &document);
            write_and_read(&document);
        }
        Err(UnreadableDocument::Shape(why)) => assert!(why.len() < 1_000, "{} bytes of why", why.len()),
        Err(UnreadableDocument::Version(_)) => {}
    }
});

/// What holds for everything that was read.
fn check(file: &[u8], document: &Document) {
    let lines = 1 + file.iter().filter(|byte| **byte == b'\n').count() as u64;
    let ImportProblems { listed, total } = &document.export.problems;
    assert!(listed.len() as u64 <= *total);
    for problem in listed {
        assert!((1..=lines).contains(&problem.line) && problem.detail.len() < 1_000, "{problem:?}");
    }
    let names = &document.export.names;
    assert!(names.iter().all(|name| ExerciseName::parse(name).is_ok_and(|parsed| parsed.as_str() == name)));
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "a name comes twice");
    let mut unused: HashSet<usize> = (0..names.len()).collect();
    for session in &document.export.sessions {
        assert!((1..=lines).contains(&session.line) && session.blocks.len() <= MOST_BLOCKS);
        assert!(session.blocks.iter().map(|block| block.sets.len()).sum::<usize>() <= MOST_SETS);
        for block in &session.blocks {
            unused.remove(&(block.name as usize));
        }
    }
    assert!(unused.is_empty(), "names of nothing: {unused:?}");
}

fn write_and_read(document: &Document) {
    let names = &document.export.names;
    let exercises: Vec<_> = document.exercises.iter().map(exercise).collect();
    let templates: Vec<_> = document.templates.iter().map(template).collect();
    let sessions: Vec<_> = document.export.sessions.iter().map(|read| session(read, names)).collect();
    let json = json!({
        "format": "spotter",
        "version": 1,
        "exercises": exercises.iter().map(|view| value(&ExerciseLine::new(view))).collect::<Vec<_>>(),
        "templates": templates.iter().map(written_template).collect::<Vec<_>>(),
        "workout_sessions": sessions.iter().map(written_session).collect::<Vec<_>>(),
    });
    let again = Document::read(&serde_json::to_vec(&json).expect("it is JSON")).expect("it is an export");
    assert_eq!(again.export.problems, ImportProblems::default());
    assert_eq!(again.exercises, document.exercises);
    assert_eq!(again.templates.iter().map(template).collect::<Vec<_>>(), templates);
    let read = |read| session(read, &again.export.names);
    assert_eq!(again.export.sessions.iter().map(read).collect::<Vec<_>>(), sessions);
}

/// A template with the number that workout sessions call it by, if they do.
type Template = (TemplateView, Option<u32>);

/// A workout session with the number of the template that it was planned by.
type Session = (SessionView, Option<u32>);

fn written_template((view, number): &Template) -> Value {
    let line = TemplateLine::new(view);
    value(&match number {
        Some(number) => line.numbered(*number),
        None => line,
    })
}

fn written_session((view, template): &Session) -> Value {
    value(&SessionLine::new(view).planned_by(*template))
}

fn value(line: &impl serde::Serialize) -> Value {
    serde_json::to_value(line).expect("a line can be written")
}

fn exercise((name, traits): &(ExerciseName, spotter_domain::workout::Traits)) -> ExerciseView {
    ExerciseView {
        id: Uuid::nil().into(),
        name: name.as_str().to_owned(),
        aliases: Vec::new(),
        traits: *traits,
        version: None,
    }
}

fn template(read: &TemplateToImport) -> Template {
    let block = |plan: &DraftPlan| PlannedBlockView {
        exercise: Uuid::nil().into(),
        exercise_name: match &plan.exercise {
            ExerciseRef::Name(name) => name.as_str().to_owned(),
            ExerciseRef::Id(id) => panic!("a document knows no id such as {id}"),
        },
        superset: plan.superset,
        notes: plan.notes.as_ref().map(|notes| notes.as_str().to_owned()),
        target: plan.target,
        rest: plan.rest,
        progression: match &plan.progression {
            DraftProgression::Chosen(progression) => progression.clone(),
            DraftProgression::Preferred => Progression::None,
        },
    };
    let view = TemplateView {
        id: Uuid::nil().into(),
        title: read.title.as_str().to_owned(),
        notes: read.notes.as_ref().map(|notes| notes.as_str().to_owned()),
        blocks: read.blocks.iter().map(block).collect(),
        version: 1,
    };
    (view, read.number)
}

fn session(read: &ParsedSession, names: &[String]) -> Session {
    let instant = |time| -> Timestamp {
        match time {
            WrittenTime::Instant(instant) => instant,
            WrittenTime::Local(local) => panic!("a document tells instants, not {local}"),
        }
    };
    let view = SessionView {
        id: Uuid::nil().into(),
        account: Uuid::nil().into(),
        title: read.title.as_ref().map(|title| title.as_str().to_owned()),
        notes: read.notes.as_ref().map(|notes| notes.as_str().to_owned()),
        started_at: instant(read.started),
        ended_at: read.ended.map(|ended| match ended {
            Ended::At(time) => instant(time),
            Ended::After(took) => panic!("a document tells ends, not {took:?}"),
        }),
        template: None,
        import: None,
        volume: Volume::default(),
        blocks: read
            .blocks
            .iter()
            .map(|block| BlockView {
                exercise: Uuid::nil().into(),
                exercise_name: names[block.name as usize].clone(),
                superset: block.superset,
                notes: block.notes.as_ref().map(|notes| notes.as_str().to_owned()),
                sets: block.sets.clone(),
            })
            .collect(),
        version: 1,
    };
    (view, read.template)
}
