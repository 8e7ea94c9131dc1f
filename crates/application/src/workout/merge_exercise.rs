//! Merging an exercise of a person into another one.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::Invalid;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::ExerciseId;
use spotter_domain::workout::PersonalAlias;

use super::custom_exercises::own;
use super::view_exercises::ExerciseView;
use crate::progress::rework;
use crate::{Command, Error, Work};

/// Makes every set of one of the caller's own exercises a set of another exercise, and its name a name of that
/// one, so that the next import finds it.
#[derive(Clone, Debug)]
pub struct MergeExercise {
    /// The exercise that goes.
    pub exercise: ExerciseId,
    /// The exercise that stays: of the catalogue, or the caller's own.
    pub into: ExerciseId,
}

#[async_trait]
impl Command for MergeExercise {
    type Answer = ExerciseView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<ExerciseView, Error> {
        let athlete = work.lock_athlete().await?;
        let names = work.names_of(&athlete).await?;
        let from = own(&names, self.exercise)?;
        let refused = |detail| Error::invalid("/into", Invalid::new(detail));
        let into =
            names.describe(self.into).ok_or_else(|| refused("must be an exercise that you can use"))?;
        if from.id == self.into {
            return Err(refused("must be another exercise"));
        }
        let account = athlete.account;
        work.unit.exercises().move_all(account, from.id, self.into).await?;
        work.unit.exercises().delete_many(account, &[from.id]).await?;
        let alias = PersonalAlias { name: from.name.clone(), exercise: self.into };
        work.unit.exercises().save_alias(account, &alias).await?;
        work.unit.accounts().touch_exercises(&[account]).await?;
        rework(work, &athlete, &BTreeSet::new(), &BTreeSet::from([self.into])).await?;
        work.announce(DomainEvent::ExerciseMerged { account, from: from.id, into: self.into });
        Ok(ExerciseView::new(self.into, &into).with_names_of(from, &names))
    }
}
