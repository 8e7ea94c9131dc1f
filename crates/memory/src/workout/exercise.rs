//! Writing exercises: the catalogue's, and those of people.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::workout::{
    Blocks, CatalogueEntry, CustomExercise, ExerciseRepository, NameKey, PersonalAlias, PersonalExercises,
    PlannedBlocks,
};

use crate::refusal::{conflict, dangling, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    /// What a person has beside the catalogue.
    pub(super) fn personal(&self, account: AccountId) -> PersonalExercises {
        PersonalExercises {
            exercises: self.exercises.of(account).cloned().collect(),
            aliases: self.aliases.of(account).cloned().collect(),
        }
    }

    fn add_exercise(&mut self, new: &CustomExercise) -> Result<(), StoreError> {
        self.check_owner("exercises", new.account)?;
        if self.catalogue.contains_key(&new.id) || self.exercises.anybodys(&new.id).is_some() {
            return Err(conflict("there is an exercise of that id"));
        }
        self.name_exercise(new)?;
        self.exercises.insert(new.account, new.id, new.clone());
        Ok(())
    }

    fn name_exercise(&mut self, exercise: &CustomExercise) -> Result<(), StoreError> {
        let key = NameKey::of(exercise.name.as_str());
        match self.exercise_names.insert(exercise.account, key, exercise.id) {
            Some(other) if other != exercise.id => Err(conflict("the person has an exercise of that name")),
            Some(_) | None => Ok(()),
        }
    }

    fn delete_exercise(&mut self, account: AccountId, id: ExerciseId) -> Result<(), StoreError> {
        let Some(exercise) = self.exercises.remove(account, &id) else { return Ok(()) };
        self.exercise_names.remove(account, &NameKey::of(exercise.name.as_str()));
        self.aliases.rows_mut(account).retain(|_, alias| alias.exercise != id);
        self.records.rows_mut(account).retain(|key, _| key.exercise != id);
        // Nobody else has it in fact, but a foreign key asks for no name.
        if self.aliases.everybodys().any(|alias| alias.exercise == id) {
            return Err(dangling("exercise_aliases", "exercise_id", id));
        }
        if self.templates.everybodys().any(|template| template.blocks.exercises().contains(&id)) {
            return Err(dangling("planned_blocks", "exercise_id", id));
        }
        if self.workout_sessions.everybodys().any(|row| row.derived.session.blocks.exercises().contains(&id))
        {
            return Err(dangling("workout_blocks", "exercise_id", id));
        }
        Ok(())
    }

    fn move_performed(&mut self, account: AccountId, from: ExerciseId, to: ExerciseId) {
        for row in self.workout_sessions.rows_mut(account).values_mut() {
            if row.derived.session.blocks.as_slice().iter().any(|block| block.exercise == from) {
                let session = &mut Arc::make_mut(row).derived.session;
                let mut blocks = session.blocks.as_slice().to_vec();
                for block in blocks.iter_mut().filter(|block| block.exercise == from) {
                    block.exercise = to;
                }
                // As many blocks and sets as before: they can't be too many.
                if let Ok(blocks) = Blocks::new(blocks) {
                    session.blocks = blocks;
                }
            }
        }
    }

    fn move_planned(&mut self, account: AccountId, from: ExerciseId, to: ExerciseId) {
        for template in self.templates.rows_mut(account).values_mut() {
            let mut blocks = template.blocks.as_slice().to_vec();
            for block in blocks.iter_mut().filter(|block| block.exercise == from) {
                block.exercise = to;
            }
            // Nothing that is checked has changed.
            if let Ok(blocks) = PlannedBlocks::new(blocks) {
                template.blocks = blocks;
            }
        }
    }
}

#[async_trait]
impl ExerciseRepository for MemoryUnitOfWork {
    async fn catalogue_digest(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.state.catalogue_digest.clone())
    }

    async fn save_catalogue(&mut self, entries: &[CatalogueEntry], digest: &str) -> Result<(), StoreError> {
        self.write(|state| {
            for entry in entries {
                if state.exercises.anybodys(&entry.id).is_some() {
                    // It would not be written over, and the catalogue would lack an entry.
                    return Err(missing("exercises", entry.id));
                }
                state.catalogue.insert(entry.id, entry.clone());
            }
            state.catalogue_digest = Some(digest.to_owned());
            Ok(())
        })
    }

    async fn personal(&mut self, accounts: &[AccountId]) -> Result<Vec<PersonalExercises>, StoreError> {
        Ok(accounts.iter().map(|account| self.state.personal(*account)).collect())
    }

    async fn insert_many(&mut self, exercises: &[CustomExercise]) -> Result<(), StoreError> {
        self.write(|state| exercises.iter().try_for_each(|new| state.add_exercise(new)))
    }

    async fn update(&mut self, exercise: &CustomExercise) -> Result<(), StoreError> {
        let stored = self.state.exercises.get(exercise.account, &exercise.id);
        let Some(stored) = stored.filter(|stored| stored.version + 1 == exercise.version) else {
            return Err(conflict("the exercise is not in the version before"));
        };
        let before = NameKey::of(stored.name.as_str());
        self.write(|state| {
            state.exercise_names.remove(exercise.account, &before);
            state.name_exercise(exercise)?;
            state.exercises.insert(exercise.account, exercise.id, exercise.clone());
            Ok(())
        })
    }

    async fn delete_many(&mut self, account: AccountId, exercises: &[ExerciseId]) -> Result<(), StoreError> {
        self.write(|state| exercises.iter().try_for_each(|id| state.delete_exercise(account, *id)))
    }

    async fn unused(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<Vec<ExerciseId>, StoreError> {
        let used = self.state.used_exercises(account);
        let asked: BTreeSet<_> = exercises.iter().copied().collect();
        let is_unused =
            |id: &ExerciseId| self.state.exercises.get(account, id).is_some() && !used.contains(id);
        Ok(asked.into_iter().filter(is_unused).collect())
    }

    async fn save_alias(&mut self, account: AccountId, alias: &PersonalAlias) -> Result<(), StoreError> {
        self.write(|state| {
            state.check_owner("exercise_aliases", account)?;
            state.check_exercise("exercise_aliases", alias.exercise)?;
            state.aliases.insert(account, NameKey::of(alias.name.as_str()), alias.clone());
            Ok(())
        })
    }

    async fn move_all(
        &mut self,
        account: AccountId,
        from: ExerciseId,
        to: ExerciseId,
    ) -> Result<(), StoreError> {
        self.write(|state| {
            state.check_exercise("workout_blocks", to)?;
            state.move_performed(account, from, to);
            state.move_planned(account, from, to);
            for alias in state.aliases.rows_mut(account).values_mut().filter(|alias| alias.exercise == from) {
                alias.exercise = to;
            }
            Ok(())
        })
    }
}
