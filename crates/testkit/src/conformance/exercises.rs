//! Behaviours of `ExerciseRepository` and `ExerciseQueries`: what people have beside the catalogue.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{
    CustomExercise, Equipment, Force, LoadKind, Mechanic, Muscle, PersonalAlias, PersonalExercises, Traits,
};

use super::Subject;
use crate::fixtures::{
    Seed, account, after, block, catalogue_entry, custom_exercise, planned, template, workout_session,
};

fn name(text: &str) -> ExerciseName {
    ExerciseName::parse(text).unwrap()
}

fn alias(text: &str, exercise: ExerciseId) -> PersonalAlias {
    PersonalAlias { name: name(text), exercise }
}

/// Two people and an entry of the catalogue.
fn people(exercises: Vec<CustomExercise>) -> Seed {
    let accounts = vec![account(1), account(2)];
    Seed { accounts, catalogue: vec![catalogue_entry(1)], exercises, ..Seed::default() }
}

/// What a person has, the same within a unit of work and outside of one; the names sorted.
async fn personal(subject: &Subject, person: AccountId) -> PersonalExercises {
    let mut found = subject.exercises.personal(person).await.unwrap();
    let mut within = subject.begin().await.exercises().personal(&[person]).await.unwrap().remove(0);
    for personal in [&mut found, &mut within] {
        personal.aliases.sort_by(|one, other| one.name.as_str().cmp(other.name.as_str()));
    }
    assert_eq!(within, found);
    found
}

/// Every trait that there is, each in an exercise.
fn every_trait() -> Vec<Traits> {
    let plain = Traits::default;
    let mut every = vec![
        Traits { primary: Muscle::ALL.into_iter().collect(), ..plain() },
        Traits { secondary: Muscle::ALL.into_iter().collect(), ..plain() },
        plain(),
    ];
    every.extend(Equipment::ALL.map(|equipment| Traits { equipment, ..plain() }));
    every.extend(Mechanic::ALL.map(|mechanic| Traits { mechanic: Some(mechanic), ..plain() }));
    every.extend(Force::ALL.map(|force| Traits { force: Some(force), ..plain() }));
    every.extend(LoadKind::ALL.map(|load| Traits { load, ..plain() }));
    every
}

/// Every field survives, and the exercises come in the order of their ids.
pub async fn exercises_come_back_as_they_were_written(subject: &Subject) {
    let person = account(1).id;
    let mut exercises: Vec<_> = (1..)
        .zip(every_trait())
        .map(|(number, traits)| CustomExercise { traits, ..custom_exercise(number, person) })
        .collect();
    exercises[0].name = name("Grandma's \"Überzug\" — 2½ \u{1F3CB}");
    exercises[0].version = 7;
    exercises[0].created_at = "2026-02-28T23:59:59.999999Z".parse().unwrap();
    let other = custom_exercise(1_000, account(2).id);
    let reversed = exercises.iter().rev().chain([&other]).cloned().collect();
    subject.save(people(reversed)).await;

    assert_eq!(personal(subject, person).await.exercises, exercises);
    assert_eq!(personal(subject, other.account).await.exercises, [other]);
    assert_eq!(personal(subject, account(3).id).await, PersonalExercises::default());
}

/// A batch of hundreds is written at once, and an empty one is no error.
pub async fn a_batch_of_hundreds_is_written(subject: &Subject) {
    let person = account(1).id;
    let exercises: Vec<_> = (1..=600).map(|number| custom_exercise(number, person)).collect();
    subject.save(people(exercises.clone())).await;
    let mut work = subject.begin().await;
    work.exercises().insert_many(&[]).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(personal(subject, person).await.exercises, exercises);
}

/// Two spellings of one name are one name; somebody else's exercises and the catalogue are in nobody's way.
pub async fn a_name_is_given_once_by_a_person(subject: &Subject) {
    let first = CustomExercise { name: name("Bench-Press (Barbell)"), ..custom_exercise(1, account(1).id) };
    let others = CustomExercise { name: first.name.clone(), ..custom_exercise(2, account(2).id) };
    let catalogues = CustomExercise { name: catalogue_entry(1).name, ..custom_exercise(3, account(1).id) };
    subject.save(people(vec![first.clone(), others, catalogues.clone()])).await;

    let again = CustomExercise { name: name("barbell BENCH press"), ..custom_exercise(4, account(1).id) };
    let mut work = subject.begin().await;
    let refused = work.exercises().insert_many(std::slice::from_ref(&again)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    drop(work);
    let renamed = CustomExercise { name: again.name, version: 2, ..catalogues.clone() };
    let mut work = subject.begin().await;
    let refused = work.exercises().update(&renamed).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    drop(work);
    assert_eq!(personal(subject, account(1).id).await.exercises, [first, catalogues]);
}

/// An update writes every field that may change, of that exercise alone.
pub async fn an_update_replaces_the_version_before(subject: &Subject) {
    let person = account(1).id;
    let before = custom_exercise(1, person);
    subject.save(people(vec![before.clone(), custom_exercise(2, person)])).await;

    let traits = Traits {
        primary: [Muscle::Glutes, Muscle::UpperBack].into_iter().collect(),
        secondary: [Muscle::Abdominals].into_iter().collect(),
        equipment: Equipment::Sled,
        mechanic: Some(Mechanic::Isolation),
        force: Some(Force::Static),
        load: LoadKind::Assisted,
    };
    let changed = CustomExercise { name: name("Renamed"), traits, version: 2, ..before.clone() };
    let bare = CustomExercise { traits: Traits::default(), version: 3, ..changed.clone() };
    for next in [changed, bare] {
        let mut work = subject.begin().await;
        work.exercises().update(&next).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(personal(subject, person).await.exercises, [next, custom_exercise(2, person)]);
    }
}

/// An update of an older or a newer version than the next, or of somebody else's exercise, is refused.
pub async fn an_update_of_another_version_conflicts(subject: &Subject) {
    let stored = CustomExercise { version: 3, ..custom_exercise(1, account(1).id) };
    subject.save(people(vec![stored.clone()])).await;
    for (version, owner) in [(3, 1), (5, 1), (4, 2)] {
        let stale =
            CustomExercise { version, account: account(owner).id, name: name("Stale"), ..stored.clone() };
        let mut work = subject.begin().await;
        let refused = work.exercises().update(&stale).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "version {version}: {refused:?}");
    }
    assert_eq!(personal(subject, stored.account).await.exercises, [stored]);
}

/// What is in a workout session or in a template is used, whatever has a name is not.
pub async fn what_nobody_did_or_plans_is_unused(subject: &Subject) {
    let person = account(1).id;
    let exercises: Vec<_> = (1..=4).map(|number| custom_exercise(number, person)).collect();
    let others = custom_exercise(9, account(2).id);
    let ids: Vec<_> = exercises.iter().map(|exercise| exercise.id).collect();
    subject
        .save(Seed {
            workout_sessions: vec![workout_session(1, person, 0, vec![block(ids[0], "")])],
            templates: vec![template(1, person, vec![planned(ids[2])])],
            ..people(exercises.into_iter().chain([others.clone()]).collect())
        })
        .await;

    let mut work = subject.begin().await;
    work.exercises().save_alias(person, &alias("Named", ids[3])).await.unwrap();
    let asked = [ids[3], ids[2], others.id, ids[1], ids[0], catalogue_entry(1).id];
    let mut unused = work.exercises().unused(person, &asked).await.unwrap();
    unused.sort_unstable();
    assert_eq!(unused, [ids[1], ids[3]]);
    assert_eq!(work.exercises().unused(person, &ids[..1]).await.unwrap(), []);
    assert_eq!(work.exercises().unused(person, &[]).await.unwrap(), []);
}

/// With an exercise go the names that led to it; another person's exercises stay.
pub async fn a_deleted_exercise_takes_its_names_along(subject: &Subject) {
    let person = account(1).id;
    let exercises: Vec<_> = (1..=3).map(|number| custom_exercise(number, person)).collect();
    let others = custom_exercise(9, account(2).id);
    let ids: Vec<_> = exercises.iter().map(|exercise| exercise.id).collect();
    subject.save(people(exercises.iter().cloned().chain([others.clone()]).collect())).await;

    let mut work = subject.begin().await;
    work.exercises().save_alias(person, &alias("One", ids[0])).await.unwrap();
    work.exercises().save_alias(person, &alias("Two", ids[1])).await.unwrap();
    work.exercises().delete_many(person, &[ids[0], ids[2]]).await.unwrap();
    work.exercises().delete_many(person, &[]).await.unwrap();
    work.commit().await.unwrap();

    let left =
        PersonalExercises { exercises: vec![exercises[1].clone()], aliases: vec![alias("Two", ids[1])] };
    assert_eq!(personal(subject, person).await, left);
    assert_eq!(personal(subject, others.account).await.exercises, [others]);
}

/// As long as history or a plan points to an exercise it can't go.
pub async fn an_exercise_in_use_cannot_be_deleted(subject: &Subject) {
    let person = account(1).id;
    let exercises: Vec<_> = (1..=2).map(|number| custom_exercise(number, person)).collect();
    subject
        .save(Seed {
            workout_sessions: vec![workout_session(1, person, 0, vec![block(exercises[0].id, "20x5")])],
            templates: vec![template(1, person, vec![planned(exercises[1].id)])],
            ..people(exercises.clone())
        })
        .await;
    for exercise in &exercises {
        let mut work = subject.begin().await;
        let refused = work.exercises().delete_many(person, &[exercise.id]).await;
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    }
    assert_eq!(personal(subject, person).await.exercises, exercises);
}

/// A name leads to one exercise of a person: given again, in whatever spelling, it leads elsewhere.
pub async fn a_name_leads_where_it_was_led_last(subject: &Subject) {
    let person = account(1).id;
    let custom = custom_exercise(1, person);
    subject.save(people(vec![custom.clone()])).await;
    let lead = async |person, alias: PersonalAlias| {
        let mut work = subject.begin().await;
        work.exercises().save_alias(person, &alias).await.unwrap();
        work.commit().await.unwrap();
    };

    lead(person, alias("Klimmzüge — \"breit\"", custom.id)).await;
    lead(person, alias("Bench", custom.id)).await;
    lead(account(2).id, alias("Bench", catalogue_entry(1).id)).await;
    let both = [alias("Bench", custom.id), alias("Klimmzüge — \"breit\"", custom.id)];
    assert_eq!(personal(subject, person).await.aliases, both);

    lead(person, alias("BENCH!", catalogue_entry(1).id)).await;
    let moved = [alias("BENCH!", catalogue_entry(1).id), both[1].clone()];
    assert_eq!(personal(subject, person).await.aliases, moved);
    assert_eq!(personal(subject, account(2).id).await.aliases, [alias("Bench", catalogue_entry(1).id)]);
}

/// A name can't lead to an exercise that is not there.
pub async fn a_name_cannot_lead_nowhere(subject: &Subject) {
    subject.save(people(vec![])).await;
    let nowhere = alias("Nowhere", custom_exercise(1, account(1).id).id);
    let refused = subject.begin().await.exercises().save_alias(account(1).id, &nowhere).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    assert_eq!(personal(subject, account(1).id).await, PersonalExercises::default());
}

/// Whether it is refused or simply does nothing: what somebody else made stays.
pub async fn nobody_deletes_the_exercises_of_another(subject: &Subject) {
    let mine = CustomExercise { created_at: after(-1), ..custom_exercise(1, account(1).id) };
    let theirs = custom_exercise(2, account(2).id);
    subject.save(people(vec![mine.clone(), theirs.clone()])).await;
    let mut work = subject.begin().await;
    let _ = work.exercises().delete_many(account(1).id, &[theirs.id]).await;
    let _ = work.commit().await;
    assert_eq!(personal(subject, account(1).id).await.exercises, [mine]);
    assert_eq!(personal(subject, account(2).id).await.exercises, [theirs]);
}
