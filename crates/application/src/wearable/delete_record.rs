//! Deleting a record of a wearable.

use async_trait::async_trait;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::WearableRecordId;

use crate::{Command, Error, Work};

/// Deletes a record of the caller's.
#[derive(Clone, Copy, Debug)]
pub struct DeleteWearableRecord {
    /// Which record.
    pub id: WearableRecordId,
}

#[async_trait]
impl Command for DeleteWearableRecord {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let account = work.caller.account()?;
        let gone = Error::NotFound("wearable record");
        let Some(kept) = work.unit.wearables().by_id(account, self.id).await? else { return Err(gone) };
        let deleted = work.unit.wearables().delete(account, kept.kind, &kept.external_id).await?;
        let record = deleted.ok_or(gone)?;
        work.announce(DomainEvent::WearableRecordDeleted { account, record });
        Ok(())
    }
}
