//! Writing what wearables recorded.

use async_trait::async_trait;

use super::{WearableKind, WearableRecord, WearableView};
use crate::id::{AccountId, WearableRecordId};
use crate::store::Inserted;
use crate::{StoreError, Timestamp};

/// What became of a record that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new, under the id it came with.
    New,
    /// It replaced an older version of itself, which keeps this id.
    Replaced(WearableRecordId),
    /// One as new or newer was there, of this id; nothing was written.
    Older(WearableRecordId),
}

/// Stores what wearables recorded, and which wearable is whose.
#[async_trait]
pub trait WearableRepository: Send {
    /// Writes a record, or replaces the one of the same person, kind and external id if that is older.
    async fn save(&mut self, record: &WearableRecord) -> Result<Written, StoreError>;
    /// A record of a person.
    async fn by_id(
        &mut self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError>;
    /// Deletes a record; says which one it was.
    async fn delete(
        &mut self,
        account: AccountId,
        kind: WearableKind,
        external_id: &str,
    ) -> Result<Option<WearableRecordId>, StoreError>;
    /// Says that a user of the wearable's maker is this person, unless it is somebody else already. A person
    /// has one such user: another one takes its place.
    async fn link(&mut self, account: AccountId, maker_user: i64) -> Result<Inserted, StoreError>;
    /// Takes that back; says how many there were (none or one).
    async fn unlink(&mut self, account: AccountId) -> Result<u64, StoreError>;
    /// The person who is this user of the wearable's maker.
    async fn linked(&mut self, maker_user: i64) -> Result<Option<AccountId>, StoreError>;
    /// Notes that a notification of that name has come, unless it has before.
    async fn note_notification(&mut self, name: &str, at: Timestamp) -> Result<Inserted, StoreError>;
    /// Forgets up to `limit` notifications that came before `before`; says how many.
    async fn purge_notifications(&mut self, before: Timestamp, limit: u16) -> Result<u64, StoreError>;
}
