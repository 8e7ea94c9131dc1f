//! Workout sessions, exercises, templates, imports and consents.

mod consent;
mod exercise;
mod import;
mod queries;
mod session;
mod template;

use std::collections::BTreeSet;

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::text::ExerciseName;

use crate::refusal::dangling;
use crate::state::State;

impl State {
    /// Refuses rows of a person who does not exist.
    pub(crate) fn check_owner(&self, table: &'static str, account: AccountId) -> Result<(), StoreError> {
        if self.accounts.contains_key(&account) {
            Ok(())
        } else {
            Err(dangling(table, "account_id", account))
        }
    }

    /// Refuses rows about an exercise that is neither in the catalogue nor anybody's. Whose it may be is not for
    /// a foreign key to say.
    pub(crate) fn check_exercise(&self, table: &'static str, exercise: ExerciseId) -> Result<(), StoreError> {
        if self.catalogue.contains_key(&exercise) || self.exercises.anybodys(&exercise).is_some() {
            Ok(())
        } else {
            Err(dangling(table, "exercise_id", exercise))
        }
    }

    /// What an exercise is called, whoever's it is.
    pub(crate) fn exercise_name(
        &self,
        table: &'static str,
        exercise: ExerciseId,
    ) -> Result<ExerciseName, StoreError> {
        let own = || self.exercises.anybodys(&exercise).map(|exercise| &exercise.name);
        let name = self.catalogue.get(&exercise).map(|entry| &entry.name).or_else(own);
        name.cloned().ok_or_else(|| dangling(table, "exercise_id", exercise))
    }

    /// The exercises that the workout sessions and templates of a person have.
    fn used_exercises(&self, account: AccountId) -> BTreeSet<ExerciseId> {
        let planned = self.templates.of(account).flat_map(|template| template.blocks.exercises());
        self.workout_sessions
            .of(account)
            .flat_map(|row| row.derived.session.blocks.as_slice())
            .map(|block| block.exercise)
            .chain(planned)
            .collect()
    }
}
