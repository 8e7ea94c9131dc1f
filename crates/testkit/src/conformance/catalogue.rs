//! Behaviours of `ExerciseRepository`: the catalogue, and one exercise taking the place of another.

use spotter_domain::account::WeekStart;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::PageRequest;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{
    Block, CatalogueEntry, Muscle, Muscles, PersonalAlias, SessionFilter, Traits, WorkoutSession,
};

use super::Subject;
use crate::fixtures::{
    Seed, account, block, catalogue_entry, custom_exercise, day, planned, template, window, workout_session,
};

async fn save(subject: &Subject, entries: &[CatalogueEntry], digest: &str) {
    let mut work = subject.begin().await;
    work.exercises().save_catalogue(entries, digest).await.unwrap();
    work.commit().await.unwrap();
}

/// Which catalogue was stored last is known, and what was rolled back was not stored.
pub async fn the_digest_is_that_of_the_catalogue_stored_last(subject: &Subject) {
    assert_eq!(subject.begin().await.exercises().catalogue_digest().await.unwrap(), None);
    for digest in ["first", "second"] {
        save(subject, &[catalogue_entry(1)], digest).await;
        let stored = subject.begin().await.exercises().catalogue_digest().await.unwrap();
        assert_eq!(stored.as_deref(), Some(digest));
    }
    let mut work = subject.begin().await;
    work.exercises().save_catalogue(&[catalogue_entry(2)], "third").await.unwrap();
    assert_eq!(work.exercises().catalogue_digest().await.unwrap().as_deref(), Some("third"));
    work.rollback().await.unwrap();
    let stored = subject.begin().await.exercises().catalogue_digest().await.unwrap();
    assert_eq!(stored.as_deref(), Some("second"));
}

/// The muscles of each exercise as statements see them: those of somebody who did all of them.
async fn muscles(subject: &Subject, person: AccountId) -> Vec<(ExerciseId, Muscles, Muscles)> {
    let window = window(day("2020-01-01"), day("2030-01-01"), WeekStart::Monday);
    let figures = subject.progress.dashboard(person, &window).await.unwrap();
    figures.by_exercise.iter().map(|of| (of.exercise, of.primary, of.secondary)).collect()
}

/// A new catalogue changes the entries that it has; one that it has no more stays, for history points to it.
pub async fn a_new_catalogue_replaces_entries_and_loses_none(subject: &Subject) {
    let entries: Vec<_> = (1..=600).map(catalogue_entry).collect();
    let person = account(1).id;
    let done = [1, 2].map(|number| block(entries[number].id, "20x5")).into();
    subject
        .save(Seed {
            accounts: vec![account(1)],
            catalogue: entries.clone(),
            workout_sessions: vec![workout_session(1, person, 0, done)],
            ..Seed::default()
        })
        .await;

    let changed = CatalogueEntry {
        name: ExerciseName::parse("Something \"else\" — ü").unwrap(),
        traits: Traits {
            primary: [Muscle::Neck, Muscle::UpperBack].into_iter().collect(),
            secondary: Muscles::default(),
            ..Traits::default()
        },
        ..entries[1].clone()
    };
    save(subject, &[changed.clone(), catalogue_entry(601)], "another").await;

    let expected = [&changed, &entries[2]].map(|entry| {
        let Traits { primary, secondary, .. } = entry.traits;
        (entry.id, primary, secondary)
    });
    assert_eq!(muscles(subject, person).await, expected);
    let found = subject.exercises.personal(person).await.unwrap();
    assert_eq!(found.exercises, [], "an entry of the catalogue is nobody's own");
}

async fn sessions_of(subject: &Subject, person: AccountId) -> Vec<WorkoutSession> {
    let page = PageRequest::default();
    let shown = subject.workouts.sessions(person, person, SessionFilter::default(), page).await.unwrap();
    shown.items.into_iter().map(|shown| shown.session).collect()
}

/// One exercise takes the place of another in everything that a person did, plans and named, and nothing else
/// changes; what somebody else did stays as it is.
pub async fn an_exercise_takes_the_place_of_another(subject: &Subject) {
    let (me, you) = (account(1).id, account(2).id);
    let [from, kept] = [1, 2].map(|number| custom_exercise(number, me));
    let to = catalogue_entry(1).id;
    let blocks = |first| -> Vec<Block> {
        vec![block(first, "100x5 w60x10"), block(kept.id, "20x3"), block(first, "90x8"), block(to, "50x5")]
    };
    let plan = |first| vec![planned(kept.id), planned(first), planned(to), planned(first)];
    // Nobody else has an exercise of mine in fact, but then nobody else's would have to change.
    let others = workout_session(3, you, 0, blocks(from.id));
    subject
        .save(Seed {
            accounts: vec![account(1), account(2)],
            catalogue: vec![catalogue_entry(1)],
            exercises: vec![from.clone(), kept.clone()],
            workout_sessions: vec![
                workout_session(1, me, 0, blocks(from.id)),
                workout_session(2, me, -60, vec![block(kept.id, "x10")]),
                others.clone(),
            ],
            templates: vec![template(1, me, plan(from.id)), template(2, you, plan(from.id))],
            ..Seed::default()
        })
        .await;
    let alias = |text: &str, exercise| PersonalAlias { name: ExerciseName::parse(text).unwrap(), exercise };
    let mut work = subject.begin().await;
    work.exercises().save_alias(me, &alias("a", from.id)).await.unwrap();
    work.exercises().save_alias(me, &alias("b", kept.id)).await.unwrap();
    work.exercises().save_alias(you, &alias("a", from.id)).await.unwrap();
    work.exercises().move_all(me, from.id, to).await.unwrap();
    work.commit().await.unwrap();

    let expected =
        [workout_session(1, me, 0, blocks(to)), workout_session(2, me, -60, vec![block(kept.id, "x10")])];
    assert_eq!(sessions_of(subject, me).await, expected);
    assert_eq!(sessions_of(subject, you).await, [others]);
    let plans = [template(1, me, plan(to)), template(2, you, plan(from.id))];
    for plan in plans {
        let shown = subject.workouts.template(plan.account, plan.id).await.unwrap();
        assert_eq!(shown.map(|shown| shown.template), Some(plan));
    }
    let mut mine = subject.exercises.personal(me).await.unwrap();
    mine.aliases.sort_by(|one, other| one.name.as_str().cmp(other.name.as_str()));
    assert_eq!(mine.aliases, [alias("a", to), alias("b", kept.id)]);
    assert_eq!(subject.exercises.personal(you).await.unwrap().aliases, [alias("a", from.id)]);
}
