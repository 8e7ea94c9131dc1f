//! Reading workouts.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ClubId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::progress::Day;
use spotter_domain::workout::{
    CoachedAthlete, CoachingConsent, ExerciseQueries, Import, Maker, OwnedTemplate, PersonalExercises,
    SessionCursor, SessionFilter, ShownSession, ShownTemplate, TemplateHistory, WorkoutQueries,
};

use super::exercise::personal;
use super::template::head::{self, Head};
use super::{consent, import};
use crate::Database;
use crate::row;

#[async_trait]
impl ExerciseQueries for Database {
    async fn personal(&self, account: AccountId) -> Result<PersonalExercises, StoreError> {
        let one = BTreeSet::from([account]);
        let found = personal::read(&self.read_all(personal::select(self.backend(), &one)).await?)?;
        Ok(found.into_values().next().unwrap_or_default())
    }

    async fn maker(&self, account: AccountId, exercise: ExerciseId) -> Result<Option<Maker>, StoreError> {
        row::one(self.read_one(personal::maker(self.backend(), account, exercise)).await?)
    }
}

impl Database {
    async fn with_plans(&self, heads: Vec<Head>) -> Result<Vec<ShownTemplate>, StoreError> {
        match head::blocks_of(self.backend(), &heads) {
            Some(blocks) => head::join(heads, self.read_all(blocks).await?),
            None => Ok(Vec::new()),
        }
    }
}

#[async_trait]
impl WorkoutQueries for Database {
    async fn session(
        &self,
        viewer: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<ShownSession>, StoreError> {
        self.read_session(viewer, id).await
    }

    async fn sessions(
        &self,
        viewer: AccountId,
        account: AccountId,
        filter: SessionFilter,
        page: PageRequest<SessionCursor>,
    ) -> Result<Page<ShownSession, SessionCursor>, StoreError> {
        self.read_sessions(viewer, account, filter, page).await
    }

    async fn may_coach(&self, coach: AccountId, athlete: AccountId) -> Result<bool, StoreError> {
        let found = self.read_one(consent::may_coach(self.backend(), coach, athlete)).await?;
        Ok(found.is_some())
    }

    async fn consent(&self, club: ClubId, account: AccountId) -> Result<Option<CoachingConsent>, StoreError> {
        row::one(self.read_one(consent::by_id(self.backend(), club, account)).await?)
    }

    async fn coached(
        &self,
        club: ClubId,
        page: PageRequest<AccountId>,
    ) -> Result<Page<CoachedAthlete, AccountId>, StoreError> {
        let athletes: Vec<CoachedAthlete> =
            row::all(self.read_all(consent::coached(self.backend(), club, page)).await?)?;
        Ok(Page::from_lookahead(athletes, page.limit, |athlete| athlete.account))
    }

    async fn template(
        &self,
        account: AccountId,
        id: TemplateId,
    ) -> Result<Option<ShownTemplate>, StoreError> {
        let head: Option<Head> = row::one(self.read_one(head::by_id(self.backend(), account, id)).await?)?;
        Ok(self.with_plans(head.into_iter().collect()).await?.pop())
    }

    async fn owned_template(
        &self,
        account: AccountId,
        id: TemplateId,
    ) -> Result<Option<OwnedTemplate>, StoreError> {
        head::read_owned(self.read_all(head::owned(self.backend(), account, id)).await?)
    }

    async fn templates(
        &self,
        account: AccountId,
        page: PageRequest<TemplateId>,
    ) -> Result<Page<ShownTemplate, TemplateId>, StoreError> {
        let heads: Vec<Head> = row::all(self.read_all(head::list(self.backend(), account, page)).await?)?;
        let Page { items, next } = Page::from_lookahead(heads, page.limit, Head::id);
        Ok(Page { items: self.with_plans(items).await?, next })
    }

    async fn template_history(
        &self,
        account: AccountId,
        template: TemplateId,
        exercises: &[ExerciseId],
        since: Day,
        sessions: u16,
    ) -> Result<TemplateHistory, StoreError> {
        self.read_history(account, template, exercises, since, sessions).await
    }

    async fn import(&self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError> {
        row::one(self.read_one(import::by_id(self.backend(), account, id)).await?)
    }

    async fn imports(
        &self,
        account: AccountId,
        page: PageRequest<ImportId>,
    ) -> Result<Page<Import, ImportId>, StoreError> {
        let imports: Vec<Import> =
            row::all(self.read_all(import::list(self.backend(), account, page)).await?)?;
        Ok(Page::from_lookahead(imports, page.limit, |import| import.id))
    }
}
