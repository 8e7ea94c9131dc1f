//! Writing templates.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::text::Title;
use spotter_domain::workout::{Template, TemplateRepository};

use crate::refusal::conflict;
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    fn check_plan(&self, template: &Template) -> Result<(), StoreError> {
        let mut exercises = template.blocks.exercises().into_iter();
        exercises.try_for_each(|exercise| self.check_exercise("planned_blocks", exercise))
    }
}

#[async_trait]
impl TemplateRepository for MemoryUnitOfWork {
    async fn by_id(&mut self, account: AccountId, id: TemplateId) -> Result<Option<Template>, StoreError> {
        Ok(self.state.templates.get(account, &id).cloned())
    }

    async fn existing(
        &mut self,
        templates: &[(AccountId, TemplateId)],
    ) -> Result<BTreeSet<(AccountId, TemplateId)>, StoreError> {
        let is_there =
            |(account, id): &(AccountId, TemplateId)| self.state.templates.get(*account, id).is_some();
        Ok(templates.iter().copied().filter(is_there).collect())
    }

    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError> {
        Ok(self.state.templates.of(account).count() as u64)
    }

    async fn titles(&mut self, account: AccountId) -> Result<Vec<(Title, TemplateId)>, StoreError> {
        let templates = self.state.templates.of(account);
        Ok(templates.map(|template| (template.title.clone(), template.id)).collect())
    }

    async fn insert(&mut self, template: &Template) -> Result<(), StoreError> {
        self.write(|state| {
            state.check_owner("workout_templates", template.account)?;
            state.check_plan(template)?;
            match state.templates.insert(template.account, template.id, template.clone()) {
                None => Ok(()),
                Some(_) => Err(conflict("there is a template of that id")),
            }
        })
    }

    async fn replace(&mut self, template: &Template) -> Result<(), StoreError> {
        let stored = self.state.templates.get(template.account, &template.id);
        if stored.is_none_or(|stored| stored.version + 1 != template.version) {
            return Err(conflict("the template is not in the version before"));
        }
        self.write(|state| {
            state.check_plan(template)?;
            state.templates.insert(template.account, template.id, template.clone());
            Ok(())
        })
    }

    async fn delete(&mut self, account: AccountId, id: TemplateId) -> Result<u64, StoreError> {
        if self.state.templates.remove(account, &id).is_none() {
            return Ok(0);
        }
        for row in self.state.workout_sessions.rows_mut(account).values_mut() {
            if row.derived.session.template == Some(id) {
                Arc::make_mut(row).derived.session.template = None;
            }
        }
        Ok(1)
    }
}
