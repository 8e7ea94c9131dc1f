//! The people of a batch, with what has to be known of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::progress::Arithmetic;
use spotter_domain::workout::CustomExercise;
use spotter_domain::{StoreError, UnitOfWork};

use crate::Error;
use crate::workout::names::{NamesCache, PersonalNames};

/// Somebody whose workout sessions nobody else writes until the batch is over.
pub(super) struct Person {
    pub(super) arithmetic: Arithmetic,
    /// Their exercises, those included that the batch has made for them so far.
    pub(super) names: Arc<PersonalNames>,
}

impl Person {
    /// Adds exercises that were made for them.
    pub(super) fn learn(&mut self, made: &[CustomExercise]) {
        if !made.is_empty() {
            // Not in the cache: who knows whether the batch is committed.
            let names = Arc::make_mut(&mut self.names);
            for exercise in made {
                names.add(exercise.clone());
            }
        }
    }
}

/// The people of a batch.
pub(super) struct People(BTreeMap<AccountId, Person>);

impl People {
    /// Locks people, and learns the names that they have for exercises. Who does not exist is left out.
    pub(super) async fn lock(
        unit: &mut dyn UnitOfWork,
        cache: &NamesCache,
        accounts: &BTreeSet<AccountId>,
    ) -> Result<Self, Error> {
        let accounts: Vec<AccountId> = accounts.iter().copied().collect();
        let athletes = unit.accounts().lock_athletes(&accounts).await?;
        let mut names = learn_names(unit, cache, &athletes).await?;
        let person = |athlete: Athlete| {
            let names = names.remove(&athlete.account).unwrap_or_default();
            (athlete.account, Person { arithmetic: Arithmetic::of(&athlete.preferences), names })
        };
        Ok(Self(athletes.into_iter().map(person).collect()))
    }

    pub(super) fn get(&self, account: AccountId) -> Option<&Person> {
        self.0.get(&account)
    }

    pub(super) fn get_mut(&mut self, account: AccountId) -> Option<&mut Person> {
        self.0.get_mut(&account)
    }
}

/// The names of people, from memory, and of all others in one statement.
async fn learn_names(
    unit: &mut dyn UnitOfWork,
    cache: &NamesCache,
    athletes: &[Athlete],
) -> Result<BTreeMap<AccountId, Arc<PersonalNames>>, StoreError> {
    let mut names = BTreeMap::new();
    let mut unknown = Vec::new();
    for athlete in athletes {
        match cache.get(athlete) {
            Some(known) => drop(names.insert(athlete.account, known)),
            None => unknown.push(athlete),
        }
    }
    if !unknown.is_empty() {
        let accounts: Vec<AccountId> = unknown.iter().map(|athlete| athlete.account).collect();
        for (athlete, personal) in unknown.into_iter().zip(unit.exercises().personal(&accounts).await?) {
            names.insert(athlete.account, cache.keep(athlete, personal));
        }
    }
    Ok(names)
}

/// Those of the templates that there are; without any nobody is asked.
pub(super) async fn existing(
    unit: &mut dyn UnitOfWork,
    templates: BTreeSet<(AccountId, TemplateId)>,
) -> Result<BTreeSet<(AccountId, TemplateId)>, StoreError> {
    if templates.is_empty() {
        return Ok(templates);
    }
    let templates: Vec<(AccountId, TemplateId)> = templates.into_iter().collect();
    unit.templates().existing(&templates).await
}
