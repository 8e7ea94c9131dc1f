//! Reading what wearables recorded.

use std::cmp::Reverse;

use async_trait::async_trait;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::wearable::{
    Standing, WearableCursor, WearableKind, WearableQueries, WearableRecord, WearableView,
};
use spotter_domain::{StoreError, Timestamp};

use crate::page::page;
use crate::store::MemoryStore;

fn place(record: &WearableRecord) -> (Timestamp, WearableRecordId) {
    (record.recorded_at, record.id)
}

/// A record as it is shown.
pub(super) fn view(record: &WearableRecord) -> WearableView {
    WearableView {
        id: record.id,
        kind: record.kind,
        external_id: record.external_id.clone(),
        recorded_at: record.recorded_at,
        updated_at: record.updated_at,
        figures: record.figures,
    }
}

#[async_trait]
impl WearableQueries for MemoryStore {
    async fn records(
        &self,
        account: AccountId,
        kind: Option<WearableKind>,
        request: PageRequest<WearableCursor>,
    ) -> Result<Page<WearableView, WearableCursor>, StoreError> {
        let state = self.committed();
        let mut records: Vec<_> = state
            .wearables
            .of(account)
            .filter(|record| kind.is_none_or(|kind| record.kind == kind))
            .filter(|record| {
                request.after.is_none_or(|cursor| place(record) < (cursor.recorded_at, cursor.id))
            })
            .collect();
        records.sort_by_key(|record| Reverse(place(record)));
        let cursor = |last: &WearableView| WearableCursor { recorded_at: last.recorded_at, id: last.id };
        Ok(page(records.into_iter().map(view), request.limit, cursor))
    }

    async fn standing(
        &self,
        account: AccountId,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Standing>, StoreError> {
        let state = self.committed();
        let Some(athlete) = state.athlete(account) else { return Ok(None) };
        let latest = WearableKind::ALL.into_iter().filter_map(|kind| {
            let of_kind = state.wearables.of(account).filter(|record| record.kind == kind);
            let recent = of_kind.filter(|record| (since..=until).contains(&record.recorded_at));
            let telling = recent.filter(|record| record.figures.tell_readiness(kind));
            telling.max_by_key(|record| place(record)).map(view)
        });
        Ok(Some(Standing { athlete, latest: latest.collect() }))
    }

    async fn record(
        &self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError> {
        Ok(self.committed().wearables.of(account).find(|record| record.id == id).map(view))
    }

    async fn raw(&self, account: AccountId, id: WearableRecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let state = self.committed();
        let found = state.wearables.of(account).find(|record| record.id == id);
        Ok(found.map(|record| record.raw.clone()))
    }

    async fn linked_user(&self, account: AccountId) -> Result<Option<i64>, StoreError> {
        let state = self.committed();
        let found = state.wearable_links.iter().find(|(_, other)| **other == account);
        Ok(found.map(|(maker_user, _)| *maker_user))
    }
}
