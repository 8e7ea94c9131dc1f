//! `DELETE /api/v1/wearables/records/{id}`

use spotter_application::wearable::DeleteWearableRecord;
use spotter_application::{Error, ExpectedVersion};

use super::bodies::RecordPath;
use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Delete a record of my wearable
///
/// Only its maker edits a record, so that `If-Match` can only be `*`. It is kept again when it is sent again.
#[utoipa::path(delete, path = "/api/v1/wearables/records/{id}", tag = "wearables",
    operation_id = "deleteWearableRecord",
    impl_for = Operation,
    params(RecordPath),
    responses((status = 204, description = "It is deleted.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let id = call.id("id", "wearable record")?;
    if call.expected() != ExpectedVersion::Any {
        return Err(Error::VersionMismatch.into());
    }
    call.spotter().run(&call.context(), &DeleteWearableRecord { id }).await?;
    done()
}
