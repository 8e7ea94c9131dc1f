//! Logging a workout session.

use async_trait::async_trait;
use spotter_domain::Invalid;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, TemplateId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, BrokenRecord, DerivedSession};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{NewSession, TimeSpan, WorkoutSession};

use super::draft::{DraftBlock, settle};
use super::session_view::{LoggedSession, SessionView};
use crate::progress::enter;
use crate::{Command, Error, Work};

/// Logs a workout session of the caller.
#[derive(Clone, Debug)]
pub struct LogSession {
    /// What they call it.
    pub title: Option<Title>,
    /// What they wrote about it.
    pub notes: Option<Notes>,
    /// When it took place.
    pub span: TimeSpan,
    /// What it was planned by.
    pub template: Option<TemplateId>,
    /// What was done.
    pub blocks: Vec<DraftBlock>,
}

#[async_trait]
impl Command for LogSession {
    type Answer = LoggedSession;

    async fn apply(&self, work: &mut Work<'_>) -> Result<LoggedSession, Error> {
        let athlete = work.lock_athlete().await?;
        let account = athlete.account;
        self.span.check_begun(work.now).map_err(|invalid| Error::invalid("/started_at", invalid))?;
        if let Some(template) = self.template {
            let known = work.unit.templates().by_id(account, template).await?;
            known
                .ok_or_else(|| Error::invalid("/template_id", Invalid::new("must be a template of yours")))?;
        }
        let settled = settle(work, &athlete, &self.blocks).await?;
        let session = WorkoutSession {
            id: WorkoutSessionId::generate(work.ids),
            account,
            title: self.title.clone(),
            notes: self.notes.clone(),
            span: self.span,
            template: self.template,
            import: None,
            blocks: settled.blocks.clone(),
            version: 1,
            created_at: work.now,
        };
        let derived = DerivedSession::of(session, &Arithmetic::of(&athlete.preferences));
        let new = NewSession { derived, source: None };
        let broken = enter(work, &athlete, std::slice::from_ref(&new)).await?;
        let session = &new.derived.session;
        work.announce(DomainEvent::WorkoutSessionLogged { account, session: session.id });
        announce_broken(work, account, &broken);
        let naming = settled.naming();
        Ok(LoggedSession { session: SessionView::new(session, naming), records: naming.broken(broken) })
    }
}

/// Announces broken records.
pub(super) fn announce_broken(work: &mut Work<'_>, account: AccountId, broken: &[BrokenRecord]) {
    work.announce_all(broken.iter().map(|BrokenRecord { record, previous }| DomainEvent::RecordBroken {
        account,
        session: record.session,
        exercise: record.key.exercise,
        record: record.key.kind,
        load: record.key.load,
        value: record.value,
        previous: *previous,
    }));
}
