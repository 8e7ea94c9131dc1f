//! Exercises that people make.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::patch::Patch;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::limits::MOST_CUSTOM_EXERCISES;
use spotter_domain::workout::{
    CustomExercise, Equipment, Force, LoadKind, Mechanic, Muscles, NameKey, Traits,
};
use spotter_domain::{IdGenerator, Invalid, Timestamp, UnitOfWork};

use super::names::PersonalNames;
use super::view_exercises::ExerciseView;
use crate::{Command, Error, ExpectedVersion, Work};

/// Makes an exercise of the caller's own.
#[derive(Clone, Debug)]
pub struct CreateExercise {
    /// What it is called: something that nothing they can use is called.
    pub name: ExerciseName,
    /// What is known of it.
    pub traits: Traits,
}

#[async_trait]
impl Command for CreateExercise {
    type Answer = ExerciseView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<ExerciseView, Error> {
        let athlete = work.lock_athlete().await?;
        let names = work.names_of(&athlete).await?;
        check_name(&names, &self.name, None)?;
        let made = make(work, &athlete, &names, vec![(self.name.clone(), self.traits)]).await?;
        made.first()
            .map(ExerciseView::of_custom)
            .ok_or_else(|| Error::Internal("no exercise was made".into()))
    }
}

/// What changes of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExerciseChange {
    /// A new name.
    pub name: Patch<ExerciseName>,
    /// Other muscles that do the work.
    pub primary: Patch<Muscles>,
    /// Other muscles that help.
    pub secondary: Patch<Muscles>,
    /// Other equipment.
    pub equipment: Patch<Equipment>,
    /// How many joints, if that is known.
    pub mechanic: Patch<Option<Mechanic>>,
    /// In which direction, if that is known.
    pub force: Patch<Option<Force>>,
    /// Another meaning of its weight.
    pub load: Patch<LoadKind>,
}

/// Changes an exercise of the caller's own.
#[derive(Clone, Debug)]
pub struct EditExercise {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// What changes.
    pub change: ExerciseChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditExercise {
    type Answer = ExerciseView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<ExerciseView, Error> {
        let athlete = work.lock_athlete().await?;
        let names = work.names_of(&athlete).await?;
        let mut exercise = own(&names, self.exercise)?.clone();
        self.expected.check(exercise.version)?;
        let ExerciseChange { name, primary, secondary, equipment, mechanic, force, load } =
            self.change.clone();
        if let Patch::Set(name) = &name {
            check_name(&names, name, Some(exercise.id))?;
        }
        name.apply(&mut exercise.name);
        primary.apply(&mut exercise.traits.primary);
        secondary.apply(&mut exercise.traits.secondary);
        equipment.apply(&mut exercise.traits.equipment);
        mechanic.apply(&mut exercise.traits.mechanic);
        force.apply(&mut exercise.traits.force);
        load.apply(&mut exercise.traits.load);
        // What does the work does not help as well.
        exercise.traits.secondary = exercise.traits.secondary.without(exercise.traits.primary);
        exercise.version += 1;
        work.unit.exercises().update(&exercise).await?;
        work.unit.accounts().touch_exercises(&[athlete.account]).await?;
        Ok(ExerciseView::of_custom(&exercise).with_own_aliases(&names))
    }
}

/// Deletes an exercise of the caller's own that nothing has.
#[derive(Clone, Debug)]
pub struct DeleteExercise {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for DeleteExercise {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let athlete = work.lock_athlete().await?;
        let names = work.names_of(&athlete).await?;
        let exercise = own(&names, self.exercise)?;
        self.expected.check(exercise.version)?;
        if work.unit.exercises().unused(athlete.account, &[exercise.id]).await?.is_empty() {
            return Err(Error::refused(
                "exercise_in_use",
                "workout sessions or templates have this exercise: merge it into another one instead",
            ));
        }
        work.unit.exercises().delete_many(athlete.account, &[exercise.id]).await?;
        work.unit.accounts().touch_exercises(&[athlete.account]).await?;
        Ok(())
    }
}

/// The person's own exercise of that id.
pub(crate) fn own(names: &PersonalNames, id: ExerciseId) -> Result<&CustomExercise, Error> {
    match names.describe(id) {
        Some(known) => known.custom.ok_or_else(|| {
            Error::forbidden("catalogue_exercise", "exercises of the catalogue are everybody's")
        }),
        None => Err(Error::NotFound("exercise")),
    }
}

/// Refuses a name that leads to another exercise already.
fn check_name(names: &PersonalNames, name: &ExerciseName, own: Option<ExerciseId>) -> Result<(), Error> {
    if NameKey::of(name.as_str()).as_str().is_empty() {
        return Err(Error::invalid("/name", Invalid::new("must have a letter or a digit")));
    }
    match names.resolve(name.as_str()) {
        Some(found) if Some(found.exercise) != own => {
            let known = names.name_of(found.exercise);
            Err(Error::refused("exercise_exists", format!("there is an exercise of that name: {known}")))
        }
        _ => Ok(()),
    }
}

/// Refuses more exercises than a person can have.
pub(crate) fn check_room(names: &PersonalNames, more: usize) -> Result<(), Error> {
    if more > 0 && names.custom().count() + more > MOST_CUSTOM_EXERCISES {
        return Err(Error::refused(
            "too_many_exercises",
            format!("a person can have {MOST_CUSTOM_EXERCISES} exercises of their own"),
        ));
    }
    Ok(())
}

/// Who gets exercises of their own, and when.
#[derive(Clone, Copy)]
pub(crate) struct Making<'a> {
    pub(crate) account: AccountId,
    pub(crate) now: Timestamp,
    pub(crate) ids: &'a dyn IdGenerator,
}

impl Making<'_> {
    /// Exercises of these names, still to be written.
    pub(crate) fn exercises(
        self,
        names: &PersonalNames,
        wanted: Vec<(ExerciseName, Traits)>,
    ) -> Result<Vec<CustomExercise>, Error> {
        check_room(names, wanted.len())?;
        let exercise = |(name, traits): (ExerciseName, Traits)| CustomExercise {
            id: ExerciseId::generate(self.ids),
            account: self.account,
            name,
            traits: Traits { secondary: traits.secondary.without(traits.primary), ..traits },
            version: 1,
            created_at: self.now,
        };
        Ok(wanted.into_iter().map(exercise).collect())
    }
}

/// Writes exercises that people made, and forgets what was known of their names.
pub(crate) async fn write(unit: &mut dyn UnitOfWork, made: &[CustomExercise]) -> Result<(), Error> {
    if made.is_empty() {
        return Ok(());
    }
    unit.exercises().insert_many(made).await?;
    let people: BTreeSet<AccountId> = made.iter().map(|exercise| exercise.account).collect();
    let people: Vec<AccountId> = people.into_iter().collect();
    unit.accounts().touch_exercises(&people).await?;
    Ok(())
}

/// Makes exercises of a person, and forgets what was known of their names.
pub(crate) async fn make(
    work: &mut Work<'_>,
    athlete: &Athlete,
    names: &PersonalNames,
    wanted: Vec<(ExerciseName, Traits)>,
) -> Result<Vec<CustomExercise>, Error> {
    let made = work.making(athlete).exercises(names, wanted)?;
    write(work.unit, &made).await?;
    Ok(made)
}
