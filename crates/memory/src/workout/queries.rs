//! Reading workouts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use spotter_domain::club::Role;
use spotter_domain::id::{AccountId, ClubId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::progress::Day;
use spotter_domain::workout::{
    CoachedAthlete, CoachingConsent, ExerciseQueries, Import, Maker, OwnedTemplate, PersonalExercises,
    SessionCursor, SessionFilter, ShownSession, ShownTemplate, Template, TemplateHistory, Weight,
    WorkoutQueries, WorkoutSession,
};
use spotter_domain::{StoreError, Timestamp};

use super::session::performed;
use crate::page::page;
use crate::state::State;
use crate::store::MemoryStore;

#[async_trait]
impl ExerciseQueries for MemoryStore {
    async fn personal(&self, account: AccountId) -> Result<PersonalExercises, StoreError> {
        Ok(self.committed().personal(account))
    }

    async fn maker(&self, account: AccountId, exercise: ExerciseId) -> Result<Option<Maker>, StoreError> {
        let state = self.committed();
        let made_it = state.exercises.get(account, &exercise).is_some();
        Ok(state.athlete(account).map(|athlete| Maker { athlete, made_it }))
    }
}

fn place(session: &WorkoutSession) -> (Timestamp, WorkoutSessionId) {
    (session.span.started_at(), session.id)
}

fn is_wanted(session: &WorkoutSession, filter: &SessionFilter) -> bool {
    let started_at = session.span.started_at();
    filter.from.is_none_or(|from| started_at >= from)
        && filter.to.is_none_or(|to| started_at < to)
        && filter.exercise.is_none_or(|exercise| session.blocks.exercises().contains(&exercise))
}

impl State {
    /// Those workout sessions of a person that are wanted, latest first.
    fn latest_sessions(
        &self,
        account: AccountId,
        is_wanted: impl Fn(&WorkoutSession) -> bool,
    ) -> Vec<&WorkoutSession> {
        let sessions = self.workout_sessions.of(account).map(|row| &row.derived.session);
        let mut wanted: Vec<_> = sessions.filter(|session| is_wanted(session)).collect();
        wanted.sort_by_key(|session| Reverse(place(session)));
        wanted
    }

    /// The best estimates that are stored with the blocks of exercises since a day.
    fn best_estimates(
        &self,
        account: AccountId,
        exercises: &BTreeSet<ExerciseId>,
        since: Day,
    ) -> Vec<(ExerciseId, Weight)> {
        let mut best: BTreeMap<ExerciseId, Weight> = BTreeMap::new();
        for row in self.workout_sessions.of(account).filter(|row| row.derived.day >= since) {
            let blocks = row.derived.session.blocks.as_slice().iter().zip(&row.derived.blocks);
            for (block, figures) in blocks.filter(|(block, _)| exercises.contains(&block.exercise)) {
                if let Some(estimate) = figures.one_rep_max {
                    let held = best.entry(block.exercise).or_insert(estimate);
                    *held = estimate.max(*held);
                }
            }
        }
        best.into_iter().collect()
    }
}

impl State {
    fn may_coach(&self, coach: AccountId, athlete: AccountId) -> bool {
        self.consents.values().any(|consent| {
            consent.account == athlete
                && self.role(consent.club, Some(athlete)).is_some()
                && self.role(consent.club, Some(coach)) >= Some(Role::Coach)
        })
    }

    fn may_see(&self, viewer: AccountId, account: AccountId) -> bool {
        viewer == account || self.may_coach(viewer, account)
    }

    fn shown_session(&self, session: WorkoutSession) -> Result<ShownSession, StoreError> {
        let blocks = session.blocks.as_slice().iter();
        let names = blocks.map(|block| self.exercise_name("workout_blocks", block.exercise));
        Ok(ShownSession { exercise_names: names.collect::<Result<_, _>>()?, session })
    }

    fn shown_template(&self, template: Template) -> Result<ShownTemplate, StoreError> {
        let blocks = template.blocks.as_slice().iter();
        let names = blocks.map(|block| self.exercise_name("planned_blocks", block.exercise));
        Ok(ShownTemplate { exercise_names: names.collect::<Result<_, _>>()?, template })
    }
}

#[async_trait]
impl WorkoutQueries for MemoryStore {
    async fn session(
        &self,
        viewer: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<ShownSession>, StoreError> {
        let state = self.committed();
        let session = state.workout_sessions.anybodys(&id).map(|row| &row.derived.session);
        let seen = session.filter(|session| state.may_see(viewer, session.account));
        seen.map(|session| state.shown_session(session.clone())).transpose()
    }

    async fn sessions(
        &self,
        viewer: AccountId,
        account: AccountId,
        filter: SessionFilter,
        request: PageRequest<SessionCursor>,
    ) -> Result<Page<ShownSession, SessionCursor>, StoreError> {
        let state = self.committed();
        let seen = state.may_see(viewer, account);
        let sessions = state.latest_sessions(account, |session| {
            seen && is_wanted(session, &filter)
                && request.after.is_none_or(|cursor| place(session) < (cursor.started_at, cursor.id))
        });
        let cursor =
            |last: &WorkoutSession| SessionCursor { started_at: last.span.started_at(), id: last.id };
        let Page { items, next } = page(sessions.into_iter().cloned(), request.limit, cursor);
        let shown = items.into_iter().map(|session| state.shown_session(session));
        Ok(Page { items: shown.collect::<Result<_, _>>()?, next })
    }

    async fn may_coach(&self, coach: AccountId, athlete: AccountId) -> Result<bool, StoreError> {
        Ok(self.committed().may_coach(coach, athlete))
    }

    async fn consent(&self, club: ClubId, account: AccountId) -> Result<Option<CoachingConsent>, StoreError> {
        Ok(self.committed().consents.get(&(club, account)).copied())
    }

    async fn coached(
        &self,
        club: ClubId,
        request: PageRequest<AccountId>,
    ) -> Result<Page<CoachedAthlete, AccountId>, StoreError> {
        let state = self.committed();
        let athletes = state
            .consents
            .values()
            .filter(|consent| consent.club == club && Some(consent.account) > request.after)
            .filter(|consent| state.role(club, Some(consent.account)).is_some())
            .map(|consent| CoachedAthlete {
                account: consent.account,
                display_name: state.display_name(consent.account),
                granted_at: consent.granted_at,
            });
        Ok(page(athletes, request.limit, |athlete| athlete.account))
    }

    async fn template(
        &self,
        account: AccountId,
        id: TemplateId,
    ) -> Result<Option<ShownTemplate>, StoreError> {
        let state = self.committed();
        let template = state.templates.get(account, &id).cloned();
        template.map(|template| state.shown_template(template)).transpose()
    }

    async fn owned_template(
        &self,
        account: AccountId,
        id: TemplateId,
    ) -> Result<Option<OwnedTemplate>, StoreError> {
        let Some(owner) = self.committed().athlete(account) else { return Ok(None) };
        Ok(Some(OwnedTemplate { owner, template: self.template(account, id).await? }))
    }

    async fn templates(
        &self,
        account: AccountId,
        request: PageRequest<TemplateId>,
    ) -> Result<Page<ShownTemplate, TemplateId>, StoreError> {
        let state = self.committed();
        let templates = state.templates.after(account, request.after).cloned();
        let Page { items, next } = page(templates, request.limit, |template| template.id);
        let shown = items.into_iter().map(|template| state.shown_template(template));
        Ok(Page { items: shown.collect::<Result<_, _>>()?, next })
    }

    async fn template_history(
        &self,
        account: AccountId,
        template: TemplateId,
        exercises: &[ExerciseId],
        since: Day,
        sessions: u16,
    ) -> Result<TemplateHistory, StoreError> {
        let state = self.committed();
        let exercises: BTreeSet<_> = exercises.iter().copied().collect();
        let by_it = state.latest_sessions(account, |session| session.template == Some(template));
        let latest = by_it.iter().take(sessions.into()).flat_map(|session| performed(session, &exercises));
        Ok(TemplateHistory {
            performed: by_it.len() as u64,
            latest: latest.collect(),
            one_rep_max: state.best_estimates(account, &exercises, since),
        })
    }

    async fn import(&self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError> {
        Ok(self.committed().imports.get(account, &id).cloned())
    }

    async fn imports(
        &self,
        account: AccountId,
        request: PageRequest<ImportId>,
    ) -> Result<Page<Import, ImportId>, StoreError> {
        let state = self.committed();
        let imports = state.imports.of(account).rev();
        let after = imports.filter(|import| request.after.is_none_or(|after| import.id < after));
        Ok(page(after.cloned(), request.limit, |import| import.id))
    }
}
