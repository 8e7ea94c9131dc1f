//! Reading workout sessions.

use spotter_domain::id::{AccountId, WorkoutSessionId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::workout::{SessionCursor, SessionFilter};

use super::session_view::SessionView;
use crate::{Caller, Error, Spotter};

impl Spotter {
    /// A workout session of the caller, or of somebody who lets them see it (rule W1).
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is none, or none that the caller may know of.
    pub async fn workout_session(&self, caller: Caller, id: WorkoutSessionId) -> Result<SessionView, Error> {
        let session = self.ports.workouts.session(caller.account()?, id).await?;
        session.as_ref().map(SessionView::from).ok_or(Error::NotFound("workout session"))
    }

    /// The workout sessions of the caller, or of somebody who lets them see those (rule W1), latest first.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is no such person, or none that the caller may see the workout sessions
    /// of.
    pub async fn workout_sessions(
        &self,
        caller: Caller,
        of: Option<AccountId>,
        filter: SessionFilter,
        page: PageRequest<SessionCursor>,
    ) -> Result<Page<SessionView, SessionCursor>, Error> {
        let viewer = caller.account()?;
        let account = of.unwrap_or(viewer);
        let sessions = self.ports.workouts.sessions(viewer, account, filter, page).await?;
        // Somebody who does not let them see anything has none to them, like somebody who did nothing.
        if sessions.items.is_empty()
            && account != viewer
            && !self.ports.workouts.may_coach(viewer, account).await?
        {
            return Err(Error::NotFound("person who lets you see their workout sessions"));
        }
        Ok(sessions.map(|session| SessionView::from(&session)))
    }
}
