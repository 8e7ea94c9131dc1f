//! Writing what wearables recorded, and which wearable is whose.

use async_trait::async_trait;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::store::Inserted;
use spotter_domain::wearable::{WearableKind, WearableRecord, WearableRepository, WearableView, Written};
use spotter_domain::{StoreError, Timestamp};

use super::queries::view;
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl WearableRepository for MemoryUnitOfWork {
    async fn save(&mut self, record: &WearableRecord) -> Result<Written, StoreError> {
        self.write(|state| {
            state.check_owner("wearable_records", record.account)?;
            let key = (record.kind, record.external_id.clone());
            match state.wearables.get_mut(record.account, &key) {
                None => {
                    state.wearables.insert(record.account, key, record.clone());
                    Ok(Written::New)
                }
                Some(stored) if stored.updated_at < record.updated_at => {
                    *stored = WearableRecord { id: stored.id, ..record.clone() };
                    Ok(Written::Replaced(stored.id))
                }
                Some(stored) => Ok(Written::Older(stored.id)),
            }
        })
    }

    async fn by_id(
        &mut self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError> {
        Ok(self.state.wearables.of(account).find(|record| record.id == id).map(view))
    }

    async fn delete(
        &mut self,
        account: AccountId,
        kind: WearableKind,
        external_id: &str,
    ) -> Result<Option<WearableRecordId>, StoreError> {
        let deleted = self.state.wearables.remove(account, &(kind, external_id.to_owned()));
        Ok(deleted.map(|record| record.id))
    }

    async fn link(&mut self, account: AccountId, maker_user: i64) -> Result<Inserted, StoreError> {
        self.write(|state| {
            state.check_owner("wearable_links", account)?;
            if state.wearable_links.get(&maker_user).is_some_and(|other| *other != account) {
                return Ok(Inserted::Duplicate);
            }
            state.wearable_links.retain(|_, other| *other != account);
            state.wearable_links.insert(maker_user, account);
            Ok(Inserted::New)
        })
    }

    async fn unlink(&mut self, account: AccountId) -> Result<u64, StoreError> {
        let before = self.state.wearable_links.len();
        self.state.wearable_links.retain(|_, other| *other != account);
        Ok((before - self.state.wearable_links.len()) as u64)
    }

    async fn linked(&mut self, maker_user: i64) -> Result<Option<AccountId>, StoreError> {
        Ok(self.state.wearable_links.get(&maker_user).copied())
    }

    async fn note_notification(&mut self, name: &str, at: Timestamp) -> Result<Inserted, StoreError> {
        if self.state.notifications.contains_key(name) {
            return Ok(Inserted::Duplicate);
        }
        self.state.notifications.insert(name.to_owned(), at);
        Ok(Inserted::New)
    }

    async fn purge_notifications(&mut self, before: Timestamp, limit: u16) -> Result<u64, StoreError> {
        let old: Vec<_> = self
            .state
            .notifications
            .iter()
            .filter(|(_, at)| **at < before)
            .map(|(name, _)| name.clone())
            .take(usize::from(limit))
            .collect();
        for name in &old {
            self.state.notifications.remove(name);
        }
        Ok(old.len() as u64)
    }
}
