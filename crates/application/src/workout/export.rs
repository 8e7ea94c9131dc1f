//! Taking everything along to elsewhere.

use std::sync::Arc;

use jiff::tz::TimeZone;
use spotter_domain::id::ExerciseId;
use spotter_domain::page::{Limit, Page, PageRequest};
use spotter_domain::progress::Arithmetic;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{SessionCursor, SessionFilter, WorkoutSession};

use super::names::PersonalNames;
use super::session_view::{Naming, SessionView};
use super::templates::TemplateView;
use super::view_exercises::ExerciseView;
use crate::{Caller, Error, Spotter};

/// What an export begins with. Its workout sessions follow in pages.
#[derive(Clone, Debug)]
pub struct ExportHead {
    /// The zone that times without one are written in.
    pub zone: TimeZone,
    /// The exercises that the person made.
    pub exercises: Vec<ExerciseView>,
    /// The templates of the person.
    pub templates: Vec<TemplateView>,
    names: Arc<PersonalNames>,
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
        let mut templates = Vec::new();
        let mut after = None;
        loop {
            let page = self.templates(caller, PageRequest { limit: Limit::clamped(u64::MAX), after }).await?;
            templates.extend(page.items);
            after = page.next;
            if after.is_none() {
                let zone = Arithmetic::of(&athlete.preferences).zone;
                return Ok(ExportHead { zone, exercises, templates, names });
            }
        }
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
    ) -> Result<Page<WorkoutSession, SessionCursor>, Error> {
        let page = PageRequest { limit: Limit::clamped(u64::MAX), after };
        Ok(self.ports.workouts.sessions(caller.account()?, SessionFilter::default(), page).await?)
    }
}

impl ExportHead {
    /// A workout session as it is shown.
    #[must_use]
    pub fn view(&self, session: &WorkoutSession) -> SessionView {
        SessionView::new(session, Naming { names: &self.names, made: &[] })
    }

    /// What an exercise is called.
    #[must_use]
    pub fn name_of(&self, exercise: ExerciseId) -> Option<&ExerciseName> {
        self.names.describe(exercise).map(|known| known.name)
    }
}
