//! Reading workout sessions.

use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, WorkoutSessionId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::workout::{SessionCursor, SessionFilter};

use super::session_view::{Naming, SessionView};
use crate::{Caller, Error, Spotter};

impl Spotter {
    /// A workout session of the caller, or of somebody who lets them see it (rule W1).
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is none, or none that the caller may know of.
    pub async fn workout_session(&self, caller: Caller, id: WorkoutSessionId) -> Result<SessionView, Error> {
        let viewer = caller.account()?;
        let missing = || Error::NotFound("workout session");
        let session = self.ports.workouts.session(id).await?.ok_or_else(missing)?;
        if session.account != viewer && !self.ports.workouts.may_coach(viewer, session.account).await? {
            return Err(missing());
        }
        let athlete = self.ports.accounts.athlete(session.account).await?.ok_or_else(missing)?;
        let names = self.names_of(&athlete).await?;
        Ok(SessionView::new(&session, Naming { names: &names, made: &[] }))
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
        let athlete = self.seen_athlete(caller, of).await?;
        let names = self.names_of(&athlete).await?;
        let sessions = self.ports.workouts.sessions(athlete.account, filter, page).await?;
        Ok(sessions.map(|session| SessionView::new(&session, Naming { names: &names, made: &[] })))
    }

    /// The caller, or somebody whose workout sessions they may see.
    async fn seen_athlete(&self, caller: Caller, of: Option<AccountId>) -> Result<Athlete, Error> {
        let viewer = caller.account()?;
        match of {
            Some(other) if other != viewer => {
                let missing = || Error::NotFound("person who lets you see their workout sessions");
                if !self.ports.workouts.may_coach(viewer, other).await? {
                    return Err(missing());
                }
                self.ports.accounts.athlete(other).await?.ok_or_else(missing)
            }
            _ => self.athlete(caller).await,
        }
    }
}
