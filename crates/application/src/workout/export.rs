//! Taking everything along to elsewhere.

use jiff::tz::TimeZone;
use spotter_domain::id::TemplateId;
use spotter_domain::page::{Limit, Page, PageRequest};
use spotter_domain::progress::Arithmetic;
use spotter_domain::workout::{SessionCursor, SessionFilter, ShownSession};

use super::templates::TemplateView;
use super::view_exercises::ExerciseView;
use crate::{Caller, Error, Spotter};

/// What an export begins with. Templates and workout sessions follow in pages.
#[derive(Clone, Debug)]
pub struct ExportHead {
    /// The zone that times without one are written in.
    pub zone: TimeZone,
    /// The exercises that the person made.
    pub exercises: Vec<ExerciseView>,
}

impl Spotter {
    /// What an export of everything that the caller has begins with.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn export_head(&self, caller: Caller) -> Result<ExportHead, Error> {
        let athlete = self.athlete(caller).await?;
        let names = self.names_of(&athlete).await?;
        let mut exercises: Vec<_> = names.custom().map(ExerciseView::of_custom).collect();
        exercises.sort_by_key(|exercise| exercise.id);
        Ok(ExportHead { zone: Arithmetic::of(&athlete.preferences).zone, exercises })
    }

    /// The next templates of an export, oldest first.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn export_templates(
        &self,
        caller: Caller,
        after: Option<TemplateId>,
    ) -> Result<Page<TemplateView, TemplateId>, Error> {
        self.templates(caller, PageRequest { limit: Limit::clamped(u64::MAX), after }).await
    }

    /// The next workout sessions of an export, latest first.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn export_page(
        &self,
        caller: Caller,
        after: Option<SessionCursor>,
    ) -> Result<Page<ShownSession, SessionCursor>, Error> {
        let (account, page) = (caller.account()?, PageRequest { limit: Limit::clamped(u64::MAX), after });
        Ok(self.ports.workouts.sessions(account, account, SessionFilter::default(), page).await?)
    }
}
