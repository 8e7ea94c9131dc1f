//! Reading what wearables recorded.

use spotter_domain::id::WearableRecordId;
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::wearable::{WearableCursor, WearableKind, WearableView};

use crate::{Caller, Error, Spotter};

impl Spotter {
    /// The caller's records, latest first; of one kind, or of all.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn wearable_records(
        &self,
        caller: Caller,
        kind: Option<WearableKind>,
        page: PageRequest<WearableCursor>,
    ) -> Result<Page<WearableView, WearableCursor>, Error> {
        Ok(self.ports.wearables.records(caller.account()?, kind, page).await?)
    }

    /// A record of the caller's.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`], and [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn wearable_record(&self, caller: Caller, id: WearableRecordId) -> Result<WearableView, Error> {
        let found = self.ports.wearables.record(caller.account()?, id).await?;
        found.ok_or(Error::NotFound("wearable record"))
    }

    /// The JSON of a record of the caller's, as it came.
    ///
    /// # Errors
    ///
    /// As for [`Spotter::wearable_record`].
    pub async fn wearable_json(&self, caller: Caller, id: WearableRecordId) -> Result<Vec<u8>, Error> {
        let found = self.ports.wearables.raw(caller.account()?, id).await?;
        found.ok_or(Error::NotFound("wearable record"))
    }
}
