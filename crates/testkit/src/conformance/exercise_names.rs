//! Behaviours of all queries that say what exercises are called.

use spotter_domain::account::WeekStart;
use spotter_domain::club::Role;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::PageRequest;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{CatalogueEntry, CustomExercise, SessionFilter};

use super::Subject;
use crate::fixtures::{
    Seed, account, block, catalogue_entry, club, consent, custom_exercise, day, membership, planned,
    template, window, workout_session,
};

fn me() -> AccountId {
    account(1).id
}

fn coach() -> AccountId {
    account(2).id
}

fn own() -> CustomExercise {
    custom_exercise(1, me())
}

fn lift(number: u64) -> ExerciseId {
    catalogue_entry(number).id
}

fn name(text: &str) -> ExerciseName {
    ExerciseName::parse(text).unwrap()
}

/// Somebody who did and planned an exercise of their own between two of the catalogue, and a coach of theirs.
async fn save(subject: &Subject) {
    let exercises = [lift(1), own().id, lift(2), own().id];
    let seed = Seed {
        accounts: vec![account(1), account(2)],
        clubs: vec![club(1)],
        memberships: vec![
            membership(&club(1), &account(1), Role::Member),
            membership(&club(1), &account(2), Role::Coach),
        ],
        consents: vec![consent(1, me())],
        catalogue: vec![catalogue_entry(1), catalogue_entry(2)],
        // The coach has one of the same name.
        exercises: vec![own(), CustomExercise { name: own().name, ..custom_exercise(2, coach()) }],
        templates: vec![template(1, me(), exercises.map(planned).into())],
        workout_sessions: vec![workout_session(1, me(), 0, exercises.map(|id| block(id, "100x5")).into())],
        ..Seed::default()
    };
    subject.save(seed).await;
}

/// Asserts that everything that was done and planned is called so, block by block, whoever looks.
async fn is_called(subject: &Subject, blocks: [&str; 4]) {
    let names = blocks.map(name);
    let (session, plan) = (workout_session(1, me(), 0, vec![]).id, template(1, me(), vec![]).id);
    let (filter, page) = (SessionFilter::default(), PageRequest::default());
    for viewer in [me(), coach()] {
        let shown = subject.workouts.session(viewer, session).await.unwrap().unwrap();
        assert_eq!(shown.exercise_names, names);
        let listed = subject.workouts.sessions(viewer, me(), filter, page).await.unwrap().items;
        assert_eq!(listed, [shown]);
    }
    let shown = subject.workouts.template(me(), plan).await.unwrap().unwrap();
    assert_eq!(shown.exercise_names, names);
    let owned = subject.workouts.owned_template(me(), plan).await.unwrap().unwrap();
    assert_eq!(owned.template.as_ref(), Some(&shown));
    let page = PageRequest::default();
    let listed = subject.workouts.templates(me(), page).await.unwrap().items;
    assert_eq!(listed.first(), Some(&shown));

    let called: Vec<_> =
        shown.template.blocks.as_slice().iter().map(|block| block.exercise).zip(names).collect();
    let name_of = |id| called.iter().find(|(exercise, _)| *exercise == id).map(|(_, name)| name.clone());
    let records = subject.progress.records(me(), None, PageRequest::default()).await.unwrap().items;
    assert!(records.len() > 4);
    for shown in records {
        assert_eq!(Some(shown.exercise_name), name_of(shown.record.key.exercise));
    }
    let window = window(day("2027-01-01"), day("2027-01-31"), WeekStart::Monday);
    let figures = subject.progress.dashboard(me(), &window).await.unwrap();
    assert!(figures.by_exercise.len() > 1);
    for of in figures.by_exercise {
        assert_eq!(Some(of.name), name_of(of.exercise));
    }
}

/// Every query has the name that an exercise has now, also one of a person's own, and also for a coach.
pub async fn what_was_done_and_planned_is_called_as_exercises_are_called_now(subject: &Subject) {
    save(subject).await;
    is_called(subject, ["Lift 1", "Exercise 1", "Lift 2", "Exercise 1"]).await;

    let mut work = subject.begin().await;
    let renamed = CustomExercise { name: name("Kreuzheben \"steif\" — ü"), version: 2, ..own() };
    work.exercises().update(&renamed).await.unwrap();
    let entry = CatalogueEntry { name: name("Lift, heavy"), ..catalogue_entry(2) };
    work.exercises().save_catalogue(&[entry], "another").await.unwrap();
    work.commit().await.unwrap();
    let own = "Kreuzheben \"steif\" — ü";
    is_called(subject, ["Lift 1", own, "Lift, heavy", own]).await;
}

/// What was done with an exercise is called like the one that took its place.
pub async fn what_takes_the_place_of_an_exercise_gives_its_name(subject: &Subject) {
    save(subject).await;
    let mut work = subject.begin().await;
    work.exercises().move_all(me(), own().id, lift(2)).await.unwrap();
    work.progress().delete_records(me(), &[own().id]).await.unwrap();
    work.commit().await.unwrap();
    is_called(subject, ["Lift 1", "Lift 2", "Lift 2", "Lift 2"]).await;
}

/// Whether an exercise is somebody's own is told with the person.
pub async fn an_exercise_is_made_by_one_person(subject: &Subject) {
    save(subject).await;
    let absent = custom_exercise(9, me()).id;
    for (person, exercise, made_it) in [
        (me(), own().id, true),
        (coach(), own().id, false),
        (coach(), custom_exercise(2, coach()).id, true),
        (me(), custom_exercise(2, coach()).id, false),
        (me(), lift(1), false),
        (me(), absent, false),
    ] {
        let found = subject.exercises.maker(person, exercise).await.unwrap().unwrap();
        assert_eq!(found.made_it, made_it);
        assert_eq!(Some(found.athlete), subject.accounts.athlete(person).await.unwrap());
    }
    assert_eq!(subject.exercises.maker(account(3).id, own().id).await.unwrap(), None);
}
