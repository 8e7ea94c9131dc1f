//! Reading what wearables recorded.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Figures, WearableKind};
use crate::account::Athlete;
use crate::id::{AccountId, WearableRecordId};
use crate::page::{Page, PageRequest};
use crate::{StoreError, Timestamp};

/// A record of a wearable as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WearableView {
    /// Names the record.
    pub id: WearableRecordId,
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
}

/// The place of a record in a list, latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WearableCursor {
    /// When what it tells of began.
    pub recorded_at: Timestamp,
    /// Which of those that began then.
    pub id: WearableRecordId,
}

/// A person with what their wearable recorded last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub athlete: Athlete,
    /// The latest record of each kind that tells how ready the body is, by kind.
    pub latest: Vec<WearableView>,
}

/// Reads what wearables recorded. Each is one statement.
#[async_trait]
pub trait WearableQueries: Send + Sync {
    /// The records of a person, latest first, and by descending id where two began at once; of one kind, or of
    /// all.
    async fn records(
        &self,
        account: AccountId,
        kind: Option<WearableKind>,
        page: PageRequest<WearableCursor>,
    ) -> Result<Page<WearableView, WearableCursor>, StoreError>;
    /// A person with the latest record of each kind that began at `since` or later, and at `until` at the
    /// latest, of those that [tell how ready the body is](Figures::tell_readiness); none if there is no such
    /// account.
    async fn standing(
        &self,
        account: AccountId,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Standing>, StoreError>;
    /// A record of a person.
    async fn record(
        &self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError>;
    /// The JSON of a record of a person, as it came.
    async fn raw(&self, account: AccountId, id: WearableRecordId) -> Result<Option<Vec<u8>>, StoreError>;
    /// The user of the wearable's maker that a person is.
    async fn linked_user(&self, account: AccountId) -> Result<Option<i64>, StoreError>;
}
