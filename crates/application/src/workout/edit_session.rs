//! Editing a workout session.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::WorkoutSessionId;
use spotter_domain::patch::Patch;
use spotter_domain::progress::{Arithmetic, BrokenRecord, Day, DerivedSession, Records};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{TimeSpan, WorkoutSession};

use super::custom_exercises::write;
use super::draft::{DraftBlock, settle};
use super::log_session::broken_facts;
use super::session_view::{LoggedSession, Naming, SessionView};
use crate::progress::rework;
use crate::{Command, Error, ExpectedVersion, Work};

/// What changes of a workout session.
#[derive(Clone, Debug, Default)]
pub struct SessionChange {
    /// A new title, or none.
    pub title: Patch<Option<Title>>,
    /// New notes, or none.
    pub notes: Patch<Option<Notes>>,
    /// Another beginning.
    pub started_at: Patch<Timestamp>,
    /// Another end, or none.
    pub ended_at: Patch<Option<Timestamp>>,
    /// What was done instead, all of it.
    pub blocks: Patch<Vec<DraftBlock>>,
}

/// Changes a workout session of the caller.
#[derive(Clone, Debug)]
pub struct EditSession {
    /// Which workout session.
    pub session: WorkoutSessionId,
    /// What changes.
    pub change: SessionChange,
    /// Which version is expected.
    pub expected: ExpectedVersion,
}

#[async_trait]
impl Command for EditSession {
    type Answer = LoggedSession;

    async fn apply(&self, work: &mut Work<'_>) -> Result<LoggedSession, Error> {
        let athlete = work.lock_athlete().await?;
        let account = athlete.account;
        let before = work.unit.workout_sessions().by_id(account, self.session).await?;
        let before = before.ok_or(Error::NotFound("workout session"))?;
        self.expected.check(before.version)?;
        let names = work.names_of(&athlete).await?;
        let (mut edited, mut made) = (before.clone(), Vec::new());
        if let Patch::Set(drafts) = &self.change.blocks {
            (edited.blocks, made) = settle(work.making(&athlete), &names, drafts)?;
        }
        let change = self.change.clone();
        change.title.apply(&mut edited.title);
        change.notes.apply(&mut edited.notes);
        edited.span = span(&edited, change.started_at, change.ended_at, work.now)?;
        edited.version += 1;
        write(work.unit, &made).await?;
        let arithmetic = Arithmetic::of(&athlete.preferences);
        let day_before = Day::of(before.span.started_at(), &arithmetic.zone);
        let derived = DerivedSession::of(edited, &arithmetic);
        work.unit.workout_sessions().replace(&derived).await?;
        let days = BTreeSet::from([day_before, derived.day]);
        let exercises = &before.blocks.exercises() | &derived.session.blocks.exercises();
        let (held, now) = rework(work, &athlete, &days, &exercises).await?;
        let own: Records = now.iter().filter(|record| record.session == self.session).copied().collect();
        let broken: Vec<BrokenRecord> = held.broken_by(&own);
        let version = derived.session.version;
        work.announce(DomainEvent::WorkoutSessionChanged { account, session: self.session, version });
        work.announce_all(broken_facts(account, &broken));
        let naming = Naming { names: &names, made: &made };
        Ok(LoggedSession {
            session: SessionView::new(&derived.session, naming),
            records: naming.broken(broken),
        })
    }
}

/// The time span with its changes.
fn span(
    session: &WorkoutSession,
    started_at: Patch<Timestamp>,
    ended_at: Patch<Option<Timestamp>>,
    now: Timestamp,
) -> Result<TimeSpan, Error> {
    if started_at == Patch::Keep && ended_at == Patch::Keep {
        return Ok(session.span);
    }
    let wrong = |invalid| Error::invalid("/started_at", invalid);
    // Where both ends don't go together, the one that was told is wrong.
    let both = if ended_at == Patch::Keep { "/started_at" } else { "/ended_at" };
    let started_at = started_at.or(session.span.started_at());
    TimeSpan::new(started_at, None).map_err(wrong)?;
    let span = TimeSpan::new(started_at, ended_at.or(session.span.ended_at()))
        .map_err(|invalid| Error::invalid(both, invalid))?;
    span.check_begun(now).map_err(wrong)?;
    Ok(span)
}
