//! Keeping what a wearable recorded.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::wearable::{Figures, WearableKind, WearableRecord, WearableView, Written};

use crate::{Command, Error, Work};

/// A record as it is told of, before anybody has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRecord {
    /// What it is about.
    pub kind: WearableKind,
    /// What the wearable's maker calls it.
    pub external_id: String,
    /// When what it tells of began.
    pub recorded_at: Timestamp,
    /// When its maker wrote it.
    pub updated_at: Timestamp,
    /// What is asked for.
    pub figures: Figures,
    /// The JSON as it came.
    pub raw: Vec<u8>,
}

impl ToldRecord {
    fn of(&self, account: AccountId, id: WearableRecordId) -> WearableRecord {
        WearableRecord {
            id,
            account,
            kind: self.kind,
            external_id: self.external_id.clone(),
            recorded_at: self.recorded_at,
            updated_at: self.updated_at,
            figures: self.figures,
            raw: self.raw.clone(),
        }
    }
}

/// Keeps a record of the caller's.
#[derive(Clone, Debug)]
pub struct RecordWearable {
    /// What it says.
    pub record: ToldRecord,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Made,
    /// It took the place of an older version of itself.
    Replaced,
    /// One as new or newer is there; nothing was changed.
    Unchanged,
}

/// A record as it is kept now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What is kept.
    pub view: WearableView,
    /// Whether that is what was sent.
    pub change: Change,
}

#[async_trait]
impl Command for RecordWearable {
    type Answer = Recorded;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Recorded, Error> {
        let account = work.caller.account()?;
        keep(work, account, &self.record).await
    }
}

/// Keeps a record of a person unless a version as new is there, and announces it if it does.
pub(super) async fn keep(
    work: &mut Work<'_>,
    account: AccountId,
    told: &ToldRecord,
) -> Result<Recorded, Error> {
    let record = told.of(account, WearableRecordId::generate(work.ids));
    let (id, change) = match work.unit.wearables().save(&record).await? {
        Written::New => (record.id, Change::Made),
        Written::Replaced(id) => (id, Change::Replaced),
        Written::Older(id) => {
            let kept = work.unit.wearables().by_id(account, id).await?;
            let view = kept.ok_or(Error::NotFound("wearable record"))?;
            return Ok(Recorded { view, change: Change::Unchanged });
        }
    };
    work.announce(DomainEvent::WearableRecorded { account, record: id });
    let WearableRecord { kind, external_id, recorded_at, updated_at, figures, .. } = record;
    let view = WearableView { id, kind, external_id, recorded_at, updated_at, figures };
    Ok(Recorded { view, change })
}
