//! What somebody says they did, on its way to a workout session.

use std::collections::HashMap;

use spotter_domain::account::Athlete;
use spotter_domain::id::ExerciseId;
use spotter_domain::text::{ExerciseName, Notes};
use spotter_domain::workout::{Block, Blocks, CustomExercise, NameKey, Set, Traits};

use super::custom_exercises::{Making, write};
use super::names::PersonalNames;
use crate::{Error, FieldError, Work};

/// An exercise, as somebody names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExerciseRef {
    /// By its id.
    Id(ExerciseId),
    /// By a name. One that leads to nothing becomes an exercise of the person's own.
    Name(ExerciseName),
}

/// One exercise with its sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftBlock {
    /// Which exercise.
    pub exercise: ExerciseRef,
    /// Blocks of one number are done in turn.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// The sets in their order.
    pub sets: Vec<Set>,
}

/// Finds the exercises of a draft, and makes those that there are not, which are still to be written.
pub(crate) fn settle(
    making: Making<'_>,
    names: &PersonalNames,
    drafts: &[DraftBlock],
) -> Result<(Blocks, Vec<CustomExercise>), Error> {
    let found = seek(making, names, drafts.iter().map(|draft| &draft.exercise), "exercises")?;
    let blocks = drafts.iter().zip(&found.exercises).map(|(draft, exercise)| Block {
        exercise: *exercise,
        superset: draft.superset,
        notes: draft.notes.clone(),
        sets: draft.sets.clone(),
    });
    let blocks = Blocks::new(blocks.collect()).map_err(|invalid| Error::invalid("/exercises", invalid))?;
    Ok((blocks, found.made))
}

/// Exercises that were found, in the order in which they were named, and those that were made for it.
pub(crate) struct Found {
    pub(crate) exercises: Vec<ExerciseId>,
    pub(crate) made: Vec<CustomExercise>,
}

/// Finds exercises, and writes those that there are not.
pub(crate) async fn find(
    work: &mut Work<'_>,
    athlete: &Athlete,
    names: &PersonalNames,
    wanted: impl Iterator<Item = &ExerciseRef>,
    field: &'static str,
) -> Result<Found, Error> {
    let found = seek(work.making(athlete), names, wanted, field)?;
    write(work.unit, &found.made).await?;
    Ok(found)
}

/// Finds exercises; a name that leads to nothing becomes an exercise, which is still to be written. Everything
/// that can be none is told at once.
fn seek<'a>(
    making: Making<'_>,
    names: &PersonalNames,
    wanted: impl Iterator<Item = &'a ExerciseRef>,
    field: &'static str,
) -> Result<Found, Error> {
    let mut exercises = Vec::new();
    let mut unknown: Vec<ExerciseName> = Vec::new();
    let mut places: HashMap<NameKey, usize> = HashMap::new();
    let mut missing: Vec<(usize, usize)> = Vec::new();
    let mut refused = Vec::new();
    let mut refuse = |index: usize, name: &str, detail: &'static str| {
        let pointer = format!("/{field}/{index}/{name}").into();
        refused.push(FieldError { pointer, detail: detail.into() });
    };
    for (index, wanted) in wanted.enumerate() {
        match wanted {
            ExerciseRef::Id(id) if names.describe(*id).is_some() => exercises.push(*id),
            ExerciseRef::Id(_) => refuse(index, "exercise_id", "must be an exercise that you can use"),
            ExerciseRef::Name(name) => {
                let key = NameKey::of(name.as_str());
                if let Some(found) = names.resolve(name.as_str()) {
                    exercises.push(found.exercise);
                } else if key.as_str().is_empty() {
                    refuse(index, "exercise_name", "must have a letter or a digit");
                } else {
                    let place = *places.entry(key).or_insert_with(|| {
                        unknown.push(name.clone());
                        unknown.len() - 1
                    });
                    missing.push((index, place));
                    exercises.push(uuid::Uuid::nil().into());
                }
            }
        }
    }
    if !refused.is_empty() {
        return Err(Error::Invalid(refused));
    }
    let wanted = unknown.into_iter().map(|name| (name, Traits::default())).collect();
    let made = making.exercises(names, wanted)?;
    for (index, place) in missing {
        exercises[index] = made[place].id;
    }
    Ok(Found { exercises, made })
}
