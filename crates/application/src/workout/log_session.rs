//! Logging a workout session.

use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::progress::BrokenRecord;
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::TimeSpan;

use super::draft::DraftBlock;

/// Logs a workout session of the caller: [`crate::Spotter::log_session`].
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

/// What is announced of broken records.
pub(super) fn broken_facts(account: AccountId, broken: &[BrokenRecord]) -> impl Iterator<Item = DomainEvent> {
    broken.iter().map(move |BrokenRecord { record, previous }| DomainEvent::RecordBroken {
        account,
        session: record.session,
        exercise: record.key.exercise,
        record: record.key.kind,
        load: record.key.load,
        value: record.value,
        previous: *previous,
    })
}
